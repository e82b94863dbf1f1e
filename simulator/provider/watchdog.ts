import { startProcess } from "../../terraform";

/**
 * Runs in a process of its own: a provider does not notice that its parent was killed (SIGKILL, out of memory) and
 * keeps running. So this process waits for its standard input to close and then ends whatever is left.
 */
const script = `
const { rmSync } = require("node:fs");
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
  for (const pid of pids) try { process.kill(pid, "SIGKILL"); } catch {}
  rmSync(process.argv[1], { recursive: true, force: true });
});
`;

/** Ends the watched processes and removes a folder once this process is gone, for whatever reason. */
export interface Watchdog {
  watch(pid: number): void;
  forget(pid: number): void;
  /** Ends the processes that are still watched and removes the folder. */
  stop(): Promise<void>;
}

/** @param directory The folder with the sockets of the watched processes, removed with them. */
export function startWatchdog(directory: string): Watchdog {
  // A process group of its own: Ctrl-C in a terminal reaches the whole group of this process.
  const { child, ended } = startProcess(process.execPath, ["-e", script, directory], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    env: {},
  });
  child.stdin?.on("error", () => {});
  return {
    watch: (pid) => void child.stdin?.write(`+${pid}\n`),
    forget: (pid) => void child.stdin?.write(`-${pid}\n`),
    stop: async () => {
      child.stdin?.end();
      await ended;
    },
  };
}
