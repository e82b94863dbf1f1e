import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { positiveNumber } from "../../cli/verbs/numbers";
import { inWords, type Moment, momentsOf, rolloutsOf } from "./moment";
import { SoakProject } from "./project";
import { KeptResults, page } from "./results";
import { firstStage, runMoment, type Starts } from "./run-moment";
import { processesOf } from "./victims";

const root = resolve(__dirname, "..", "..", "..");
/** How many moments a full run has. */
const fullCount = 50;

interface Options {
  readonly seed: string;
  readonly count?: number;
  readonly sample?: number;
  readonly resume?: boolean;
  readonly list?: boolean;
  readonly only?: readonly number[];
  readonly rollouts?: boolean;
}

const numbers = (text: string): number[] => text.split(",").map((part) => positiveNumber(part));

const command = new Command("npm run test:soak -- --kills")
  .description("Kills deployments on the simulated cloud at random moments, and sees whether they can be run again.")
  .option("--kills")
  .option("--rollouts", "plan a bundle each time, and kill its apply")
  .option("--seed <text>", "a different seed chooses different moments", "1")
  .option("--count <number>", "only the first of a full run", positiveNumber)
  .option("--sample <number>", "only this many, and no page", positiveNumber)
  .option(
    "--only <numbers>",
    "only these moments, anew and with what they print; their results replace those that are kept",
    numbers,
  )
  .option("--resume", "continue the run of this seed that was stopped")
  .option("--list", "only print the moments");

/** Deploys what promotions and destructions start from, and keeps it. */
async function prepare(moments: readonly Moment[], project: SoakProject, folder: string): Promise<Starts> {
  const starts = new Map<Moment["environment"], string>();
  const needed = moments.filter(({ operation }) => operation !== "deploy").map(({ environment }) => environment);
  for (const environment of new Set(needed)) {
    process.stdout.write(`Deploying ${environment} first.\n`);
    project.restore();
    project.stage(firstStage);
    const started = project.verb(["deploy", environment, "--auto-approve"], `${process.pid}-start`);
    const { code } = await started.ended;
    if (code !== 0) throw new Error(`${environment} cannot be deployed:\n${started.printed()}`);
    const kept = join(folder, `start-${environment}`);
    project.keep(kept);
    starts.set(environment, kept);
  }
  return starts;
}

async function main(): Promise<void> {
  const { seed, count, sample, resume = false, list, only, rollouts = false } = command.parse().opts<Options>();
  const name = rollouts ? "rollouts" : "kills";
  const all = (rollouts ? rolloutsOf : momentsOf)(seed, fullCount);
  const moments = all.slice(0, sample ?? count);
  if (list) {
    for (const moment of moments) process.stdout.write(`${moment.number} ${inWords(moment)}\n`);
    return;
  }
  if (process.platform !== "linux") throw new Error("Processes are found through /proc: run it on Linux.");
  const folder = mkdtempSync(join(tmpdir(), "soak-kills-"));
  process.once("exit", () => {
    for (const number of ["start", ...moments.map((moment) => moment.number)]) {
      for (const pid of processesOf(`${process.pid}-${number}`)) process.kill(pid, "SIGKILL");
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  const results = new KeptResults(
    join(root, ".evenkeel", "soak", `${name}${sample ? "-sample" : ""}-${seed}.jsonl`),
    resume || only !== undefined,
  );
  const left = moments.filter((moment) => (only ? only.includes(moment.number) : !results.of(moment)));
  const project = new SoakProject(root, join(folder, "project"));
  const starts = await prepare(left, project, folder);
  for (const moment of left) {
    const verdict = await runMoment(moment, project, starts);
    const { printed: _, ...result } = verdict;
    results.add({ moment, ...result });
    const words = verdict.faults.length > 0 ? `WRONG: ${verdict.faults.join("; ")}` : "settles";
    if (only) process.stdout.write(`${verdict.printed}\n`);
    process.stdout.write(`[${moment.number}/${moments.length}] ${inWords(moment)}: ${verdict.ended}; ${words}\n`);
    if (!sample) document(results, seed, name, all.length);
  }
  process.exitCode = results.all().some(({ faults }) => faults.length > 0) ? 1 : 0;
}

/** Keeps the page of a full run up to date. */
function document(results: KeptResults, seed: string, name: "kills" | "rollouts", count: number): void {
  mkdirSync(join(root, "docs", "soak"), { recursive: true });
  writeFileSync(join(root, "docs", "soak", `${name}.md`), page(results.all(), seed, count, name));
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
