import { z } from "zod";
import { type Column, paragraphs, renderTable, type Screen } from "../../output";
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

const checkColumns: readonly Column[] = [
  { title: "promotion", kind: "text", importance: "essential" },
  { title: "passed", kind: "text", importance: "essential" },
  { title: "because", kind: "text", importance: "useful" },
];

const promotion = z.strictObject({
  from: z.string().describe("Environment in which the same files must have settled."),
  passed: z.boolean().describe("Whether everything is as it should be."),
  settledAt: z.string().nullable().describe("When they have settled there, as ISO 8601; null if they have not."),
  reliedOnEvidence: z.boolean().describe("Whether alarms were not asked now, as --rely-on-evidence says."),
  checks: z
    .array(
      z.strictObject({
        check: z
          .enum(["evidence", "age", "versions", "providers", "lock files", "assets", "alarms"])
          .describe("What is compared."),
        passed: z.boolean().describe("Whether it is as it should be."),
        says: z.string().describe("What is so, or what is wrong and what to do."),
      }),
    )
    .describe("What was compared; the first alone where there is no evidence."),
});

const promotionTable = ({ checks }: z.output<typeof promotion>, screen: Screen): string =>
  renderTable(
    { columns: checkColumns, rows: checks.map(({ check, passed, says }) => [check, passed ? "yes" : "no", says]) },
    screen,
  );

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
    promotion: promotion
      .nullable()
      .describe("What the environment asks of the one that it is promoted from; null if it asks for nothing."),
    evidence: z
      .string()
      .nullable()
      .describe("Where it is written down that the rollout has settled; null if it is not."),
  },
  text: ({ stacks, takenBack, promotion, evidence }, screen) => {
    if (takenBack.length > 0) {
      const rows = takenBack.map((one) => [`${one.functionName}:${one.alias}`, one.region, one.before]);
      return renderTable({ columns: backColumns, rows }, screen);
    }
    return [
      ...(promotion ? [promotionTable(promotion, screen)] : []),
      ...(promotion?.passed === false
        ? [
            paragraphs(
              "Nothing was applied: the environment takes what has settled elsewhere, and nothing else.",
              screen,
            ),
          ]
        : [renderTable({ columns, rows: stacks.map(({ stack, result }) => [stack, result]) }, screen)]),
      ...(evidence === null ? [] : ["Evidence that it has settled:", `  ${evidence}`]),
    ].join("\n");
  },
});
