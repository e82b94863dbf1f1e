import { performance } from "node:perf_hooks";
import { describeEnd, startProcess } from "../terraform";

/** One run of a command as a whole process. */
export interface Run {
  /** Wall time in milliseconds. */
  readonly wall: number;
  /** Processor time in milliseconds, of all threads. */
  readonly cpu: number;
  /** Peak resident memory in MiB, as the process itself reads it when it exits. */
  readonly memory: number;
}

/** Makes a Node.js process report its peak memory and processor time when it exits, on a separate channel. */
const reportUsage = 'process.on("exit",()=>require("node:fs").writeSync(3,JSON.stringify(process.resourceUsage())))';

/** Runs `node <args>` once. @throws Error when it fails, with what it wrote to standard error */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const started = performance.now();
  const preload = `data:text/javascript,${encodeURIComponent(`import{createRequire}from"node:module";const require=createRequire("/");${reportUsage}`)}`;
  const { child, ended } = startProcess(process.execPath, ["--import", preload, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let errors = "";
  let usage = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  child.stdio[3]?.on("data", (chunk: Buffer) => {
    usage += chunk.toString();
  });
  const end = await ended;
  if (end.code !== 0) throw new Error(`node ${args.join(" ")} ended with ${describeEnd(end)}: ${errors}`);
  const wall = performance.now() - started;
  const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(usage) as NodeJS.ResourceUsage;
  return { wall, cpu: (userCPUTime + systemCPUTime) / 1000, memory: maxRSS / 1024 };
}

/** Medians of several runs, after a warm-up run. */
export async function measure(times: number, once: () => Promise<Run>): Promise<Run> {
  const { only } = await interleaved({ only: once }, times);
  return only;
}

/**
 * Medians of several runs of each command, after a warm-up run of each. They take turns, so that what else the machine does is the same
 * for all.
 */
export async function interleaved<T extends string>(
  commands: Readonly<Record<T, () => Promise<Run>>>,
  times: number,
): Promise<Record<T, Run>> {
  const names = Object.keys(commands) as T[];
  const runs = new Map<T, Run[]>(names.map((name) => [name, []]));
  for (let count = 0; count <= times; count++) {
    for (const name of names) {
      const result = await commands[name]();
      if (count > 0) runs.get(name)?.push(result);
    }
  }
  return Object.fromEntries(names.map((name) => [name, medians(runs.get(name) ?? [])])) as Record<T, Run>;
}

const medians = (runs: readonly Run[]): Run => ({
  wall: median(runs.map(({ wall }) => wall)),
  cpu: median(runs.map(({ cpu }) => cpu)),
  memory: median(runs.map(({ memory }) => memory)),
});

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
