import { performance } from "node:perf_hooks";
import { describeEnd, startProcess } from "../terraform";

/** One run of a command as a whole process. */
export interface Run {
  /** Wall time in milliseconds. */
  readonly wall: number;
  /** Peak resident memory in MiB, as the process itself reads it when it exits. */
  readonly memory: number;
}

/** Makes a Node.js process report its peak memory when it exits, on a separate channel. */
const reportMemory = 'process.on("exit",()=>require("node:fs").writeSync(3,String(process.resourceUsage().maxRSS)))';

/** Runs `node <args>` once. @throws Error when it fails, with what it wrote to standard error */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Run> {
  const started = performance.now();
  const preload = `data:text/javascript,${encodeURIComponent(`import{createRequire}from"node:module";const require=createRequire("/");${reportMemory}`)}`;
  const { child, ended } = startProcess(process.execPath, ["--import", preload, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let errors = "";
  let peak = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    errors += chunk.toString();
  });
  child.stdio[3]?.on("data", (chunk: Buffer) => {
    peak += chunk.toString();
  });
  const end = await ended;
  if (end.code !== 0) throw new Error(`node ${args.join(" ")} ended with ${describeEnd(end)}: ${errors}`);
  return { wall: performance.now() - started, memory: Number(peak) / 1024 };
}

/** Medians of several runs, after a warm-up run. */
export async function measure(times: number, once: () => Promise<Run>): Promise<Run> {
  await once();
  const runs: Run[] = [];
  for (let count = 0; count < times; count++) runs.push(await once());
  return { wall: median(runs.map(({ wall }) => wall)), memory: median(runs.map(({ memory }) => memory)) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
