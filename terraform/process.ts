import type { ChildProcess, SpawnOptions } from "node:child_process";
import { setMaxListeners } from "node:events";
import spawn from "cross-spawn";

/** How a process ended: with an exit code, by a signal, or because it could not be started. */
export interface ProcessEnd {
  /** Undefined when a signal ended it, and when it could not be started. */
  readonly code?: number;
  readonly signal?: NodeJS.Signals;
  /** Why it could not be started, for example `spawn tofu ENOENT`. */
  readonly failure?: string;
}

/** A started process. */
export interface StartedProcess {
  readonly child: ChildProcess;
  /** Resolves once the process has ended and its output has been read to the end; never rejects. */
  readonly ended: Promise<ProcessEnd>;
}

/** Starts a process, the same way on every platform: scripts and `.cmd` files work on Windows too. */
export function startProcess(command: string, args: readonly string[], options: SpawnOptions): StartedProcess {
  const child = spawn(command, [...args], options);
  const ended = new Promise<ProcessEnd>((resolve) => {
    child.once("error", (error) => resolve({ failure: error.message }));
    child.once("close", (code, signal) => resolve({ code: code ?? undefined, signal: signal ?? undefined }));
  });
  return { child, ended };
}

export interface RunOptions {
  readonly cwd?: string;
  /** The whole environment of the process; an `undefined` value removes a variable. */
  readonly env: NodeJS.ProcessEnv;
  /** Runs the command in a shell. */
  readonly shell?: boolean;
  /** When it aborts, the process gets SIGINT once; Terraform then finishes what it has started. */
  readonly signal?: AbortSignal;
  /** Called with each complete line of standard output. */
  readonly onLine?: (line: string) => void;
}

/** What a process printed, and how it ended. */
export interface ProcessResult extends ProcessEnd {
  readonly stdout: string;
  readonly stderr: string;
}

/** Interrupts processes that are still running when this process exits, as Ctrl-C no longer reaches them. */
const untilExit = new Set<() => void>();
process.on("exit", () => {
  for (const interrupt of untilExit) interrupt();
});

/** Runs a process without input, waits for it and collects what it prints; a failure is a result, not an exception. */
export async function runProcess(
  command: string,
  args: readonly string[],
  { cwd, env, shell, signal, onLine }: RunOptions,
): Promise<ProcessResult> {
  // If there is a signal to pass on, it gets its own process group: Ctrl-C in a terminal reaches the whole group of this
  // process, and a second interrupt would make Terraform stop at once.
  const detached = signal !== undefined && process.platform !== "win32";
  const { child, ended } = startProcess(command, args, {
    cwd,
    env,
    shell,
    detached,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const interrupt = () => void child.kill("SIGINT");
  if (signal?.aborted) interrupt();
  if (signal) {
    // One listener for each process is not a leak, however many run in parallel.
    setMaxListeners(0, signal);
    signal.addEventListener("abort", interrupt);
    untilExit.add(interrupt);
  }
  let stdout = "";
  let stderr = "";
  let line = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    if (!onLine) return;
    const lines = (line + text).split("\n");
    line = lines.pop() ?? "";
    for (const complete of lines) onLine(complete);
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const end = await ended;
  signal?.removeEventListener("abort", interrupt);
  untilExit.delete(interrupt);
  if (line) onLine?.(line);
  return { ...end, stdout, stderr };
}

/** How a process ended, in words: `exit code 1`, `signal SIGKILL`. */
export function describeEnd({ code, signal, failure }: ProcessEnd): string {
  return failure ?? (signal ? `signal ${signal}` : `exit code ${code}`);
}

/** What a short command prints; throws when it cannot be run or fails. */
export function outputOf(command: string, args: readonly string[]): string {
  const { stdout, status, error } = spawn.sync(command, [...args], { encoding: "utf8" });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with exit code ${status}`);
  return stdout;
}
