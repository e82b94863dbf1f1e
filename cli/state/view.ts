import { createHash } from "node:crypto";
import { type Json, objectOf } from "../../terraform";
import { type StateBucketClient, UnreachableBucketError } from "./bucket";
import { type Ledger, readLedger } from "./ledger";

/** One state as it lies in one bucket. */
export interface StoredState {
  readonly lineage: string;
  readonly serial: number;
  /** Tells contents apart; of the text as it is stored. */
  readonly digest: string;
  /** PENDING, COMPLETED, FAILED or REPLICA; undefined where nothing is replicated. */
  readonly replication: string | undefined;
  /** When it was written, as ISO 8601; "" where S3 did not say. */
  readonly modified: string;
  /** Whether it manages nothing. */
  readonly empty: boolean;
  /**
   * The highest serial of an earlier version with other content, where that is not below `serial`: the current version has come on top of what
   * somebody else wrote. Undefined where there is none.
   */
  readonly contested: number | undefined;
}

/** A native lock of Terraform's S3 backend, or the lock of a rollout of ours. */
export interface StoredLock {
  readonly id: string;
  readonly who: string;
  readonly since: string;
  readonly operation: string;
  /** The text of the lock of a rollout; undefined for one of Terraform. */
  readonly rollout?: Json;
}

/** What a bucket holds of an environment. */
export interface BucketView {
  readonly reachable: true;
  /** By the name of the stack. */
  readonly states: ReadonlyMap<string, StoredState>;
  /** By the name of the stack, and by `rollout` for the lock of a rollout. */
  readonly locks: ReadonlyMap<string, StoredLock>;
  readonly ledger: Ledger | undefined;
  /** Serials that journals of rollouts have written down, by the name of the stack. */
  readonly journals: ReadonlyMap<string, { readonly lineage: string; readonly serial: number }>;
  readonly policy: Json;
}

/** A bucket that does not answer. */
export interface LostBucket {
  readonly reachable: false;
  readonly why: string;
}

/** Reads what a bucket holds of an environment, which may be lost. @throws AwsRefusedError for one that refuses */
export async function viewOf(client: StateBucketClient, environment: string): Promise<BucketView | LostBucket> {
  try {
    return await read(client, environment);
  } catch (error) {
    if (!(error instanceof UnreachableBucketError)) throw error;
    return { reachable: false, why: error.message };
  }
}

/** Lineage and serial of each state in a bucket, by the name of the stack; nothing else is read. @throws AwsRefusedError */
export async function serialsIn(client: StateBucketClient): Promise<Ledger["states"]> {
  const prefix = client.place.keyPrefix.length + 1;
  const keys = (await client.keys()).filter((key) => /^[^/]+\.tfstate$/.test(key.slice(prefix)));
  const found = await Promise.all(
    keys.map(async (key) => {
      const { lineage = "", serial = 0 } = parsed((await client.read(key))?.text ?? "");
      return [
        key.slice(prefix).replace(/\.tfstate$/, ""),
        { lineage: String(lineage), serial: Number(serial) },
      ] as const;
    }),
  );
  return Object.fromEntries(found);
}

async function read(client: StateBucketClient, environment: string): Promise<BucketView> {
  const states = new Map<string, StoredState>();
  const locks = new Map<string, StoredLock>();
  const journals = new Map<string, { lineage: string; serial: number }>();
  const keys = await client.keys();
  const named = (key: string): string => key.slice(client.place.keyPrefix.length + 1);
  const look = async (key: string): Promise<void> => {
    const name = named(key);
    const isState = /^[^/]+\.tfstate$/.test(name);
    const isLock = /^[^/]+\.tfstate\.tflock$/.test(name);
    const isRollout = name === `${environment}.rollout-lock.json`;
    const isJournal = name.startsWith(`rollouts/${environment}/`) && name.endsWith(".journal.jsonl");
    if (!isState && !isLock && !isRollout && !isJournal) return;
    const found = await client.read(key);
    if (!found) return;
    if (isState) {
      const state = stateIn(found.text, found.replication, found.modified);
      const others = (await client.versions(key, lookedAt))
        .filter((text) => text !== found.text)
        .map(parsed)
        .filter(({ lineage, serial }) => lineage === state.lineage && Number(serial) >= state.serial);
      const contested = others.length > 0 ? Math.max(...others.map(({ serial }) => Number(serial))) : undefined;
      states.set(name.replace(/\.tfstate$/, ""), { ...state, contested });
    } else if (isJournal) readJournal(found.text, journals);
    else locks.set(isRollout ? "rollout" : name.replace(/\.tfstate\.tflock$/, ""), lockIn(found.text, isRollout));
  };
  await Promise.all(keys.map(look));
  const ledger = await readLedger(client, environment);
  return { reachable: true, states, locks, journals, ledger, policy: await client.policy() };
}

/** How many versions of a state are looked at: an older one on top is seen as long as there were no more since. */
const lookedAt = 5;

function stateIn(text: string, replication: string | undefined, modified: string): Omit<StoredState, "contested"> {
  const state = parsed(text);
  const time = Date.parse(modified);
  return {
    lineage: String(state.lineage ?? ""),
    serial: Number(state.serial ?? 0),
    digest: createHash("sha256").update(text).digest("hex"),
    replication,
    modified: Number.isNaN(time) ? "" : new Date(time).toISOString(),
    empty: Array.isArray(state.resources) && state.resources.length === 0,
  };
}

/** @see https://github.com/hashicorp/terraform/blob/v1.11.0/internal/states/statemgr/locker.go */
function lockIn(text: string, isRollout: boolean): StoredLock {
  const lock = parsed(text);
  return isRollout
    ? {
        id: String(lock.id),
        who: String(lock.who),
        since: String(lock.since),
        operation: String(lock.command),
        rollout: lock,
      }
    : { id: String(lock.ID), who: String(lock.Who), since: String(lock.Created), operation: String(lock.Operation) };
}

function readJournal(text: string, into: Map<string, { lineage: string; serial: number }>): void {
  for (const line of text.split("\n")) {
    const { stack, state } = parsed(line);
    const { lineage, serial } = objectOf(state);
    if (typeof stack !== "string" || typeof lineage !== "string" || typeof serial !== "number") continue;
    if (serial > (into.get(stack)?.serial ?? -1)) into.set(stack, { lineage, serial });
  }
}

function parsed(text: string): Json {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}
