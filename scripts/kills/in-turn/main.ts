import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { positiveNumber } from "../../../cli/verbs/numbers";
import { startSimulator } from "../../../simulator";
import { KeptLines } from "../../kept-lines";
import { begunIn } from "../printed";
import { SoakProject } from "../project";
import { processesOf } from "../victims";
import { Cloud } from "./cloud";
import { page } from "./page";
import { type Kill, type Killed, rolloutInTurn } from "./rollout";

const root = resolve(__dirname, "..", "..", "..", "..");
const environment = "prod";
/** Finds the processes of this run. */
const mark = `${process.pid}-in-turn`;

/**
 * What is rolled out, one after the other. Terraform is killed in the first, which makes everything. A killed verb lets its
 * Terraform finish what it has begun, so that the second goes on from kill to kill.
 */
const parts: readonly Part[] = [
  { killed: ["terraform"], stage: "foundation" },
  { killed: ["evenkeel"], stage: "hardening" },
];
/** What a sample rolls out. */
const sampled: readonly Part[] = [{ killed: ["terraform", "evenkeel"], stage: "foundation" }];

interface Part {
  /** Who is killed, taking turns. */
  readonly killed: readonly [Killed, ...Killed[]];
  readonly stage: string;
}

interface Options {
  readonly sample?: number;
  readonly resume?: boolean;
}

const { sample, resume = false } = new Command("npm run test:soak -- --in-turn")
  .description(
    "Applies reviewed rollouts of prod on the simulated cloud, and kills Terraform and the verb after each resource in turn.",
  )
  .option("--in-turn")
  .option("--sample <number>", "only so many kills, and no page", positiveNumber)
  .option("--resume", "continue the run that was stopped")
  .parse()
  .opts<Options>();

/** What is kept of a part, so that it can be continued. */
interface Ended {
  readonly part: number;
  readonly faults: readonly string[];
}

async function main(): Promise<void> {
  if (process.platform !== "linux") throw new Error("Processes are found through /proc: run it on Linux.");
  const folder = join(root, ".evenkeel", "soak", sample ? "in-turn-sample" : "in-turn");
  if (!resume) rmSync(folder, { recursive: true, force: true });
  const directory = join(folder, "project", ".evenkeel", "simulated");
  const simulator = await startSimulator({ directory });
  const project = new SoakProject(root, join(folder, "project"), {
    ...simulator.env,
    EVENKEEL_SIMULATED: join(".evenkeel", "simulated"),
  });
  const kills = new KeptLines<Kill>(join(folder, "kills.jsonl"), {
    resume,
    keyOf: ({ killed, resource }) => `${killed} ${resource}`,
  });
  const ends = new KeptLines<Ended>(join(folder, "ends.jsonl"), { resume, keyOf: ({ part }) => part });
  process.once("exit", () => {
    for (const pid of processesOf(mark)) process.kill(pid, "SIGKILL");
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  const cloud = new Cloud(simulator.inventory, directory);
  let left = sample ?? Number.POSITIVE_INFINITY;
  for (const [part, { killed, stage }] of (sample ? sampled : parts).entries()) {
    if (ends.get(part)) continue;
    project.stage(stage);
    const bundle = await planned(project, join(folder, `bundle-${part}`));
    const faults = await rolloutInTurn({
      project,
      cloud,
      bundle,
      mark,
      victim: () => killed[kills.values().length % killed.length] ?? killed[0],
      isDone: (who, resource) => left === 0 || kills.get(`${who} ${resource}`) !== undefined,
      onKill: (kill) => {
        kills.add(kill);
        left -= 1;
        const words = kill.faults.length > 0 ? `WRONG: ${kill.faults.join("; ")}` : kill.ended;
        process.stdout.write(`[${kills.values().length}] ${kill.killed} after ${kill.resource}: ${words}\n`);
      },
    });
    if (faults.length === 0) faults.push(...(await settled(project)));
    ends.add({ part, faults });
    for (const fault of faults) process.stdout.write(`WRONG: ${fault}\n`);
    if (faults.length > 0) break;
  }
  await simulator.stop();
  // At the end alone: a bundle is applied only while the files are those that it was planned from.
  if (!sample) writeFileSync(join(root, "docs", "soak", "in-turn.md"), page(kills.values(), ends.values().length));
  const wrong = [...kills.values(), ...ends.values()].some(({ faults }) => faults.length > 0);
  process.exitCode = wrong ? 1 : 0;
}

/** Plans a bundle, or takes the one that was planned before the run was stopped. @returns its path */
async function planned(project: SoakProject, kept: string): Promise<string> {
  if (!existsSync(kept)) writeFileSync(kept, await project.bundle(environment, mark));
  return readFileSync(kept, "utf8");
}

/** Whether nothing is left to do. */
async function settled(project: SoakProject): Promise<string[]> {
  const started = project.verb(["deploy", environment, "--auto-approve"], mark);
  const { code } = await started.ended;
  const changed = begunIn(started.printed());
  if (code !== 0) return [`a deployment afterwards ended with ${code}: ${started.printed().slice(-2000)}`];
  return changed.map((line) => `a deployment afterwards changed ${line}`);
}

void main().catch((error: Error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
