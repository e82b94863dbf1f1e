import { type Outcome, outcomes } from "../../terraform";
import { countsInWords } from "../counts-in-words";
import type { DocumentData } from "../document";
import type { planDocument } from "../documents/plan";
import { fitted, type LeftOut, type Part } from "./fitted";
import { figureInWords, figuresInWords, laterInWords, postponedInWords } from "./in-words";
import { code, hidden, prose, tableHead, tableRow } from "./markdown";

export type PlanData = DocumentData<typeof planDocument>;

export interface SummaryOptions {
  /** The most bytes that it may have. */
  readonly limit: number;
  /** Address of the run that has planned, to read on where something is left out. */
  readonly run?: string;
}

/** The first line of every summary of an environment; it is not shown. */
export const markerOf = (environment: string): string => hidden(`evenkeel plan ${environment}`);

/**
 * A planned rollout for reviewers, as GitHub and GitLab show Markdown: counts, what is lost and why, what the gates say; each change is
 * folded. It has no value of a plan, as these may be secret.
 */
export function rolloutSummary(plan: PlanData, { limit, run }: SummaryOptions): string {
  return fitted({
    head: headOf(plan, run),
    parts: [
      countsPart(plan),
      wavesPart(plan),
      unpredictablePart(plan),
      movesPart(plan),
      removalsPart(plan),
      violationsPart(plan),
      acceptedPart(plan),
      unusedPart(plan),
      figureChangesPart(plan),
      postponedPart(plan),
      ...plan.stacks.map(changesPart),
    ],
    limit,
    explain: (left, others) => explainLeftOut(left, others, plan.bundle, run),
  });
}

/** In place of a summary: there is no plan. */
export const failureSummary = (environment: string, run?: string): string =>
  [
    markerOf(environment),
    `## Rollout of ${code(environment)}`,
    "",
    `**It could not be planned.** ${run ? `[The run](${run})` : "The log of the run"} says why.`,
    "",
  ].join("\n");

function headOf(plan: PlanData, run?: string): string[] {
  const { environment, stage, stacks, hasChanges, source, promotion, bundle } = plan;
  const changed = stacks.filter((stack) => stack.hasChanges);
  const predicted = stacks.filter((stack) => stack.predictedFrom.length > 0);
  const unchanged = stacks.filter((stack) => !stack.hasChanges);
  const total = outcomes.map((outcome) => [outcome, stacks.reduce((sum, { counts }) => sum + counts[outcome], 0)]);
  const counts = Object.fromEntries(total) as Record<Outcome, number>;
  const verdict = verdictOf(plan);
  return [
    markerOf(environment),
    `## Rollout of ${code(environment)} (${stage})`,
    "",
    hasChanges
      ? `**${changed.length} of ${stacks.length} ${plural("stack", stacks.length)} change${changed.length === 1 ? "s" : ""}: ${countsInWords(counts)}.** ${verdict}`
      : `**Nothing changes.** ${verdict}`,
    ...(hasChanges && unchanged.length > 0
      ? ["", `Unchanged: ${unchanged.map(({ stack }) => code(stack)).join(", ")}.`]
      : []),
    ...(plan.base
      ? [
          "",
          `Compared with ${code(plan.base.given)}${plan.base.commit === null ? "" : ` (${plan.base.commit.slice(0, 12)})`}. ${plan.unchanged.length > 0 ? `The same there, and not planned: ${plan.unchanged.map(code).join(", ")}.` : "No stack is the same there."}`,
        ]
      : []),
    ...(plan.leftOut.length > 0 ? ["", `Left out: ${plan.leftOut.map(code).join(", ")}.`] : []),
    "",
    prose(figuresInWords(plan.figures)) +
      (plan.base?.withoutFigures ? ` ${prose(`The base is not compared: ${plan.base.withoutFigures}.`)}` : ""),
    ...plan.laterStages.flatMap((later) => ["", prose(laterInWords(later))]),
    ...(predicted.length > 0
      ? [
          "",
          `Planned on predicted outputs of stacks that are applied before: ${predicted.map(({ stack, predictedFrom }) => `${code(stack)} (on ${predictedFrom.map(code).join(", ")})`).join(", ")}. Each is planned again before it is applied, and only applied if nothing but predicted values differs.`,
        ]
      : []),
    ...(promotion
      ? [
          "",
          `Promotion from ${code(promotion.from)}: ${prose(promotion.says)}.${promotion.settledAt === null ? " **Until then, it is not applied.**" : ""}`,
        ]
      : []),
    ...(source.dirty
      ? ["", "**Planned from files that differ from the commit:** nobody can plan this again from the repository."]
      : []),
    ...(bundle === null ? [] : ["", `Bundle: ${code(fileName(bundle))}`]),
    ...(run ? ["", `[Run](${run})`] : []),
  ];
}

