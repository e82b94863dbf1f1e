import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { describeEnd, startProcess } from "../terraform";

/** One run of a command as a whole process, with all that it starts. */
export interface Run {
  /** Wall time in milliseconds. */
  readonly wall: number;
  /** Time on all processors in milliseconds, of the command and what it starts; NaN without a POSIX shell. */
  readonly cpu: number;
  /** Peak resident memory in MiB, as the Node.js process itself reads it when it exits; NaN for other programs. */
  readonly memory: number;
}

/** A command to measure. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  /** On top of the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Is measured as well when it fails, as tests of another commit may. */
  readonly mayFail?: boolean;
}

/** A command of this or another Node.js, which reports its memory. */
export function node(
  args: readonly string[],
  options: Omit<Command, "program" | "args"> & { program?: string } = {},
): Command {
  return { program: process.execPath, ...options, args: ["--require", memoryReport, ...args] };
}

const memoryReport = join(__dirname, "report-memory.js");

/** Runs a command, and then says on the fourth channel how much time it and its children had on the processors. */
const timed = ["-c", '"$@" 4>&-; code=$?; times >&4; exit $code', "sh"];

/** Runs a command once. @throws Error when it fails, with what it wrote to standard error */
export async function runOnce({ program, args, env, cwd, mayFail }: Command): Promise<Run> {
  const started = performance.now();
  const command = process.platform === "win32" ? [program, ...args] : ["sh", ...timed, program, ...args];
  const [first = "", ...rest] = command;
  const { child, ended } = startProcess(first, rest, {
    env: { ...process.env, ...env },
    cwd,
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
  });
  const said: Record<number, string> = {};
  for (const channel of [2, 3, 4]) {
    child.stdio[channel]?.on("data", (chunk: Buffer) => {
      said[channel] = `${said[channel] ?? ""}${chunk}`;
    });
  }
  const end = await ended;
  const wall = performance.now() - started;
  if (end.code !== 0 && !mayFail)
    throw new Error(`${program} ${args.join(" ")} ended with ${describeEnd(end)}: ${said[2] ?? ""}`);
  return { wall, cpu: childrenTime(said[4] ?? ""), memory: Number(said[3] ?? Number.NaN) / 1024 };
}

/** Of the output of `times`: the second line is of the children. */
function childrenTime(times: string): number {
  const [, children = ""] = times.trim().split("\n");
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length === 0) return Number.NaN;
  return parts.reduce((sum, [, minutes, seconds]) => sum + 1000 * (60 * Number(minutes) + Number(seconds)), 0);
}

/**
 * Medians of several runs of each command, after a warm-up run of each. They take turns, so that what else the machine does is the same
 * for all.
 */
export async function interleaved<T extends string>(
  commands: Readonly<Record<T, Command>>,
  times: number,
): Promise<Record<T, Run>> {
  const names = Object.keys(commands) as T[];
  const runs = new Map<T, Run[]>(names.map((name) => [name, []]));
  for (let count = 0; count <= times; count++) {
    for (const name of names) {
      const command = commands[name];
      const result = await runOnce(command);
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
