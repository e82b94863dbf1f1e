import { z } from "zod";
import { renderReview, renderSummary } from "../../gates";
import { DocumentType } from "../document";
import { accepted, changes, environment, stackName, stage, unused, violations } from "./parts";

/** What `rehearse` prints: what a promotion would do, and what the gates say of it. */
export const rehearseDocument = new DocumentType({
  verb: "rehearse",
  version: 1,
  fields: {
    environment,
    from: stage.describe("Stage that was deployed first."),
    to: stage.describe("Stage that it was promoted to."),
    standbyRegions: z
      .array(z.string())
      .nullable()
      .describe("Standby regions that it was promoted to; null for the environment's own."),
    passed: z.boolean().describe("Whether there is no violation."),
    stacks: z.array(stackName).describe("The stacks that were planned; after a violation none is."),
    changes,
    violations,
    accepted,
    unused,
  },
  text: (data, screen) => `${renderSummary(data.changes, screen)}\n${renderReview(data, screen)}`,
});
