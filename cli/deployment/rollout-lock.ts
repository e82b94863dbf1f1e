import { randomUUID } from "node:crypto";
import type { Deployable } from "../../config";
import { UserError } from "../../errors";
import { isRunning, machineOf, ownStart, whereItRan } from "../../terraform";
import type { StateObjects } from "../aws/objects";
import type { Outcome } from "../document";
import { interruptible } from "../interruptible";
import { note } from "../note";
import { objectsBesideStates } from "../state/beside-states";
import { recorded } from "../state/recorded";
import { whoRuns } from "./who";

/** Somebody else rolls the environment out, from this machine or another one. */
export class RolloutLockedError extends UserError {
  override readonly name = "RolloutLockedError";
}

/** Who rolls an environment out. */
export interface RolloutLock {
  readonly id: string;
  /** `user@host`. */
  readonly who: string;
  /** What tells the machine's processes from those of others. */
  readonly machine: string;
  readonly pid: number;
  /** When the process started, in the system's own units; "" where the system does not tell. */
  readonly started: string;
  /** `evenkeel apply`. */
  readonly command: string;
  /** SHA-256 of the bundle that is applied; null for other verbs. */
  readonly bundle: string | null;
  /** ISO 8601. */
  readonly since: string;
}

/** A lock as it is held, with what only the one that was read has. */
export interface HeldLock {
  readonly lock: RolloutLock;
  readonly etag: string;
}

/** The lock of an environment or account whose states are in S3: one object beside them. */
export interface LockPlace {
  readonly objects: StateObjects;
  /** `<keyPrefix>/<environment>.rollout-lock.json`: no state ends so, and none of Terraform's locks. */
  readonly key: string;
  /** As users read it: `s3://states/evenkeel/prod/prod.rollout-lock.json`. */
  readonly shown: string;
}

/** Where the lock of an environment is; undefined for local states, for which the lock of the checkout is enough. */
export function lockPlaceOf(environment: Deployable): LockPlace | undefined {
  const objects = objectsBesideStates(environment);
  if (!objects) return undefined;
  const key = objects.keyOf(`${environment.name}.rollout-lock.json`);
  return { objects, key, shown: objects.shown(key) };
}

/**
 * Does something while nobody else rolls the environment out, from whichever machine. The lock is released however it ends. That of a
 * process of this machine that is gone is taken over; that of another machine is not, as nobody here knows whether it still works.
 * @param verb what is done, for messages of others: `apply`
 * @param bundle SHA-256 of the bundle that is applied
 * @throws RolloutLockedError naming who holds the lock, and how to release it
 */
export async function whileLocked<T>(
  environment: Deployable,
  { verb, bundle = null }: { readonly verb: string; readonly bundle?: string | null },
  work: () => Promise<T>,
): Promise<T> {
  const place = lockPlaceOf(environment);
  if (!place) return work();
  const own: RolloutLock = {
    id: randomUUID(),
    who: whoRuns(),
    machine: machineOf(),
    pid: process.pid,
    started: ownStart(),
    command: `evenkeel ${verb}`,
    bundle,
    since: new Date().toISOString(),
  };
  const etag = await take(environment.name, place, own);
  try {
    return await work();
  } finally {
    await release(place, etag);
  }
}

/** `interruptible` work while nobody else rolls the environment out, which is written down for a second bucket. @throws RolloutLockedError */
export const lockedRun = (
  environment: Deployable,
  holding: { readonly verb: string; readonly bundle?: string },
  work: (signal: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> =>
  interruptible((signal) =>
    whileLocked(environment, holding, () => recorded(environment, `evenkeel ${holding.verb}`, () => work(signal))),
  );

async function take(environment: string, place: LockPlace, own: RolloutLock): Promise<string> {
  const body = JSON.stringify(own);
  for (;;) {
    const created = await place.objects.create(place.key, body);
    if (created !== undefined) return created;
    const held = await readRolloutLock(place);
    if (!held) continue;
    if (held.lock.machine !== own.machine || isRunning(held.lock)) throw locked(environment, place, held.lock);
    const replaced = await place.objects.replace(place.key, body, held.etag);
    if (replaced === undefined) continue;
    note(`Took over the lock of process ${held.lock.pid} ("${held.lock.command}"), which is gone.`);
    return replaced;
  }
}

async function release({ objects, key, shown }: LockPlace, etag: string): Promise<void> {
  try {
    if (!(await objects.remove(key, etag)))
      note(`The lock ${shown} was no longer held by this run: somebody released it.`);
  } catch (error) {
    // What was done is done, and is reported; the next run on this machine takes the lock over.
    note(`The lock ${shown} could not be released: ${(error as Error).message}`);
  }
}

/** Who holds a lock; undefined for nobody. @throws UserError for an object that is none */
export async function readRolloutLock({ objects, key, shown }: LockPlace): Promise<HeldLock | undefined> {
  const found = await objects.read(key);
  if (!found) return undefined;
  try {
    const lock = JSON.parse(found.body) as RolloutLock;
    if (typeof lock.id === "string" && typeof lock.pid === "number") return { lock, etag: found.etag };
  } catch {
    // Not JSON, which is told below.
  }
  throw new UserError(`${shown}: is not a lock of evenkeel; look at who wrote it, and remove it if it is not needed`);
}

function locked(environment: string, { shown }: LockPlace, lock: RolloutLock): RolloutLockedError {
  return new RolloutLockedError(
    [
      `${environment} is being rolled out already: by ${lock.who}, process ${lock.pid} (${workOf(lock)}), since ${lock.since} (${shown}).`,
      "If that run is still going, wait for it. If it was killed, release its lock:",
      `  ${whereItRan(process.env)}npx evenkeel unlock ${environment} --lock ${lock.id}`,
    ].join("\n"),
  );
}

/** What is done under a lock: `evenkeel apply, bundle 4f1c…`. */
export const workOf = ({ command, bundle }: RolloutLock): string =>
  bundle === null ? command : `${command}, bundle ${bundle.slice(0, 12)}`;
