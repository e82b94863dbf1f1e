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

/** What is wrong with a result, in a line. */
export const faultOf = ({ says, deployed }: Result): string =>
  (deployed === undefined ? (says ?? "") : `accepted by synth, refused by the simulated cloud: ${deployed}`)
    .replace(/\s+/g, " ")
    .replaceAll("|", "/")
    .replaceAll("`", "'")
    .slice(0, 300);

/** A page of documentation about a run. */
export function page(results: readonly Result[], seed: string): string {
  const names = [...new Set(results.map(({ environment }) => environment))].sort();
  const row = (name: string, of: readonly Result[]): string => {
    const { all, refused, synthesized, deployed, faults } = countsOf(of);
    return `| ${name} | ${all} | ${refused} | ${synthesized} | ${deployed} | ${faults.length} |`;
  };
  const { faults } = countsOf(results);
  return [
    "# Environments",
    "",
    `Environments changed at random places, chosen by the seed ${seed}; written by \`npm run test:soak -- --environments\`. Each has to be`,
    "refused with a message that has path, received value and what to do, or to synthesize; with `--deploy` some of those that do",
    "are deployed on the simulated cloud. None may take 2 s of CPU time.",
    "",
    "| environment | changed | refused | synthesized | deployed | faults |",
    "|---|---|---|---|---|---|",
    ...names.map((name) =>
      row(
        name,
        results.filter(({ environment }) => environment === name),
      ),
    ),
    row("in all", results),
    "",
    "## Faults",
    "",
    ...(faults.length === 0 ? ["None."] : []),
    ...faults.map(
      (result) =>
        `- ${result.number}, ${result.environment}, \`${result.changes.join("; ").replaceAll("`", "'").slice(0, 200)}\`: ${faultOf(result)}`,
    ),
    "",
  ].join("\n");
}
