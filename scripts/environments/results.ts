import type { Judgement } from "./judge";

/** One mutated environment and what became of it. */
export interface Result extends Judgement {
  readonly number: number;
  readonly environment: string;
  readonly changes: readonly string[];
  /** After a deployment: what the simulated cloud said; undefined if it was not deployed. */
  readonly deployed?: "deployed" | string;
}

/** How many of what. */
export interface Counts {
  readonly all: number;
  readonly refused: number;
  readonly synthesized: number;
  readonly deployed: number;
  readonly faults: readonly Result[];
}

/** Whether something is wrong with it. */
export const isFault = ({ outcome, deployed }: Result): boolean =>
  outcome === "fault" || (deployed !== undefined && deployed !== "deployed");

/** Counts the results. */
export function countsOf(results: readonly Result[]): Counts {
  const of = (outcome: Judgement["outcome"]) => results.filter((result) => result.outcome === outcome).length;
  return {
    all: results.length,
    refused: of("refused"),
    synthesized: of("synthesized"),
    deployed: results.filter(({ deployed }) => deployed !== undefined).length,
    faults: results.filter(isFault),
  };
}

/** A text of a result in one line, which may stand in a table. */
export const inCell = (text: string, most = 240): string =>
  text.replace(/\s+/g, " ").replaceAll("|", "/").replaceAll("`", "'").slice(0, most);

/** A row for each environment, and one for all of them. */
export const rowsByName = <R>(
  results: readonly R[],
  nameOf: (result: R) => string,
  countsOf: (results: readonly R[]) => readonly number[],
): string[] => {
  const row = (name: string, of: readonly R[]) => `| ${[name, ...countsOf(of)].join(" | ")} |`;
  const names = [...new Set(results.map(nameOf))];
  return [
    ...names.map((name) =>
      row(
        name,
        results.filter((result) => nameOf(result) === name),
      ),
    ),
    row("in all", results),
  ];
};

/** The part of a page about what is wrong. */
export const faultLines = (lines: readonly string[]): string[] => [
  "## Faults",
  "",
  ...(lines.length === 0 ? ["None."] : lines.map((line) => `- ${line}`)),
  "",
];

/** What is wrong with a result, in a line. */
export const faultOf = ({ says, deployed }: Result): string =>
  inCell(deployed === undefined ? (says ?? "") : `accepted by synth, refused by the simulated cloud: ${deployed}`, 300);

/** A page of documentation about a run. */
export function page(results: readonly Result[], seed: string): string {
  const sorted = [...results].sort((one, other) => compare(one.environment, other.environment));
  return [
    "# Environments",
    "",
    `Environments changed at random places, chosen by the seed ${seed}; written by \`npm run test:soak -- --environments\`. Each has to be`,
    "refused with a message that has path, received value and what to do, or to synthesize; with `--deploy` some of those that do",
    "are deployed on the simulated cloud. None may take 2 s of CPU time.",
    "",
    "| environment | changed | refused | synthesized | deployed | faults |",
    "|---|---|---|---|---|---|",
    ...rowsByName(
      sorted,
      ({ environment }) => environment,
      (of) => {
        const { all, refused, synthesized, deployed, faults } = countsOf(of);
        return [all, refused, synthesized, deployed, faults.length];
      },
    ),
    "",
    ...faultLines(
      results
        .filter(isFault)
        .map(
          (result) =>
            `${result.number}, ${result.environment}, \`${result.changes.join("; ").replaceAll("`", "'").slice(0, 200)}\`: ${faultOf(result)}`,
        ),
    ),
  ].join("\n");
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
