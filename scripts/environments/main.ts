import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { positiveNumber } from "../../cli/verbs/numbers";
import project from "../../evenkeel.config";
import { makeSynthesisFaster } from "../../modules/core";
import { KeptLines } from "../kept-lines";
import { shuffled } from "../mutations/sample";
import { deployEach } from "./deploy";
import { judge } from "./judge";
import { type Mutated, mutated } from "./mutate";
import { countsOf, faultOf, isFault, page, type Result } from "./results";
import { rich } from "./rich";
import { schemaOf } from "./schema";

const root = resolve(__dirname, "..", "..", "..");
/** How many changed environments a full run has. */
const fullCount = 10_000;

interface Options {
  readonly seed: string;
  readonly count: number;
  readonly sample?: number;
  readonly deploy?: number;
  readonly resume?: boolean;
  readonly only?: number;
}

const command = new Command("npm run test:soak -- --environments")
  .description("Changes environments at random places; each is refused with a message, or synthesizes.")
  .option("--environments")
  .option("--seed <text>", "a different seed chooses different changes", "1")
  .option("--count <number>", "how many changed environments", positiveNumber, fullCount)
  .option("--sample <number>", "only this many, and no page", positiveNumber)
  .option("--deploy <number>", "deploy this many of those that synthesize on the simulated cloud", positiveNumber)
  .option("--resume", "continue the run of this seed that was stopped, and try again what was a fault")
  .option("--only <number>", "only say what becomes of the one with this number", positiveNumber);

const definitions = [...project.environments, rich];
const [first = rich] = definitions;
const schema = schemaOf(first);

/** The environment of a number, changed. */
function environmentOf(seed: string, number: number): Mutated & { readonly environment: string } {
  const { name, input } = definitions[number % definitions.length] ?? rich;
  return { environment: name, ...mutated(input, schema, `${seed} ${number}`) };
}

async function main(): Promise<void> {
  const { seed, count, sample, deploy, resume = false, only } = command.parse().opts<Options>();
  process.chdir(root);
  makeSynthesisFaster();
  const folder = mkdtempSync(join(tmpdir(), "soak-environments-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  if (only !== undefined) {
    const { environment, changes, input } = environmentOf(seed, only);
    const judgement = judge(input, join(folder, "output"));
    process.stdout.write(`${JSON.stringify({ environment, changes, ...judgement }, undefined, 2)}\n`);
    return;
  }
  // What is loaded and bundled once is not the time of the first.
  for (const { name, input } of definitions) {
    const { outcome, says } = judge(input, join(folder, "output"));
    if (outcome !== "synthesized") throw new Error(`Without a change ${name} does not synthesize: ${says}`);
  }
  const run = createHash("sha256")
    .update(JSON.stringify([seed, definitions.map(({ input }) => input)]))
    .digest("hex");
  const file = join(root, ".evenkeel", "soak", `environments${sample ? "-sample" : ""}-${seed}.jsonl`);
  const results = new KeptLines<Result>(file, {
    resume,
    run,
    keyOf: ({ number }) => number,
    // A fault may be mended by now.
    counts: (result) => !isFault(result),
  });
  const numbers = Array.from({ length: sample ?? count }, (_, index) => index + 1);
  for (const number of numbers) {
    if (results.get(number)) continue;
    const { environment, changes, input } = environmentOf(seed, number);
    const result = { number, environment, changes, ...judge(input, join(folder, "output")) };
    results.add(result);
    if (isFault(result)) say(result);
    if (number % 500 === 0) process.stdout.write(`[${number}/${numbers.length}]\n`);
    // Lets signals through.
    await new Promise(setImmediate);
  }
  if (deploy !== undefined) {
    await deployEach({
      chosen: chosenFor(results.values(), seed, deploy),
      inputOf: (number) => environmentOf(seed, number).input,
      originals: new Map(definitions.map(({ name, input }) => [name, input])),
      folder: join(root, ".evenkeel", "soak", "environments"),
      done: (result) => {
        results.add(result);
        if (isFault(result)) say(result);
      },
    });
  }
  const all = results.values().sort((one, other) => one.number - other.number);
  if (!sample) {
    mkdirSync(join(root, "docs", "soak"), { recursive: true });
    writeFileSync(join(root, "docs", "soak", "environments.md"), page(all, seed));
  }
  const { refused, synthesized, deployed, faults } = countsOf(all);
  process.stdout.write(
    `${all.length} environments: ${refused} refused, ${synthesized} synthesized, ${deployed} deployed, ${faults.length} faults.\n`,
  );
  process.exitCode = faults.length > 0 ? 1 : 0;
}

/** Those to deploy, each different, in an order by the seed; without those that have been. */
function chosenFor(results: readonly Result[], seed: string, count: number): Result[] {
  const byDigest = new Map<string, Result>();
  for (const result of [...results].sort((one, other) => one.number - other.number)) {
    if (result.digest !== undefined && !byDigest.has(result.digest)) byDigest.set(result.digest, result);
  }
  return shuffled([...byDigest.values()], seed)
    .slice(0, count)
    .filter(({ deployed }) => deployed === undefined);
}

const say = (result: Result): void => {
  process.stdout.write(
    `${result.number} ${result.environment} ${result.changes.join("; ").slice(0, 200)}: ${faultOf(result)}\n`,
  );
};

void main().catch((error: Error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exitCode = 1;
});
