import { ReplicatedObjects } from "../../simulator/state-store/replicated-objects";
import type { Point } from "./moment";

/** Two replicated buckets that say what an apply has just done, before it gets the answer. */
export class WatchedObjects extends ReplicatedObjects {
  /** Called at each point that can be seen from here. */
  onPoint: ((point: Point) => void) | undefined;

  override put(bucket: string, key: string, body: Buffer): string {
    const etag = super.put(bucket, key, body);
    if (key.endsWith(".tfstate")) this.onPoint?.("write");
    if (key.endsWith(".serials.json")) {
      this.onPoint?.(
        (JSON.parse(body.toString("utf8")) as { ended: string | null }).ended === null ? "begun" : "ended",
      );
    }
    return etag;
  }

  override putNew(bucket: string, key: string, body: Buffer): string | undefined {
    const etag = super.putNew(bucket, key, body);
    if (etag !== undefined && key.endsWith(".tflock")) this.onPoint?.("lock");
    return etag;
  }

  override delete(bucket: string, key: string): void {
    super.delete(bucket, key);
    if (key.endsWith(".tflock")) this.onPoint?.("unlock");
  }
}
