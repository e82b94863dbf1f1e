import { z } from "zod";
import { renderReview } from "../../gates";
import { paragraphs } from "../../output";
import { DocumentType } from "../document";
import { accepted, files, stackName, unused, violations } from "./parts";

/** What `gate` prints: what the gates say of the plans of a rollout. */
export const gateDocument = new DocumentType({
  verb: "gate",
  version: 1,
  fields: {
    passed: z.boolean().describe("Whether there is no violation."),
    plans: z
      .array(z.strictObject({ file: z.string().describe("As it was given."), stack: stackName }))
      .describe("What was checked."),
    violations,
    accepted,
    unused,
    results: z
      .array(
        z.strictObject({
          file: z.string().describe("As it was given."),
          tool: z.string().describe("The scanner, as it names itself."),
          findings: z.int().nonnegative().describe("How many findings are in it."),
          reasoned: z
            .int()
            .nonnegative()
            .describe("How many of them have a reason in code, by `acceptFinding`, and are left out."),
        }),
      )
      .describe("Results of other scanners that were read."),
    files,
  },
  text: (data, screen) =>
    [
      ...data.results.map(({ file, tool, findings, reasoned }) =>
        paragraphs(
          `${file} (${tool}): ${findings === 1 ? "1 finding" : `${findings} findings`}${reasoned > 0 ? `, ${reasoned} of them with a reason in code` : ""}.`,
          screen,
        ),
      ),
      renderReview(data, screen),
      ...data.files.map((file) => `Written: ${file}`),
    ].join("\n"),
});
