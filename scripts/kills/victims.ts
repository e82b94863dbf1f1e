import { readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";
import { withVariable } from "../../simulator/process-tree";
import type { Moment } from "./moment";
import { markVariable } from "./project";

export interface Victim {
  readonly pid: number;
  /** The stack that a Terraform works on; undefined for other processes. */
  readonly stack?: string;
  /** The command of that Terraform, `apply`. */
  readonly command?: string;
}

/** The processes of a moment that still run. */
export const processesOf = (mark: string): number[] => withVariable(markVariable, mark);

/** How long processes may take to end after the command that they belong to, in milliseconds: a busy machine is no fault. */
const leftoverMs = 180_000;
const pollMs = 20;

/** Waits for processes that are left once a command has ended, and ends those that do not. @returns what should not be */
export async function leftovers(mark: string): Promise<string[]> {
  const deadline = Date.now() + leftoverMs;
  for (;;) {
    const left = processesOf(mark);
    if (left.length === 0) return [];
    if (Date.now() > deadline) {
      for (const pid of left) process.kill(pid, "SIGKILL");
      return [`${left.length} processes were left running`];
    }
    await new Promise((done) => setTimeout(done, pollMs));
  }
}

/** Those that the moment may hit now. */
export function victimsNow({ victim, program }: Pick<Moment, "victim" | "program">, mark: string): Victim[] {
  return processesOf(mark).flatMap((pid): Victim[] => {
    const [first = "", script = "", verb = ""] = argumentsOf(pid);
    const isVerb = basename(first) === "node" && script.endsWith("main.js");
    if (victim === "terraform") {
      const isTerraform = basename(first) === "terraform" && ["init", "plan", "apply", "destroy"].includes(script);
      return isTerraform ? [{ pid, stack: folderOf(pid), command: script }] : [];
    }
    if (victim === "simulate") return isVerb && verb === "simulate" ? [{ pid }] : [];
    if (program === "evenkeel") return isVerb && ["deploy", "apply", "destroy"].includes(verb) ? [{ pid }] : [];
    return basename(first) === "node" && basename(script) === "cdktf" ? [{ pid }] : [];
  });
}

function argumentsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    return [];
  }
}

function folderOf(pid: number): string | undefined {
  try {
    return basename(readlinkSync(`/proc/${pid}/cwd`));
  } catch {
    return undefined;
  }
}