function verdictOf({ violations, unpredictable, notPlanned }: PlanData): string {
  const stuck = unpredictable.length + notPlanned.length;
  return [
    violations.length === 0
      ? "The gates refuse nothing."
      : `**The gates refuse it: ${violations.length} ${plural("violation", violations.length)}.**`,
    ...(stuck === 0 ? [] : [`**${stuck} ${plural("stack", stuck)} cannot be applied so.**`]),
  ].join(" ");
}

function countsPart({ stacks }: PlanData): Part {
  const regions = stacks.flatMap(({ stack, regions: all, predictedFrom }) =>
    all.map((row) => ({ ...row, stack, isPredicted: predictedFrom.length > 0 })),
  );
  const shown = outcomes.filter((outcome) => outcome !== "forgotten" || regions.some((row) => row.forgotten > 0));
  const rows = regions.map((row) =>
    tableRow([
      row.isPredicted ? `${code(row.stack)} (predicted)` : code(row.stack),
      row.region,
      ...shown.map((outcome) => (row[outcome] === 0 ? "" : String(row[outcome]))),
    ]),
  );
  return {
    before: ["", ...tableHead(["stack", "region", ...shown])],
    rows,
    after: [],
    what: "counts of stacks and regions",
  };
}

/** What is applied together, with the regions that it touches; one wave alone says nothing. */
function wavesPart({ waves, homeFirst }: PlanData): Part {
  const changing = waves.filter(({ hasChanges }) => hasChanges);
  return {
    before: ["", "### Waves", ...(homeFirst === null ? [] : ["", prose(homeFirst)]), ""],
    rows:
      changing.length < 2
        ? []
        : changing.map(
            ({ region, stacks, regions }, index) =>
              `${index + 1}. ${stacks.map(code).join(", ")}: ${region === null ? "" : "services, "}changes in ${regions.join(", ") || "no region"}`,
          ),
    after: [],
    what: "waves",
  };
}

/** Without the provider's words, which may have values in them; a log masks secrets, and a comment does not. */
const unpredictablePart = ({ unpredictable, notPlanned }: PlanData): Part => ({
  before: ["", "### Not to be applied so", ""],
  rows: [
    ...unpredictable.map(
      ({ stack }) =>
        `- ${code(stack)}: the simulated cloud refuses it, or what it puts out cannot be foretold; the log says why.`,
    ),
    ...notPlanned.map((stack) => `- ${code(stack)}: was not planned, as it reads of such a stack.`),
  ],
  after: [],
  what: "stacks that cannot be applied so",
});

/** A bundle of an older version has none. */
const movesPart = ({ moves = [] }: Pick<Partial<PlanData>, "moves">): Part => ({
  before: ["", "### Moved or taken in", "", ...tableHead(["stack", "resource", "is", "from"])],
  rows: moves.map((one) => tableRow([code(one.stack), code(one.address), one.kind, code(one.from)])),
  after: [],
  what: "resources that are moved or taken in",
});

