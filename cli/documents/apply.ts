import { z } from "zod";
import { type Column, renderTable } from "../../output";
import { DocumentType } from "../document";
import { environment, stackName } from "./parts";

const columns: readonly Column[] = [
  { title: "stack", kind: "name", importance: "essential" },
  { title: "result", kind: "text", importance: "essential" },
];

/** What `apply` prints: what was done to each stack. */
export const applyDocument = new DocumentType({
  verb: "apply",
  version: 1,
  fields: {
    environment,
    bundle: z.string().describe("SHA-256 of the bundle that was applied."),
    stacks: z
      .array(
        z.strictObject({
          stack: stackName,
          result: z
            .enum(["applied", "unchanged", "done before"])
            .describe("`unchanged`: there was nothing to do. `done before`: by an earlier run of the same bundle."),
        }),
      )
      .describe("Every stack, in the order of deployment."),
  },
  text: ({ stacks }, screen) =>
    renderTable({ columns, rows: stacks.map(({ stack, result }) => [stack, result]) }, screen),
});
