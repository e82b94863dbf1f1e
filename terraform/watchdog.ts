import { startProcess } from "./start-process";

/**
 * Runs in a process of its own: what this process has started does not notice that it was killed (SIGKILL, out of memory)
 * and keeps running. So the watchdog waits for its standard input to close, then signals whatever is left.
 */
const script = `
const { rmSync } = require("node:fs");
const [, signal, directory] = process.argv;
const pids = new Set();
let rest = "";
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
process.on("SIGHUP", () => {});
process.stdin.on("data", (chunk) => {
  const lines = (rest + chunk).split("\\n");
  rest = lines.pop();
  for (const line of lines) line[0] === "+" ? pids.add(Number(line.slice(1))) : pids.delete(Number(line.slice(1)));
});
process.stdin.on("close", () => {
  for (const pid of pids) try { process.kill(pid, signal); } catch {}
  if (directory) rmSync(directory, { recursive: true, force: true });
});
`;

export interface WatchdogOptions {
  /** What the watched processes get: SIGKILL ends a provider, SIGINT lets Terraform finish what it has begun. */
  readonly signal: "SIGINT" | "SIGKILL";
  /** A folder that belongs to the watched processes, removed with them. */
  readonly directory?: string;
}

/** Signals the watched processes, and removes their folder, once this process is gone, for whatever reason. */
export interface Watchdog {
  watch(pid: number): void;
  forget(pid: number): void;
  /** Signals the processes that are still watched, and removes the folder. */
  stop(): Promise<void>;
}

export function startWatchdog({ signal, directory }: WatchdogOptions): Watchdog {
  // A process group of its own: Ctrl-C in a terminal reaches the whole group of this process.
  const { child, ended } = startProcess(process.execPath, ["-e", script, signal, ...(directory ? [directory] : [])], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    env: {},
  });
  child.stdin?.on("error", () => {});
  // It must not keep this process alive: it ends when this process does.
  child.unref();
  (child.stdin as { unref?: () => void } | null)?.unref?.();
  return {
    watch: (pid) => void child.stdin?.write(`+${pid}\n`),
    forget: (pid) => void child.stdin?.write(`-${pid}\n`),
    stop: async () => {
      child.ref();
      child.stdin?.end();
      await ended;
    },
  };
}
