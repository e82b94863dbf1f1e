import { z } from "zod";
import { type Column, renderTable } from "../../output";
import { DocumentType } from "../document";
import { environment, stackName } from "./parts";

const columns: readonly Column[] = [
  { title: "stack", kind: "name", importance: "essential" },
  { title: "result", kind: "text", importance: "essential" },
];

const backColumns: readonly Column[] = [
  { title: "alias", kind: "name", importance: "essential" },
  { title: "region", kind: "name", importance: "essential" },
  { title: "back at version", kind: "text", importance: "essential" },
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
      .describe("Every stack, in the order of its apply."),
    takenBack: z
      .array(
        z.strictObject({
          functionName: z.string().describe("Name of the function."),
          alias: z.string().describe("Name of the alias."),
          region: z.string().describe("Region."),
          before: z.string().describe("Version that it is at now, as before the wave."),
          after: z.string().optional().describe("Version that the plan put it to, where the plan knew it."),
          result: z.enum(["moved", "was there"]).describe("`was there`: it was put back before."),
        }),
      )
      .describe("With --way-back: aliases that were put back."),
  },
  text: ({ stacks, takenBack }, screen) =>
    takenBack.length > 0
      ? renderTable(
          {
            columns: backColumns,
            rows: takenBack.map((one) => [`${one.functionName}:${one.alias}`, one.region, one.before]),
          },
          screen,
        )
      : renderTable({ columns, rows: stacks.map(({ stack, result }) => [stack, result]) }, screen),
});
