import { z } from "zod";
import { type Column, paragraphs, renderTable, type Screen } from "../../output";
import { postponements } from "../../rollout/postponed";
import { changeable } from "../base/figure-changes";
import { figureInWords, figuresInWords, laterInWords, postponedInWords } from "../review/in-words";
import { address, stackName, stage } from "./parts";

const usd = z.number().describe("US dollars a month.");
const failoverUsd = z
  .number()
  .nullable()
  .describe("US dollars a month with the traffic in the region that takes over; null where none could.");
const recoveryValues = {
  recoveryTimeSeconds: z.number().describe("Seconds until it works again."),
  recoveryPointSeconds: z.number().describe("Seconds of data that may be lost."),
};

const figures = z.strictObject({
  cost: z
    .strictObject({
      usd,
      failoverUsd,
      services: z
        .array(z.strictObject({ name: z.string().describe("Service of AWS, as bills name it."), usd, failoverUsd }))
        .describe("By service of AWS, the dearest first."),
    })
    .describe("What `evenkeel cost` estimates."),
  recovery: z
    .strictObject({
      services: z
        .array(
          z.strictObject({
            name: z.string().describe("Name of the service."),
            paths: z
              .array(
                z.strictObject({
                  path: z.string().describe("What has to recover."),
                  subject: z.string().nullable().describe("Which of them, where there are several; else null."),
                  ...recoveryValues,
                }),
              )
              .describe("What it needs to work again."),
            promised: z
              .strictObject(recoveryValues)
              .nullable()
              .describe("Its objectives, as its file states them; null for none."),
          }),
        )
        .describe("Every service."),
    })
    .describe("What `evenkeel recovery` computes."),
});

const figureChange = z.strictObject({
  figure: z.enum(changeable).describe("Which number."),
  of: z
    .string()
    .nullable()
    .describe("The service of AWS for costs, the service and what has to recover for recovery; null for all of it."),
  before: z.number().nullable().describe("In the base; null for what was not there."),
  now: z.number().nullable().describe("As planned; null for what is no longer there."),
});

const base = z.strictObject({
  given: z.string().describe("What `--base` was."),
  kind: z.enum(["commit", "folder", "bundle"]).describe("What that is."),
  commit: z.string().nullable().describe("Commit that it was synthesized at; null where that is not known."),
  withoutFigures: z
    .string()
    .nullable()
    .describe("Why its costs and recovery are not known, so that no change of them is told; null where they are."),
});

const postponed = z.strictObject({
  stack: stackName,
  address,
  kind: z
    .enum(postponements)
    .describe(
      "`maintenance window`: AWS does it in the next one. `reboot`: it is in effect after one. `deletion window`: AWS deletes it some days later. `kept`: it only leaves the state. `read at the apply`: a data source.",
    ),
  arguments: z.array(z.string()).describe("Arguments that wait; empty where all of it does."),
  days: z.number().nullable().describe("Days until it is done; null where it is not known, or never."),
});

const later = z.strictObject({
  stage,
  capabilities: z
    .array(z.string())
    .describe("Names of capabilities that it brings and this environment does not have."),
});

/** Fields of a plan about what it leaves as it is, what it changes besides resources, and what waits. */
export const planParts = {
  base: base.nullable().describe("What it was compared with; null without `--base`."),
  unchanged: z
    .array(stackName)
    .describe("Stacks that are as in the base and read no output that changes; they were not planned."),
  leftOut: z.array(stackName).describe("Stacks that `--stacks` leaves out."),
  figures: figures.describe("What the environment costs, and how soon its services recover."),
  figureChanges: z.array(figureChange).describe("What of that is another number than in the base."),
  postponed: z.array(postponed).describe("What the plans ask for that is not done once they are applied."),
  laterStages: z.array(later).describe("What later stages will bring, stage by stage."),
};

type Parts = z.output<z.ZodObject<typeof planParts>>;

/** What a plan leaves as it is, against what. */
export const untouchedText = ({ base: compared, unchanged, leftOut }: Parts, screen: Screen): string[] => [
  ...(compared
    ? [
        paragraphs(
          `Compared with ${compared.given}${compared.commit === null || compared.commit === compared.given ? "" : ` (${compared.commit.slice(0, 12)})`}. ${unchanged.length > 0 ? `Unchanged, and not planned: ${unchanged.join(", ")}.` : "No stack is unchanged."}`,
          screen,
        ),
      ]
    : []),
  ...(leftOut.length > 0 ? [paragraphs(`Left out: ${leftOut.join(", ")}.`, screen)] : []),
];

const figureColumns: readonly Column[] = [
  { title: "figure", kind: "text", importance: "essential" },
  { title: "of", kind: "text", importance: "essential" },
  { title: "in the base", kind: "number", importance: "essential" },
  { title: "as planned", kind: "number", importance: "essential" },
];

const postponedColumns: readonly Column[] = [
  { title: "stack", kind: "name", importance: "useful" },
  { title: "resource", kind: "name", importance: "essential" },
  { title: "after the apply", kind: "text", importance: "essential" },
];

/** Costs and recovery, what waits, and what later stages bring. */
export const figuresText = (data: Parts, screen: Screen): string[] => [
  paragraphs(
    `${figuresInWords(data.figures)}${data.base?.withoutFigures ? ` The base is not compared: ${data.base.withoutFigures}.` : ""}`,
    screen,
  ),
  ...(data.figureChanges.length > 0
    ? [renderTable({ columns: figureColumns, rows: data.figureChanges.map(figureInWords) }, screen)]
    : []),
  ...(data.postponed.length > 0
    ? [
        renderTable(
          {
            columns: postponedColumns,
            rows: data.postponed.map((one) => [one.stack, one.address, postponedInWords(one)]),
          },
          screen,
        ),
      ]
    : []),
  ...data.laterStages.map((one) => paragraphs(laterInWords(one), screen)),
];
