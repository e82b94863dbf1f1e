import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix, resolve, sep } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { plainTable } from "../../cli/plain-table";
import type { Mutation } from "./mutation";
import { mutationsOf } from "./mutators";
import { endAll } from "./processes";
import { KeptResults, type Result, runOf } from "./results";
import { runMutations } from "./run";
import { noticedOf, type SampledChange, sampleOf, shuffled } from "./sample";
import { page, percent, tallies, unnoticed } from "./summary";
import { wiresOf } from "./wires";
import { Workplace } from "./workplace";

const root = resolve(__dirname, "..", "..", "..");
const defaultFolders = ["stacks", "blueprints", "capabilities", "config", "contract", "gates"];
/** The changes that the last full run noticed, from which samples are taken. */
const sampleFile = join(root, "docs", "soak", "mutations.json");
/** The share of mutations that the tests have to notice. */
const wantedShare = 0.9;

interface Options {
  readonly folders: readonly string[];
  readonly seed: string;
  readonly count: number;
  readonly sample?: number;
  readonly wires?: boolean;
  readonly resume?: boolean;
  readonly retry?: boolean;
  readonly jobs: number;
  readonly list?: boolean;
  readonly assumePassing?: boolean;
}

const list = (value: string): string[] => value.split(",").filter((name) => name !== "");
function positive(value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new InvalidArgumentError("It must be a whole number, 1 or more.");
  return Number(value);
}

const command = new Command("npm run test:soak --")
  .description("Changes the sources at random places, one at a time, and counts how many changes the tests notice.")
  .option(
    "--folders <names>",
    "comma-separated folders with the sources to change; by default those that exist",
    list,
    defaultFolders,
  )
  .option("--seed <text>", "a different seed chooses different changes", "1")
  .option("--count <number>", "how many changes", positive, 200)
  .option(
    "--sample <number>",
    "only test this many of the changes that the last full run noticed; all have to be noticed again",
    positive,
  )
  .option("--wires", "instead cut each wire of capabilities and stacks; every one has to be noticed")
  .option("--resume", "continue the run of this seed that was stopped")
  .option("--retry", "with --resume: retry what was not noticed, after tests were added")
  .option("--jobs <number>", "how many changes to test at a time", positive, 2)
  .option("--assume-passing", "leave out the run without a change, where the tests have just passed")
  .option("--list", "only print the changes, in the order they would be tested in");

/** The texts of the sources by file name, with slashes, sorted. */
function sourcesIn(folders: readonly string[]): ReadonlyMap<string, string> {
  const files = folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) =>
        posix.join(folder, file.replaceAll(sep, "/")),
      ),
    )
    .filter((file) => file.endsWith(".ts") && !/\.(test|d)\.ts$/.test(file))
    .sort();
  return new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
}

async function judged(mutations: readonly Mutation[], results: KeptResults, options: Options): Promise<Result[]> {
  const count = options.sample ?? (options.wires ? mutations.length : options.count);
  const folder = mkdtempSync(join(tmpdir(), "soak-"));
  process.once("exit", () => {
    endAll();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  const places = Array.from({ length: options.jobs }, (_, job) => {
    const place = join(folder, String(job));
    mkdirSync(place);
    return new Workplace(root, place, folder);
  });
  if (!options.assumePassing) {
    process.stdout.write("The tests without a change first.\n");
    await places[0]?.checkUnchanged([...new Set(mutations.map(({ file }) => file))]);
  }
  return runMutations({
    mutations,
    count,
    judges: places.map((place) => (mutation) => place.judge(mutation)),
    results,
    said: ({ file, line, outcome, mutator, change }, done) =>
      process.stdout.write(`[${done}/${count}] ${outcome.padEnd(9)} ${file}:${line} ${mutator}: ${change}\n`),
  });
}

/** Prints the results. @returns whether enough mutations were noticed */
function report(results: readonly Result[], { sample, wires }: Options): boolean {
  const rows = tallies(results).map((tally) => {
    return [tally.folder, String(tally.mutations), String(tally.noticed), percent(tally), String(tally.refused)];
  });
  process.stdout.write(`${plainTable(["folder", "mutations", "noticed", "share", "refused by types"], rows)}\n`);
  for (const { file, line, mutator, change } of unnoticed(results)) {
    process.stdout.write(`not noticed: ${file}:${line} ${mutator}: ${change}\n`);
  }
  const [all] = tallies(results).slice(-1);
  if (!all) return true;
  const least = Math.ceil(all.mutations * (sample || wires ? 1 : wantedShare));
  if (all.noticed >= least) return true;
  process.stdout.write(`${all.noticed} of ${all.mutations} were noticed, at least ${least} have to be.\n`);
  return false;
}

/** Keeps the page of a full run up to date. */
function document(results: readonly Result[], { seed, wires }: Options): void {
  const about = wires
    ? "Each wire of the toolkit cut once; written by `npm run test:soak -- --wires`. A change that the type checker refuses is noticed, too."
    : `Random changes of the sources, chosen by the seed ${seed}; written by \`npm run test:soak\`.`;
  const [title, file] = wires ? ["Wires", "wires.md"] : ["Mutations", "mutations.md"];
  mkdirSync(join(root, "docs", "soak"), { recursive: true });
  writeFileSync(join(root, "docs", "soak", file), page(title, about, results));
  if (!wires) writeFileSync(sampleFile, `${JSON.stringify(noticedOf(results), null, 2)}\n`);
}

/** The mutations to judge, in their order. */
function chosen(all: readonly Mutation[], { seed, sample, wires }: Options): readonly Mutation[] {
  if (wires) return sample ? shuffled(all, seed) : all;
  if (!sample) return shuffled(all, seed);
  return sampleOf(JSON.parse(readFileSync(sampleFile, "utf8")) as SampledChange[], all, sample);
}

async function main(): Promise<void> {
  const options = command.parse().opts<Options>();
  const { seed, sample, wires = false } = options;
  const sources = sourcesIn(options.folders);
  const all = wires ? wiresOf(sources) : [...sources].flatMap(([file, text]) => mutationsOf(file, text));
  const mutations = chosen(all, options);
  if (options.list) {
    for (const { file, line, mutator, change } of mutations) {
      process.stdout.write(`${file}:${line} ${mutator}: ${change}\n`);
    }
    return;
  }
  if (mutations.length === 0) throw new Error(`There is nothing to change in ${options.folders.join(", ")}`);
  const name = `${wires ? "wires" : "mutations"}${sample ? "-sample" : ""}-${seed}.jsonl`;
  const results = new KeptResults(join(root, ".evenkeel", "soak", name), runOf(seed, sources), {
    resume: options.resume ?? false,
    retry: options.retry,
  });
  const found = await judged(mutations, results, options);
  if (!sample && options.folders === defaultFolders) document(found, options);
  process.exitCode = report(found, options) ? 0 : 1;
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
