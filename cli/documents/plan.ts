import { z } from "zod";
import { renderReview, renderSummary } from "../../gates";
import { type Column, paragraphs, renderTable, type Screen } from "../../output";
import { outcomes } from "../../terraform/outcome";
import { countsInWords } from "../counts-in-words";
import { DocumentType } from "../document";
import { accepted, address, changes, counts, environment, stackName, stage, unused, violations } from "./parts";
import { figuresText, planParts, untouchedText } from "./plan-parts";

const regionName = z.string().describe("Region; `none` for what is in none, and where it is unknown.");

const stack = z.strictObject({
  stack: stackName,
  hasChanges: z.boolean().describe("Whether there is something to apply, outputs included."),
  counts: z.strictObject(counts).describe("What its plan does."),
  regions: z
    .array(z.strictObject({ region: regionName, ...counts }))
    .describe("What its plan does in each region where it changes something."),
  resources: z
    .array(z.strictObject({ address, outcome: z.enum(outcomes).describe("What is done to it.") }))
    .describe("What its plan changes, resource by resource, by address."),
  predictedFrom: z
    .array(stackName)
    .describe(
      "Stacks whose outputs it was planned on before they are there: this plan is for review, and is made again at its apply.",
    ),
  predicted: z.array(address).describe("Resources with values that only the apply of those stacks will tell."),
});

/** What is applied together. */
const wave = z.strictObject({
  region: z
    .string()
    .nullable()
    .describe("Region whose services it has; null for a stack that is in several, or that serves nothing."),
  stacks: z.array(stackName).describe("Its stacks, in the order of their apply."),
  hasChanges: z.boolean().describe("Whether there is something to apply."),
  regions: z.array(z.string()).describe("Regions in which its plans change something."),
});

/** What a plan and a bundle say of waves. */
export const waveFields = {
  waves: z.array(wave).describe("What is applied together, before anybody looks whether the environment is healthy."),
  homeFirst: z.string().nullable().describe("Why the home region goes before standby regions; null where it does not."),
};

const removal = z.strictObject({
  stack: stackName,
  address,
  outcome: z.enum(["replaced", "destroyed", "forgotten"]).describe("What is done to it."),
  because: z.array(z.string()).describe("Arguments that force a replacement; else Terraform's own reason."),
});

const move = z.strictObject({
  stack: stackName,
  kind: z.enum(["moved", "imported"]).describe("`moved`: it has another address. `imported`: a state takes it in."),
  address,
  from: z.string().describe("Address before, or the id by which it is imported."),
});

const moveColumns: readonly Column[] = [
  { title: "stack", kind: "name", importance: "useful" },
  { title: "resource", kind: "name", importance: "essential" },
  { title: "is", kind: "text", importance: "essential" },
  { title: "from", kind: "name", importance: "essential" },
];

const removalColumns: readonly Column[] = [
  { title: "stack", kind: "name", importance: "useful" },
  { title: "resource", kind: "name", importance: "essential" },
  { title: "is", kind: "text", importance: "essential" },
  { title: "because of", kind: "text", importance: "useful" },
];

const stackColumns: readonly Column[] = [
  { title: "stack", kind: "name", importance: "essential" },
  { title: "plan", kind: "text", importance: "essential" },
  { title: "planned on what these will put out", kind: "text", importance: "useful" },
  { title: "resources with predicted values", kind: "number", importance: "detail" },
];

