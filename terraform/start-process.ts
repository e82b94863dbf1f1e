import type { ChildProcess, SpawnOptions } from "node:child_process";
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
