import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { basename } from "node:path";
import { isRunning, machineOf } from "../../terraform";
import type { StoredLock } from "./view";

/** Whether who holds a lock still works: known on the machine of the holder alone. */
export type Alive = "running" | "gone" | "unknown";

/** @param of the stack, or `rollout` */
export function aliveOf(of: string, { who, rollout }: StoredLock): { readonly alive: Alive; readonly why: string } {
  if (rollout) {
    if (rollout.machine !== machineOf())
      return { alive: "unknown", why: `it runs on another machine than this one: ${who}` };
    const process = { pid: Number(rollout.pid), started: String(rollout.started ?? "") };
    return isRunning(process)
      ? { alive: "running", why: `process ${process.pid} runs on this machine` }
      : { alive: "gone", why: `process ${process.pid} of this machine is gone` };
  }
  if (who.split("@").at(-1) !== hostname()) return { alive: "unknown", why: `it was taken on another machine: ${who}` };
  const running = terraforms();
  if (running === undefined) return { alive: "unknown", why: "this system does not tell which processes run" };
  const there = running.find(({ folder }) => basename(folder) === of);
  if (there) return { alive: "running", why: `process ${there.pid} works on this stack` };
  return running.length === 0
    ? { alive: "gone", why: "no Terraform runs on this machine, which took it" }
    : {
        alive: "unknown",
        why: `Terraform runs on this machine, in other folders: ${running.map(({ pid }) => pid).join(", ")}`,
      };
}

/** The processes of Terraform and OpenTofu on this machine; undefined where the system does not tell. */
function terraforms(): { readonly pid: number; readonly folder: string }[] | undefined {
  let pids: number[];
  try {
    pids = readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    return undefined;
  }
  return pids.flatMap((pid) => {
    try {
      const [program = ""] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      return /^(terraform|tofu)\b/.test(basename(program)) ? [{ pid, folder: readlinkSync(`/proc/${pid}/cwd`) }] : [];
    } catch {
      // It has ended meanwhile, or is of another user.
      return [];
    }
  });
}
