import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Backend, StackJson } from "../terraform";
import { SimulatorError } from "./errors";
import type { Peer } from "./peer";
import { isRunning, worksIn } from "./process-tree";
import type { ObjectStore } from "./state-store/objects";

/**
 * Whether the deployment in a simulated cloud was interrupted, after which nothing new may begin: cdktf goes on with the next
 * stacks after a Terraform that was killed, and ends with 0.
 *
 * How a process ended is only told to its parent. But Terraform releases the lock of its state however it ends, unless it is
 * killed: a lock that is still there after its Terraform says so.
 */
export class Interruptions {
  /** What interrupted it: `Terraform in sandbox-data was killed`. */
  reason?: string;
  private readonly peers = new Map<number, Peer>();
  private readonly since = Date.now();
  private killed = false;

  constructor(private readonly objects: ObjectStore) {}

  /** Notes a Terraform that has connected. */
  note(peer: Peer): void {
    this.peers.set(peer.pid, peer);
  }

  /** Nothing new begins from now on; Terraforms that run may finish. */
  interrupt(reason: string): void {
    this.reason ??= reason;
  }

  /** Looks at the Terraforms that have ended since the last time. */
  check(): void {
    for (const { pid, folder } of [...this.peers.values()].filter((peer) => !isRunning(peer.pid))) {
      const left = this.leftLocks(folder);
      // Another one that works there now, and may not have connected yet, may hold the lock: looked at again the next time.
      if (left.length > 0 && worksIn(folder)) continue;
      this.peers.delete(pid);
      // A lock that was given back in the meantime, or taken by the next one, says nothing about this one.
      const still = this.leftLocks(folder);
      if (!left.some((lock) => still.includes(lock))) continue;
      this.interrupt(`Terraform in ${path.basename(folder)} was killed`);
      this.killed = true;
    }
  }

  /** @throws SimulatorError for a Terraform that begins after an interruption */
  refuseNew(): void {
    this.check();
    if (this.reason) throw this.refusal();
  }

  /** @throws SimulatorError for a resource that is begun after a Terraform was killed */
  refuseChange(): void {
    this.check();
    if (this.killed) throw this.refusal();
  }

  private refusal(): SimulatorError {
    return new SimulatorError(`The deployment was interrupted (${this.reason}); nothing more is done. Run it again.`);
  }

  /** The locks that were taken since the start and are still there. */
  private leftLocks(folder: string): string[] {
    try {
      return this.locks(folder).filter(
        (text) => Date.parse((JSON.parse(text) as { Created: string }).Created) >= this.since,
      );
    } catch {
      return [];
    }
  }

  /** The texts of the locks of a folder's state. */
  private locks(folder: string): string[] {
    const { local, s3 } = backendOf(folder);
    if (s3?.bucket && s3.key) {
      const { bucket, key } = s3;
      const keys = this.objects.list(bucket, "").filter((candidate) => candidate.endsWith(`${key}.tflock`));
      return keys.map((candidate) => this.objects.get(bucket, candidate)?.body.toString("utf8") ?? "");
    }
    const state = path.resolve(folder, local?.path ?? "terraform.tfstate");
    const file = path.join(path.dirname(state), `.${path.basename(state)}.lock.info`);
    return existsSync(file) ? [readFileSync(file, "utf8")] : [];
  }
}

/** The backend in a folder with Terraform's JSON; a local one where there is none. */
function backendOf(folder: string): Backend {
  // The last one counts: it may be written over the others.
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith(".tf.json"))
    .sort()
    .reverse()) {
    const { terraform } = JSON.parse(readFileSync(path.join(folder, name), "utf8")) as StackJson;
    if (terraform?.backend) return terraform.backend;
  }
  return {};
}
