import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { outputOf } from "../terraform";

/** Processes that a process started, directly or through others, nearest first. */
export function descendants(pid: number): number[] {
  const parents = parentOfEach();
  const found: number[] = [];
  let generation = [pid];
  while (generation.length > 0) {
    const children = [...parents].filter(([, parent]) => generation.includes(parent)).map(([child]) => child);
    generation = children.filter((child) => !found.includes(child));
    found.push(...generation);
  }
  return found;
}

/**
 * Processes with a variable in their environment, as given to them when they were started; none on systems without /proc.
 * Finds what was started by a process even after that has ended.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_environ.5.html
 */
export function withVariable(name: string, value: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => hasVariable(pid, name, value) && isRunning(pid));
}

/** Whether a process was started with a variable; false where the system does not tell. */
export const hasVariable = (pid: number, name: string, value: string): boolean =>
  environmentOf(pid).get(name) === value;

/** The environment that a process was started with; empty where the system does not tell. */
export function environmentOf(pid: number): Map<string, string> {
  try {
    const variables = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").filter(Boolean);
    return new Map(variables.map((variable) => [variable.split("=", 1)[0] ?? "", variable.replace(/^[^=]*=/, "")]));
  } catch {
    // Another user's process, or it has ended in the meantime.
    return new Map();
  }
}

/** Whether a process works in a folder now; false where the system does not tell. */
export function worksIn(folder: string): boolean {
  if (process.platform !== "linux") return false;
  return readdirSync("/proc").some((entry) => {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) return false;
    try {
      return readlinkSync(`/proc/${entry}/cwd`) === folder && isRunning(Number(entry));
    } catch {
      // Another user's process, or it has ended in the meantime.
      return false;
    }
  });
}

/** True while the process runs; false for a zombie, which has ended but is not yet reaped by its parent. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return true;
  }
}

/** Sends a signal to those processes that are still running. */
export function signalAll(pids: number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended in the meantime.
    }
  }
}

/** Waits until all processes have ended; false if they have not within the time limit. */
export async function waitForEnd(pids: number[], limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (pids.some(isRunning)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

function parentOfEach(): Map<number, number> {
  return process.platform === "linux" ? fromProc() : fromPs();
}

/** Slim Linux images have no `ps`. @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function fromProc(): Map<number, number> {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // The program's name, in parentheses, may contain spaces and parentheses.
      const fields = readFileSync(`/proc/${name}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      parents.set(Number(name), Number(fields[1]));
    } catch {
      // It has ended in the meantime.
    }
  }
  return parents;
}

function fromPs(): Map<number, number> {
  if (process.platform === "win32") return new Map();
  const lines = outputOf("ps", ["-A", "-o", "pid=,ppid="]).trim().split("\n");
  return new Map(lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]));
}
