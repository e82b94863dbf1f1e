import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Remnant, Thing } from "./thing";

/** One change of the inventory; each is a line of the file. */
export type Entry = { readonly put: Thing } | { readonly gone: string; readonly remnant?: Remnant };

/**
 * The file behind an inventory: one JSON line for each change, so that a process that is killed loses nothing and two
 * processes can share it. A file that somebody replaces, for example with an older copy, is read anew.
 */
export class Journal {
  /** Which file was read: a new one may have the inode of the one that it replaces, but not its time of birth. */
  private identity = "";
  private size = 0;
  /** True once another process has written to the file while this one had it open. */
  isShared = false;

  constructor(private readonly file: string) {}

  /** What was written since the last call, by this process or another. `all` is true when the file has been replaced. */
  news(): { readonly all: boolean; readonly entries: Entry[] } {
    if (!this.exists) {
      const all = this.size > 0;
      this.size = 0;
      return { all, entries: [] };
    }
    const { identity, size } = this.stat();
    if (identity === this.identity && size === this.size) return { all: false, entries: [] };
    const all = identity !== this.identity || size < this.size;
    this.isShared ||= this.identity !== "";
    const text = readFileSync(this.file).subarray(all ? 0 : this.size);
    // A line that another process has not written to its end is read the next time.
    const end = text.lastIndexOf(0x0a) + 1;
    this.size = (all ? 0 : this.size) + end;
    this.identity = identity;
    const lines = text.subarray(0, end).toString("utf8").split("\n").filter(Boolean);
    return { all, entries: lines.map((line) => JSON.parse(line) as Entry) };
  }

  get exists(): boolean {
    return existsSync(this.file);
  }

  append(entry: Entry): void {
    mkdirSync(dirname(this.file), { recursive: true });
    const line = `${JSON.stringify(entry, plain)}\n`;
    appendFileSync(this.file, line);
    const { identity, size } = this.stat();
    // Whatever else has been written in between is read by the next call of news().
    if (size === this.size + Buffer.byteLength(line)) {
      this.size = size;
      this.identity = identity;
    }
  }

  /** Writes the file anew with these entries alone. */
  rewrite(entries: readonly Entry[]): void {
    mkdirSync(dirname(this.file), { recursive: true });
    const partial = `${this.file}.${process.pid}.partial`;
    writeFileSync(partial, entries.map((entry) => `${JSON.stringify(entry, plain)}\n`).join(""));
    renameSync(partial, this.file);
    const { identity, size } = this.stat();
    this.identity = identity;
    this.size = size;
  }

  private stat(): { readonly identity: string; readonly size: number } {
    const { ino, birthtimeMs, size } = statSync(this.file);
    return { identity: `${ino} ${birthtimeMs}`, size };
  }
}

/** JSON has no 64-bit integers; no value of a resource exceeds what a double holds exactly. */
const plain = (_name: string, value: unknown): unknown => (typeof value === "bigint" ? Number(value) : value);
