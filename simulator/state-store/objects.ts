import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

/** An object of a bucket. */
export interface StoredObject {
  body: Buffer;
  etag: string;
  modified: Date;
  /** Where versions are kept. */
  versionId?: string | undefined;
  /** What the header `x-amz-replication-status` says, where buckets are replicated. */
  replication?: string | undefined;
}

/** Objects of S3 buckets as files: key `a/b` of bucket `c` is `c/a/b.object`, so that `a` and `a/b` do not collide. */
export class ObjectStore {
  constructor(private readonly directory: string) {}

  get(bucket: string, key: string): StoredObject | undefined {
    const file = this.file(bucket, key);
    if (!existsSync(file)) return undefined;
    const body = readFileSync(file);
    return { body, etag: etagOf(body), modified: statSync(file).mtime };
  }

  put(bucket: string, key: string, body: Buffer): string {
    const file = this.file(bucket, key);
    mkdirSync(path.dirname(file), { recursive: true });
    // So that a reader never sees half a state.
    const partial = `${file}.${process.pid}.partial`;
    writeFileSync(partial, body);
    renameSync(partial, file);
    return etagOf(body);
  }

  /** Writes only if the object does not exist; undefined if it does. Atomic, so that only one of two writers wins. */
  putNew(bucket: string, key: string, body: Buffer): string | undefined {
    const file = this.file(bucket, key);
    mkdirSync(path.dirname(file), { recursive: true });
    try {
      writeFileSync(file, body, { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return undefined;
      throw error;
    }
    return etagOf(body);
  }

  delete(bucket: string, key: string): void {
    rmSync(this.file(bucket, key), { force: true });
  }

  /** Keys in S3's order. */
  list(bucket: string, prefix: string): string[] {
    const folder = path.join(this.directory, encode(bucket));
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(fileSuffix))
      .map((name) => name.slice(0, -fileSuffix.length).split(path.sep).map(decode).join("/"))
      .filter((key) => key.startsWith(prefix))
      .sort();
  }

  /** Versions of an object, the current one first; this store keeps none but the current one. */
  versions(bucket: string, key: string): readonly { readonly id: string; readonly body: Buffer }[] {
    const current = this.get(bucket, key);
    return current ? [{ id: "null", body: current.body }] : [];
  }

  /** Whether a bucket answers nothing, as its region is gone. */
  isLost(_bucket: string): boolean {
    return false;
  }

  /** The policy of a bucket, as JSON; undefined for none. */
  policy(bucket: string): string | undefined {
    const file = this.policyFile(bucket);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }

  /** @param policy as JSON; undefined to delete it */
  setPolicy(bucket: string, policy: string | undefined): void {
    const file = this.policyFile(bucket);
    if (policy === undefined) {
      rmSync(file, { force: true });
      return;
    }
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, policy);
  }

  /** No object is called so: their files end otherwise. */
  private policyFile(bucket: string): string {
    return path.join(this.directory, encode(bucket), "bucket-policy.json");
  }

  private file(bucket: string, key: string): string {
    return path.join(this.directory, encode(bucket), ...key.split("/").map(encode)) + fileSuffix;
  }
}

const fileSuffix = ".object";

/** A path segment that cannot leave its folder: no separators, no `.` or `..`, never empty. */
function encode(segment: string): string {
  if (segment === "") return "%";
  return encodeURIComponent(segment).replace(/^\.+$/, (dots) => dots.replaceAll(".", "%2E"));
}

function decode(segment: string): string {
  return segment === "%" ? "" : decodeURIComponent(segment);
}

function etagOf(body: Buffer): string {
  return `"${createHash("md5").update(body).digest("hex")}"`;
}
