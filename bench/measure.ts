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
  const [result] = await interleaved(times, [once]);
  if (!result) throw new Error("nothing was measured");
  return result;
}

/** Medians of each of several commands, which take turns, so that whatever else the machine does falls on all of them. */
export async function interleaved(times: number, commands: readonly (() => Promise<Run>)[]): Promise<Run[]> {
  const runs: Run[][] = commands.map(() => []);
  for (let count = 0; count <= times; count++) {
    for (const [index, once] of commands.entries()) {
      const result = await once();
      // The first one warms up.
      if (count > 0) runs[index]?.push(result);
    }
  }
  return runs.map((results) => ({
    wall: median(results.map(({ wall }) => wall)),
    cpu: median(results.map(({ cpu }) => cpu)),
    memory: median(results.map(({ memory }) => memory)),
  }));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