const removalsPart = ({ removals }: PlanData): Part => ({
  before: [
    "",
    "### Replaced, destroyed or dropped from the state",
    "",
    ...tableHead(["stack", "resource", "is", "because of"]),
  ],
  rows: removals.map((one) =>
    tableRow([code(one.stack), code(one.address), one.outcome, one.because.map(code).join(", ")]),
  ),
  after: [],
  what: "resources that are replaced, destroyed or dropped",
});

const violationsPart = ({ violations }: PlanData): Part => ({
  before: ["", "### Refused by the gates", ""],
  rows: violations.map(
    ({ rule, stack, address, message, howToFix }) =>
      `- ${code(rule)} ${placeOf(stack, address)}: ${prose(message)} ${prose(howToFix)}`,
  ),
  after: [],
  what: "violations of gates",
});

const acceptedPart = ({ accepted }: PlanData): Part => ({
  before: ["", "### Accepted, as the environment acknowledges it", ""],
  rows: accepted.map(
    ({ violation: { rule, stack, address, message }, acknowledged: { reason, expires } }) =>
      `- ${code(rule)} ${placeOf(stack, address)}: ${prose(message)} Acknowledged until ${expires}: ${prose(reason)}`,
  ),
  after: [],
  what: "acknowledged removals",
});

const unusedPart = ({ unused }: PlanData): Part => ({
  before: ["", "### Acknowledged, but not needed", ""],
  rows: unused.map(({ stack, address, expires }) => `- ${placeOf(stack, address)}, until ${expires}`),
  after: [],
  what: "acknowledgements that no plan needs",
});

const figureChangesPart = ({ figureChanges }: PlanData): Part => ({
  before: ["", "### Figures that change", "", ...tableHead(["figure", "of", "in the base", "as planned"])],
  rows: figureChanges.map((one) => {
    const [figure = "", of = "", before = "", now = ""] = figureInWords(one);
    return tableRow([figure, code(of), before, now]);
  }),
  after: [],
  what: "figures that change",
});

const postponedPart = ({ postponed }: PlanData): Part => ({
  before: ["", "### Not done by the apply", ""],
  rows: postponed.map((one) => `- ${placeOf(one.stack, one.address)}: ${prose(postponedInWords(one))}`),
  after: [],
  what: "changes that are not done by the apply",
});

/** What is lost comes first. */
const byGravity: readonly Outcome[] = ["replaced", "destroyed", "forgotten", "changed", "added"];

function changesPart({ stack, counts, resources, predicted }: PlanData["stacks"][number]): Part {
  const marked = new Set(predicted);
  const rows = byGravity.flatMap((outcome) =>
    resources
      .filter((one) => one.outcome === outcome)
      .map(({ address }) => `- ${outcome} ${code(address)}${marked.has(address) ? " (with predicted values)" : ""}`),
  );
  return {
    before: ["", `<details><summary>${escapedForHtml(stack)}: ${countsInWords(counts)}</summary>`, ""],
    rows,
    after: ["", "</details>"],
    what: `changes of ${code(stack)}`,
  };
}

function explainLeftOut(left: readonly LeftOut[], others: number, bundle: string | null, run?: string): string {
  const named = left.map(({ rows, what }) => `${rows} ${what}`);
  const all = [...named, ...(others > 0 ? [`${others} more rows`] : [])].join(", ");
  const where = bundle
    ? ` ${code(`evenkeel bundle show ${fileName(bundle)} --markdown`)} prints all of it.`
    : ` ${code("evenkeel plan --json")} has all of it.`;
  return `**Left out, as this would be too long: ${all}.**${where}${run ? ` [The run](${run}) has the log.` : ""}`;
}

const placeOf = (stack: string | undefined, address: string): string =>
  stack === undefined ? code(address) : `${code(stack)} ${code(address)}`;
const plural = (noun: string, count: number): string => (count === 1 ? noun : `${noun}s`);
const fileName = (path: string): string => path.replace(/^.*[/\\]/, "");
const escapedForHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
