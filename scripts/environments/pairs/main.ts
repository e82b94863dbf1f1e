import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { positiveNumber } from "../../../cli/verbs/numbers";
import project from "../../../evenkeel.config";
import { makeSynthesisFaster } from "../../../modules/core";
import { KeptLines } from "../../kept-lines";
import { judge } from "../judge";
import { inCell } from "../results";
import { rich } from "../rich";
import { schemaOf } from "../schema";
import { DeployedBase } from "./deployed-base";
import { type Base, baseOf, changeOf } from "./pair";
import { countsOf, isFault, type PairResult, pairsPage, wasPlanned } from "./results";

const root = resolve(__dirname, "..", "..", "..", "..");

interface Options {
  readonly seed: string;
  readonly pairs: number;
  readonly base?: readonly string[];
  readonly sample?: boolean;
  readonly resume?: boolean;
  readonly only?: number;
}

const command = new Command("npm run test:soak -- --environments")
  .description("Deploys environments on the simulated cloud, changes them at random places and promotes them.")
  .option("--environments")
  .requiredOption("--pairs <number>", "how many changes of each environment to plan", positiveNumber)
  .option("--base <names...>", "only these environments")
  .option("--seed <text>", "a different seed chooses different changes", "1")
  .option("--sample", "no page")
  .option("--resume", "continue the run of this seed that was stopped, and try again what was a fault")
  .option(
    "--only <number>",
    "only say what becomes of the change with this number, of each environment",
    positiveNumber,
  );

const all = [...project.environments, rich].map(baseOf);
const schema = schemaOf(rich);

async function main(): Promise<void> {
  const { seed, pairs, base: names, sample, resume = false, only } = command.parse().opts<Options>();
  const unknown = names?.filter((name) => !all.some((base) => base.name === name)) ?? [];
  if (unknown.length > 0) {
    throw new Error(`--base: there is no ${unknown.join(", ")}; use some of ${all.map(({ name }) => name).join(", ")}`);
  }
  const bases = names ? all.filter(({ name }) => names.includes(name)) : all;
  process.chdir(root);
  makeSynthesisFaster();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  const run = createHash("sha256")
    .update(JSON.stringify([seed, all.map(({ input }) => input)]))
    .digest("hex");
  const name = only !== undefined ? "pairs-only" : sample ? "pairs-sample" : "pairs";
  const results = new KeptLines<PairResult>(join(root, ".evenkeel", "soak", `${name}-${seed}.jsonl`), {
    resume,
    run,
    keyOf: ({ base, number }) => `${base} ${number}`,
    // A fault may be mended by now.
    counts: (result) => !isFault(result),
  });
  for (const base of bases) {
    const known = results.values().filter((result) => result.base === base.name);
    const tried = pairsOf(base, seed, known);
    let planned = 0;
    for (let number = only ?? 1; only === undefined ? planned < pairs : number === only; number++) {
      const before = results.get(`${base.name} ${number}`);
      const result = before ?? (await tried(number));
      if (!before) {
        results.add(result);
        say(result);
      }
      if (wasPlanned(result)) planned += 1;
      // Lets signals through.
      await new Promise(setImmediate);
    }
  }
  const found = all.flatMap(({ name }) =>
    results
      .values()
      .filter(({ base }) => base === name)
      .sort((one, other) => one.number - other.number),
  );
  if (only === undefined && !sample) {
    mkdirSync(join(root, "docs", "soak"), { recursive: true });
    writeFileSync(join(root, "docs", "soak", "pairs.md"), pairsPage(found, seed));
  }
  const { drawn, planned, applied, byGates, byPlan, faults } = countsOf(found);
  process.stdout.write(
    `${drawn} changes drawn, ${planned} planned: ${applied} applied, ${byGates} stopped by a gate, ${byPlan} by the plan, ${faults} faults.\n`,
  );
  process.exitCode = faults > 0 ? 1 : 0;
}

/** Tries the changes of a base by their numbers. What synthesizes to the same as one before is not planned again. */
function pairsOf(base: Base, seed: string, known: readonly PairResult[]): (number: number) => Promise<PairResult> {
  const kept = join(root, ".evenkeel", "soak", "pairs");
  // Always the same folder, because backends are named from it.
  const folder = join(kept, "judged");
  const { outcome, says, digest = "" } = judge(base.input, folder);
  if (outcome !== "synthesized") throw new Error(`Without a change ${base.name} does not synthesize: ${says}`);
  const deployed = new DeployedBase(base, kept, digest);
  const digests = new Set([digest, ...known.map((result) => result.digest)]);
  return async (number) => {
    const change = changeOf(base, number, schema, seed);
    const result = { base: base.name, number, changes: change.changes };
    const judged = judge(change.input, folder);
    if (judged.outcome !== "synthesized") return { ...result, outcome: judged.outcome, says: judged.says };
    if (digests.has(judged.digest)) return { ...result, outcome: "the same" };
    digests.add(judged.digest);
    return { ...result, digest: judged.digest, ...(await deployed.try(change)) };
  };
}

const say = (result: PairResult): void => {
  if (!wasPlanned(result) && !isFault(result)) return;
  const { base, number, changes, stacks = 0, outcome, says = "" } = result;
  process.stdout.write(
    `${base} ${number} (${stacks} stacks) ${inCell(changes.join("; "))}: ${outcome} ${inCell(says, 1500)}\n`,
  );
};

void main().catch((error: Error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exitCode = 1;
});
