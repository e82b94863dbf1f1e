import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface StoredObject {
  body: Buffer;
  etag: string;
  modified: Date;
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
    // A reader never sees half a state.
    const partial = `${file}.${process.pid}.partial`;
    writeFileSync(partial, body);
    renameSync(partial, file);
    return etagOf(body);
  }

  /** Writes only if there is no such object; undefined when there is. One step, so that of two writers one wins. */
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
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => name.slice(0, -SUFFIX.length).split(path.sep).map(decode).join("/"))
      .filter((key) => key.startsWith(prefix))
      .sort();
  }

  private file(bucket: string, key: string): string {
    return path.join(this.directory, encode(bucket), ...key.split("/").map(encode)) + SUFFIX;
  }
}

const SUFFIX = ".object";

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