const fields = {
  environment,
  stage,
  hasChanges: z.boolean().describe("Whether there is something to apply in any stack."),
  passed: z
    .boolean()
    .describe("Whether every stack was planned, and neither the gates nor the simulated cloud refuse anything."),
  stacks: z.array(stack).describe("Every stack that was planned, in the order of its apply."),
  ...waveFields,
  unpredictable: z
    .array(
      z.strictObject({
        stack: stackName,
        because: z
          .string()
          .describe("What the simulated cloud refuses, in the provider's words; or why it was not asked."),
      }),
    )
    .describe(
      "Stacks that AWS would refuse to change so, as far as the simulated cloud knows, or whose outputs cannot be foretold.",
    ),
  notPlanned: z.array(stackName).describe("Stacks that read of those, and were not planned."),
  moves: z
    .array(move)
    .describe("What gets another address, or is taken into a state; neither changes anything in AWS by itself."),
  removals: z.array(removal).describe("What is replaced, destroyed or dropped from a state."),
  ...planParts,
  changes,
  violations,
  accepted,
  unused,
  source: z
    .strictObject({
      commit: z.string().nullable().describe("Commit that it was planned at; null outside of a repository."),
      tree: z.string().nullable().describe("Tree of that commit: equal for commits with the same files."),
      dirty: z.boolean().describe("Whether files differed from that commit."),
    })
    .describe("What it was planned from."),
  promotion: z
    .strictObject({
      from: z.string().describe("Environment in which the same files must have settled before they are applied here."),
      settledAt: z.string().nullable().describe("When they have, as ISO 8601; null if they have not, or nobody knows."),
      says: z.string().describe("The same in words."),
    })
    .nullable()
    .describe("How the promotion stands; null if the environment asks for none."),
  bundle: z.string().nullable().describe("The file that `apply` takes; null if none was asked for."),
};

/** What `plan` prints: what a rollout would do to each stack, and what the gates say of it. */
export const planDocument = new DocumentType({
  verb: "plan",
  version: 1,
  fields,
  text: (data, screen) =>
    [
      ...untouchedText(data, screen),
      ...data.unpredictable.map(({ because }) => paragraphs(because, screen)),
      ...(data.notPlanned.length > 0
        ? [paragraphs(`Not planned, as they read of it: ${data.notPlanned.join(", ")}.`, screen)]
        : []),
      ...(data.moves.length > 0 ? [moveTable(data.moves, screen)] : []),
      ...(data.removals.length > 0 ? [removalTable(data.removals, screen)] : []),
      ...(data.stacks.length > 0 ? [stackTable(data.stacks, screen)] : []),
      ...wavesText(data, screen),
      renderSummary(data.changes, screen),
      ...figuresText(data, screen),
      renderReview(data, screen),
      ...(data.promotion ? [`Promotion: ${data.promotion.says}.`] : []),
      ...(data.source.dirty
        ? [paragraphs("Files differ from the commit: this cannot be planned again from the repository.", screen)]
        : []),
      ...(data.bundle === null ? [] : [`Bundle: ${data.bundle}`]),
    ].join("\n"),
});

const moveTable = (moves: readonly z.output<typeof move>[], screen: Screen): string =>
  renderTable({ columns: moveColumns, rows: moves.map((one) => [one.stack, one.address, one.kind, one.from]) }, screen);

const removalTable = (removals: readonly z.output<typeof removal>[], screen: Screen): string =>
  renderTable(
    {
      columns: removalColumns,
      rows: removals.map((one) => [one.stack, one.address, one.outcome, one.because.join(", ")]),
    },
    screen,
  );

const waveColumns: readonly Column[] = [
  { title: "wave", kind: "number", importance: "essential" },
  { title: "stacks", kind: "text", importance: "essential" },
  { title: "changes in", kind: "text", importance: "essential" },
];

/** Waves with something to apply, and why the home region goes first. */
export function wavesText({ waves, homeFirst }: z.output<z.ZodObject<typeof waveFields>>, screen: Screen): string[] {
  const rows = waves
    .filter(({ hasChanges }) => hasChanges)
    .map(({ stacks, regions }, index) => [index + 1, stacks.join(", "), regions.join(", ")]);
  return [
    ...(rows.length > 0 ? [renderTable({ columns: waveColumns, rows }, screen)] : []),
    ...(homeFirst === null ? [] : [paragraphs(homeFirst, screen)]),
  ];
}

const stackTable = (stacks: readonly z.output<typeof stack>[], screen: Screen): string =>
  renderTable(
    {
      columns: stackColumns,
      rows: stacks.map((one) => [
        one.stack,
        one.hasChanges ? countsInWords(one.counts) : "unchanged",
        one.predictedFrom.join(", "),
        one.predicted.length,
      ]),
    },
    screen,
  );
