import { type ChildProcess, spawn } from "node:child_process";

/** How a command ended; without a code if it was stopped at its time limit. */
export interface Ended {
  readonly code: number | undefined;
  /** The end of its output, of both streams. */
  readonly output: string;
}

const keptOutput = 20_000;
const running = new Set<ChildProcess>();

export interface NodeOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Time limit in milliseconds, after which it is stopped. */
  readonly limitMs: number;
}

/** Runs `node <args>` in a process group of its own, so that nothing that it started is left at the time limit. */
export async function runNode(args: readonly string[], { cwd, env, limitMs }: NodeOptions): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-keptOutput);
    });
  }
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    endGroup(child);
  }, limitMs);
  try {
    const code = await new Promise<number | null>((done, fail) => child.once("error", fail).once("close", done));
    return { code: late ? undefined : (code ?? 1), output };
  } finally {
    clearTimeout(limit);
    running.delete(child);
  }
}

/** Ends what is still running; called before this process exits. */
export function endAll(): void {
  for (const child of running) endGroup(child);
}

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended in the meantime.
  }
}
