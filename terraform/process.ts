import type { ChildProcess } from "node:child_process";
import { setMaxListeners } from "node:events";
import { closeSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import spawn from "cross-spawn";
import { type ProcessEnd, startProcess } from "./start-process";
import { startWatchdog, type Watchdog } from "./watchdog";

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
  /**
   * Has the process write to `<log>.out` and `<log>.err` in place of pipes. If this process is killed, it can still write:
   * a closed pipe would end Terraform in the middle of an apply, with a lock and without a state.
   */
  readonly log?: string;
}

/** What a process printed, and how it ended. */
export interface ProcessResult extends ProcessEnd {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * In the environment of a process that gets its interrupt from the process that started it. Whoever signals a whole tree of
 * processes leaves it out: Terraform takes a second interrupt as an order to stop at once.
 */
export const interruptedByParent = "EVENKEEL_INTERRUPTED_BY_PARENT";

/** Interrupts processes that are still running when this process exits, as Ctrl-C no longer reaches them. */
const untilExit = new Map<ChildProcess, () => void>();
process.on("exit", () => {
  for (const interrupt of untilExit.values()) interrupt();
});

/** Kills every process that was started with a signal and still runs, with what it has started itself. */
export function killRunning(): void {
  for (const child of untilExit.keys()) killGroup(child);
  untilExit.clear();
}

function killGroup(child: ChildProcess): void {
  try {
    // Such a process leads a group of its own.
    if (child.pid !== undefined && process.platform !== "win32") process.kill(-child.pid, "SIGKILL");
    else child.kill("SIGKILL");
  } catch {
    // It has ended in the meantime.
  }
}

/** Interrupts what is left if this process is killed; started with the first process that can be interrupted. */
let watchdog: Watchdog | undefined;

/** Runs a process without input, waits for it and collects what it prints; a failure is a result, not an exception. */
export async function runProcess(
  command: string,
  args: readonly string[],
  { cwd, env, shell, signal, onLine, log }: RunOptions,
): Promise<ProcessResult> {
  // If there is a signal to pass on, it gets its own process group: Ctrl-C in a terminal reaches the whole group of this
  // process, and a second interrupt would make Terraform stop at once.
  const detached = signal !== undefined && process.platform !== "win32";
  const files = log === undefined ? undefined : [`${log}.out`, `${log}.err`].map((file) => openSync(file, "w+"));
  const { child, ended } = startProcess(command, args, {
    cwd,
    env: signal ? { ...env, [interruptedByParent]: "1" } : env,
    shell,
    detached,
    stdio: ["ignore", ...(files ?? (["pipe", "pipe"] as const))],
  });
  const interrupt = () => void child.kill("SIGINT");
  if (signal?.aborted) interrupt();
  if (signal) {
    // One listener for each process is not a leak, however many run in parallel.
    setMaxListeners(0, signal);
    signal.addEventListener("abort", interrupt);
    untilExit.set(child, interrupt);
    watchdog ??= startWatchdog({ signal: "SIGINT" });
    if (child.pid !== undefined) watchdog.watch(child.pid);
  }
  const [stdout, stderr] = [new Printed(onLine), new Printed()];
  child.stdout?.on("data", (bytes: Buffer) => stdout.add(bytes));
  child.stderr?.on("data", (bytes: Buffer) => stderr.add(bytes));
  const [out, err] = files ?? [];
  const following = out === undefined ? undefined : setInterval(() => readOn(out, stdout), followMs);
  const end = await ended;
  clearInterval(following);
  if (out !== undefined) readOn(out, stdout);
  if (err !== undefined) readOn(err, stderr);
  for (const file of files ?? []) closeSync(file);
  signal?.removeEventListener("abort", interrupt);
  untilExit.delete(child);
  if (signal && child.pid !== undefined) watchdog?.forget(child.pid);
  return { ...end, stdout: stdout.end(), stderr: stderr.end() };
}

/** How often a log is read while its process runs, in milliseconds. */
const followMs = 50;

/** What a process prints, as text and line by line. */
class Printed {
  /** How many bytes were added. */
  length = 0;
  private text = "";
  private line = "";
  private readonly decoder = new StringDecoder("utf8");

  constructor(private readonly onLine?: (line: string) => void) {}

  add(bytes: Buffer): void {
    this.length += bytes.length;
    const text = this.decoder.write(bytes);
    this.text += text;
    if (!this.onLine) return;
    const lines = (this.line + text).split("\n");
    this.line = lines.pop() ?? "";
    for (const complete of lines) this.onLine(complete);
  }

  /** The whole text; hands on a last line without its end. */
  end(): string {
    if (this.line) this.onLine?.(this.line);
    return this.text;
  }
}

/** Reads what was written to a file since the last time. */
function readOn(file: number, printed: Printed): void {
  for (;;) {
    // A buffer of its own each time: the decoder may keep the end of it.
    const buffer = Buffer.alloc(64 * 1024);
    const count = readSync(file, buffer, 0, buffer.length, printed.length);
    if (count === 0) return;
    printed.add(buffer.subarray(0, count));
  }
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
