import { randomUUID } from "node:crypto";
import { ObjectStore, type StoredObject } from "./objects";

/** How the simulated S3 replicates between two buckets. */
export interface Replication {
  /** Two buckets, each of which is replicated to the other one. */
  readonly buckets: readonly [string, string];
  /** Milliseconds until a version arrives; `held` until `deliver` is called. */
  readonly lagMs: number | "held";
  /** Keys that are not replicated, as the role of the replication may not read them. */
  readonly except?: RegExp;
  /**
   * Which version is the current one once a version arrives that is older than what was written there meanwhile. `by-time`, the default:
   * the one that was written last, wherever. `by-arrival`: the one that arrived last, the worst that could be.
   */
  readonly lateReplicas?: "by-time" | "by-arrival";
}

/** How far a version got, as the header `x-amz-replication-status` says it. */
export type ReplicationStatus = "PENDING" | "COMPLETED" | "REPLICA";

interface Version {
  readonly id: string;
  readonly key: string;
  readonly body: Buffer;
  /** Counts up over all writes, in place of a clock. */
  readonly written: number;
  status: ReplicationStatus | undefined;
}

interface Pending {
  readonly version: Version;
  readonly from: string;
  readonly to: string;
}

/**
 * Objects of two buckets that are replicated both ways, with a lag, and that can be lost for a while. Versions and what is under way are in
 * memory only. Deletions are not replicated, as delete markers are not.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
 */
export class ReplicatedObjects extends ObjectStore {
  private readonly all = new Map<string, Version[]>();
  private readonly lost = new Set<string>();
  private pending: Pending[] = [];
  private writes = 0;
  private timers = new Set<NodeJS.Timeout>();

  constructor(
    directory: string,
    private readonly replication: Replication,
  ) {
    super(directory);
  }

  override put(bucket: string, key: string, body: Buffer): string {
    const etag = super.put(bucket, key, body);
    this.written(bucket, key, body);
    return etag;
  }

  override putNew(bucket: string, key: string, body: Buffer): string | undefined {
    const etag = super.putNew(bucket, key, body);
    if (etag !== undefined) this.written(bucket, key, body);
    return etag;
  }

  override get(bucket: string, key: string): StoredObject | undefined {
    const found = super.get(bucket, key);
    const version = this.all.get(`${bucket}/${key}`)?.at(-1);
    return found && { ...found, versionId: version?.id, replication: version?.status };
  }

  override versions(bucket: string, key: string): readonly { readonly id: string; readonly body: Buffer }[] {
    return [...(this.all.get(`${bucket}/${key}`) ?? [])].reverse();
  }

  override isLost(bucket: string): boolean {
    return this.lost.has(bucket);
  }

  /** The region of a bucket is gone: it answers nothing, and nothing is replicated to it or from it. */
  lose(bucket: string): void {
    this.lost.add(bucket);
  }

  /** The region is back, with what the bucket had; what was under way goes on. */
  restore(bucket: string): void {
    this.lost.delete(bucket);
    if (this.replication.lagMs !== "held") this.deliver();
  }

  /** Keys whose last version is still under way. */
  underWay(): string[] {
    return this.pending.map(({ from, version: { key } }) => `${from}/${key}`);
  }

  /** Has everything arrive that is under way between buckets that are both there. */
  deliver(): void {
    const [now, later] = [this.pending, [] as Pending[]];
    this.pending = [];
    for (const one of now) {
      if (this.lost.has(one.from) || this.lost.has(one.to)) later.push(one);
      else this.arrive(one);
    }
    this.pending.push(...later);
  }

  /** Ends what waits. */
  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
  }

  private written(bucket: string, key: string, body: Buffer): void {
    const { buckets, lagMs, except } = this.replication;
    this.writes += 1;
    const isReplicated = buckets.includes(bucket) && !except?.test(key);
    const status = isReplicated ? "PENDING" : undefined;
    const version: Version = { id: randomUUID(), key, body, written: this.writes, status };
    this.all.set(`${bucket}/${key}`, [...(this.all.get(`${bucket}/${key}`) ?? []), version]);
    if (!isReplicated) return;
    const to = buckets[0] === bucket ? buckets[1] : buckets[0];
    const one = { version, from: bucket, to };
    this.pending.push(one);
    if (lagMs === "held") return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (!this.pending.includes(one) || this.lost.has(bucket) || this.lost.has(to)) return;
      this.pending = this.pending.filter((other) => other !== one);
      this.arrive(one);
    }, lagMs);
    timer.unref();
    this.timers.add(timer);
  }

  private arrive({ version, to }: Pending): void {
    version.status = "COMPLETED";
    const place = `${to}/${version.key}`;
    const before = this.all.get(place) ?? [];
    const replica: Version = { ...version, status: "REPLICA" };
    const after = [...before, replica];
    if (this.replication.lateReplicas !== "by-arrival") after.sort((one, other) => one.written - other.written);
    this.all.set(place, after);
    const current = after.at(-1);
    if (current === replica) super.put(to, version.key, version.body);
  }
}
