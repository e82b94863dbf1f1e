import { faultLines, inCell, rowsByName } from "../results";
import type { PairJudgement } from "./judge";

/** A change of a deployed environment and what became of it. */
export interface PairResult {
  readonly base: string;
  readonly number: number;
  readonly changes: readonly string[];
  readonly outcome: PairJudgement["outcome"] | "refused" | "the same";
  /** What refused or stopped it, or what is wrong. */
  readonly says?: string;
  /** The same for changes that synthesize to the same; only of what was planned. */
  readonly digest?: string;
  /** How many stacks it changes, if it was planned. */
  readonly stacks?: number;
}

export const isFault = ({ outcome }: PairResult): boolean => outcome === "fault";

/** Whether it was planned: neither refused by synthesis, nor without effect. */
export const wasPlanned = ({ stacks }: PairResult): boolean => stacks !== undefined;

/** What failed, without the command of Terraform. */
const withoutCommand = (says: string): string => says.replace(/: \S+ plan -json.*? failed: /, ": ");

/** The counts of results, for a line of text or a table. */
export function countsOf(results: readonly PairResult[]) {
  const of = (outcome: PairResult["outcome"]) => results.filter((one) => one.outcome === outcome).length;
  return {
    drawn: results.length,
    refused: of("refused"),
    same: of("the same"),
    planned: results.filter(wasPlanned).length,
    applied: of("applied"),
    byGates: of("stopped by a gate"),
    byPlan: of("stopped by the plan"),
    faults: of("fault"),
  };
}

/** A page of documentation about a run. */
export function pairsPage(results: readonly PairResult[], seed: string): string {
  const planned = results.filter(wasPlanned);
  return [
    "# Pairs of environments",
    "",
    "An environment is deployed on the simulated cloud, then changed at one to three random places, or to a later stage, or both. What",
    "synthesis accepts is promoted with the gates in the way: the stacks that differ are planned, checked and applied. Of what is",
    "applied the next plan has to be empty. Whatever the gates say, everything in the simulated cloud that holds data or keys has to",
    "stand there afterwards as before, unless an acknowledgement gives it up. A later stage alone passes every gate.",
    "",
    `${results.length} changes were drawn by the seed ${seed}, and ${planned.length} of them planned; written by \`npm run test:soak -- --environments --pairs <number>\`.`,
    "",
    "| environment | drawn | refused by synthesis | as before or as another | planned | applied | stopped by a gate | stopped by the plan | faults |",
    "|---|---|---|---|---|---|---|---|---|",
    ...rowsByName(
      results,
      ({ base }) => base,
      (of) => Object.values(countsOf(of)),
    ),
    "",
    ...faultLines(
      results
        .filter(isFault)
        .map(
          ({ base, number, changes, says = "" }) =>
            `${base} ${number}, \`${inCell(changes.join("; "))}\`: ${inCell(says, 600)}`,
        ),
    ),
    "## What was planned",
    "",
    "| environment | no. | change | stacks | outcome |",
    "|---|---|---|---|---|",
    ...planned.map(
      ({ base, number, changes, stacks, outcome, says }) =>
        `| ${base} | ${number} | ${inCell(changes.join("; "))} | ${stacks} | ${outcome}${says && outcome !== "fault" ? `: ${inCell(withoutCommand(says))}` : ""} |`,
    ),
    "",
  ].join("\n");
}
