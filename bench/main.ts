import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { buildCommit, removeCommit } from "./against";
import type { Benchmark, BenchOptions } from "./benchmark";
import { breakerBenchmark } from "./breaker";
import { bundlesBenchmark } from "./bundles";
import { chaosBenchmark } from "./chaos";
import { demoBenchmark } from "./demo";
import { growthBenchmark } from "./growth";
import { planBenchmark } from "./plan";
import { programBenchmark } from "./program";
import { synthBenchmark } from "./synth";
import { testsBenchmark } from "./tests";

const benchmarks: readonly Benchmark[] = [
  synthBenchmark,
  programBenchmark,
  growthBenchmark,
  demoBenchmark,
  bundlesBenchmark,
  breakerBenchmark,
  chaosBenchmark,
  planBenchmark,
  testsBenchmark,
];

const names = benchmarks.map(({ name }) => name);
const usual = benchmarks.filter(({ isLong }) => !isLong).map(({ name }) => name);

interface Asked {
  readonly only: readonly string[];
  readonly against?: string;
  readonly times: number;
}

/** `npm run bench`: times beside what they are compared with, and the aims. */
async function main({ only, against, times }: Asked): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "evenkeel-bench-"));
  const folder = against === undefined ? undefined : buildCommit(against, scratch);
  const options: BenchOptions = { times, scratch, ...(folder && against && { against: { name: against, folder } }) };
  try {
    for (const { name, about, run } of benchmarks) {
      if (only.includes(name))
        process.stdout.write(`${wrapped(`${name}: ${about}`)}${await run(options)}\n${busyNote()}\n`);
    }
  } finally {
    if (folder) removeCommit(folder);
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A text in lines as wide as the tables may be. */
const wrapped = (text: string): string => text.replace(/(.{1,100})(?:\s+|$)/g, "$1\n");

/** Commands then wait for a processor, each as long as it happens: their wall times say little. */
function busyNote(): string {
  const [load = 0] = loadavg();
  const processors = availableParallelism();
  if (load < processors + 1) return "";
  return `The machine is busy (load ${load.toFixed(0)} on ${processors} processors): compare CPU here, and measure again.\n`;
}

function namesIn(text: string): string[] {
  const asked = text.split(",").map((name) => name.trim());
  const unknown = asked.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new InvalidArgumentError(`There is no ${unknown.join(", ")}; use ${names.join(", ")}.`);
  return asked;
}

function countIn(text: string): number {
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new InvalidArgumentError("Use a number from 1 to 999.");
  return Number(text);
}

const program = new Command("npm run bench --")
  .description("measures synthesis, verbs and handlers; ratios travel to another machine, times do not")
  .option("--only <names>", `comma-separated: ${names.join(", ")}`, namesIn, usual)
  .option("--against <commit>", "compares with another commit as well, which it builds in a temporary folder")
  .option("--times <count>", "how often each command is run; the median is shown", countIn, 7)
  .showHelpAfterError()
  .action(main);

void program.parseAsync();
