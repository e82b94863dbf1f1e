import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { foldersUpTo, isFresh, manifestsIn, markOf } from "./file-marks";

/** A module as V8 takes it: its text inside of Node's wrapper, and what V8 has compiled of it. */
export interface PackedModule {
  /** By `markOf`, when the text was read. */
  readonly mark: string;
  source(): string;
  readonly code: Buffer;
}

/** What one process has learned for the next ones. */
export interface ModulePack {
  readonly modules: ReadonlyMap<string, PackedModule>;
  /** Where an import leads, by the folder of the file that has it and what it says. Empty if anything has changed that it may depend on. */
  readonly places: Readonly<Record<string, string>>;
}

interface Head {
  readonly modules: readonly { readonly file: string; readonly mark: string; readonly sizes: readonly number[] }[];
  readonly places: Readonly<Record<string, string>>;
  /** Of all folders and manifests that say where imports lead. */
  readonly marks: Readonly<Record<string, string>>;
}

/** In front of the head, its length. */
const lengthBytes = 4;

/** Reads a pack; modules that have changed since are left out. Undefined if there is none, or it is damaged. */
export function readPack(path: string): ModulePack | undefined {
  try {
    const bytes = readFileSync(path);
    const length = bytes.readUInt32LE(0);
    const head = JSON.parse(bytes.toString("utf8", lengthBytes, lengthBytes + length)) as Head;
    const modules = new Map<string, PackedModule>();
    let at = lengthBytes + length;
    for (const { file, mark, sizes } of head.modules) {
      const [latin = 0, utf8 = 0, code = 0] = sizes;
      const start = at;
      const end = start + latin + utf8;
      at = end + code;
      if (markOf(file) !== mark) continue;
      // Almost all sources are ASCII, which V8 keeps in half the memory.
      const source = () => bytes.toString(latin > 0 ? "latin1" : "utf8", start, end);
      modules.set(file, { mark, source, code: bytes.subarray(end, at) });
    }
    if (at !== bytes.length) return undefined;
    const isSame =
      modules.size === head.modules.length && Object.entries(head.marks).every(([each, mark]) => markOf(each) === mark);
    return { modules, places: isSame ? head.places : {} };
  } catch {
    return undefined;
  }
}

/**
 * Writes a pack, whole or not at all. What was written moments ago is left out, as it may be written again.
 * @param root folder that all modules are below
 */
export function writePack(path: string, root: string, { modules, places }: ModulePack): void {
  const now = Date.now();
  const kept = [...modules].filter(([file, { mark }]) => markOf(file) === mark && !isFresh(mark, now));
  const folders = foldersUpTo(
    root,
    kept.map(([file]) => file),
  );
  const marks = Object.fromEntries([...folders, ...manifestsIn(folders)].map((each) => [each, markOf(each)]));
  const isSettled = kept.length === modules.size && !Object.values(marks).some((mark) => isFresh(mark, now));
  const parts = kept.map(([file, { mark, source, code }]) => {
    const text = source();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
    const isAscii = /^[\x00-\x7f]*$/.test(text);
    const bytes = Buffer.from(text, isAscii ? "latin1" : "utf8");
    const sizes = isAscii ? [bytes.length, 0, code.length] : [0, bytes.length, code.length];
    return { of: { file, mark, sizes }, bytes, code };
  });
  const head: Head = { modules: parts.map(({ of }) => of), places: isSettled ? places : {}, marks };
  const headBytes = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(headBytes.length);
  const temporary = `${path}.${process.pid}.tmp`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(temporary, Buffer.concat([length, headBytes, ...parts.flatMap(({ bytes, code }) => [bytes, code])]));
  renameSync(temporary, path);
}
