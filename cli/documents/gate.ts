import { z } from "zod";
import { renderReview } from "../../gates";
import { DocumentType } from "../document";
import { accepted, stackName, unused, violations } from "./parts";

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
  },
  text: (data, screen) => renderReview(data, screen),
});
