import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { foldersUpTo, isFresh, manifestsIn, markOf } from "./file-marks";

/** A module as V8 takes it: its text inside of Node's wrapper, and what V8 has compiled of it. */
export interface PackedModule {
  /** By `markOf`, when the text was read. */
  readonly mark: string;
  readonly text: string;
  readonly code: Buffer;
}

/** What one process has learned for the next ones. */
export interface ModulePack {
  readonly modules: ReadonlyMap<string, PackedModule>;
  /** Where an import leads, by the folder of the file that has it and what it says. Empty if anything has changed that it may depend on. */
  readonly places: Readonly<Record<string, string>>;
}

/**
 * What a pack begins with, in JSON. Behind it are the texts of all modules in Latin-1, the texts of those that have other characters
 * in UTF-16, and the code: V8 uses texts where they are, without a copy of each.
 */
interface Head {
  readonly modules: readonly PackedSizes[];
  readonly places: Readonly<Record<string, string>>;
  /** Of all folders and manifests that say where imports lead. */
  readonly marks: Readonly<Record<string, string>>;
}

interface PackedSizes {
  readonly file: string;
  readonly mark: string;
  readonly isWide: boolean;
  /** In characters. */
  readonly text: number;
  /** In bytes. */
  readonly code: number;
}

/** In front of the head, its length. */
const lengthBytes = 4;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** Reads a pack; modules that have changed since are left out. Undefined if there is none, or it is damaged. */
export function readPack(path: string): ModulePack | undefined {
  try {
    const bytes = readFileSync(path);
    const headEnd = lengthBytes + bytes.readUInt32LE(0);
    const head = JSON.parse(bytes.toString("utf8", lengthBytes, headEnd)) as Head;
    const [narrow, wide] = [false, true].map((isWide) =>
      sum(head.modules.filter((module) => module.isWide === isWide).map(({ text }) => text)),
    ) as [number, number];
    const wideAt = headEnd + narrow;
    let codeAt = wideAt + 2 * wide;
    if (codeAt + sum(head.modules.map(({ code }) => code)) !== bytes.length) return undefined;
    const texts = { false: bytes.toString("latin1", headEnd, wideAt), true: bytes.toString("utf16le", wideAt, codeAt) };
    const at = { false: 0, true: 0 };
    const modules = new Map<string, PackedModule>();
    for (const { file, mark, isWide, ...sizes } of head.modules) {
      const text = texts[`${isWide}`].slice(at[`${isWide}`], at[`${isWide}`] + sizes.text);
      const code = bytes.subarray(codeAt, codeAt + sizes.code);
      at[`${isWide}`] += sizes.text;
      codeAt += sizes.code;
      if (markOf(file) === mark) modules.set(file, { mark, text, code });
    }
    const isSame =
      modules.size === head.modules.length && Object.entries(head.marks).every(([each, mark]) => markOf(each) === mark);
    return { modules, places: isSame ? head.places : {} };
  } catch {
    return undefined;
  }
}

/** Whether a text has characters that are not of Latin-1. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of Latin-1
const isWide = (text: string): boolean => /[^\x00-\xff]/.test(text);

/**
 * Writes a pack, whole or not at all. What was written moments ago is left out, as it may be written again.
 * @param root folder that all modules are below
 */
export function writePack(path: string, root: string, { modules, places }: ModulePack): void {
  mkdirSync(dirname(path), { recursive: true });
  const now = Date.now();
  const kept = [...modules].filter(([file, { mark }]) => markOf(file) === mark && !isFresh(mark, now));
  const folders = foldersUpTo(
    root,
    kept.map(([file]) => file),
  );
  const marks = Object.fromEntries([...folders, ...manifestsIn(folders)].map((each) => [each, markOf(each)]));
  const isSettled = kept.length === modules.size && !Object.values(marks).some((mark) => isFresh(mark, now));
  const sized = kept.map(([file, { mark, text, code }]) => ({ file, mark, isWide: isWide(text), text, code }));
  const head: Head = {
    modules: sized.map(({ text, code, ...sizes }) => ({ ...sizes, text: text.length, code: code.length })),
    places: isSettled ? places : {},
    marks,
  };
  const headBytes = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt32LE(headBytes.length);
  const textsOf = (wide: boolean) =>
    sized
      .filter((module) => module.isWide === wide)
      .map(({ text }) => text)
      .join("");
  const texts = [Buffer.from(textsOf(false), "latin1"), Buffer.from(textsOf(true), "utf16le")];
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, Buffer.concat([length, headBytes, ...texts, ...sized.map(({ code }) => code)]));
  renameSync(temporary, path);
}

/**
 * Removes all packs of a name but the newest few, also those that a process has not written to the end. A pack does not say whether anybody
 * still reads it, as another version of Node.js does: one that is removed too early is written again by the next process that misses it.
 * @param prefix what the names of their files begin with
 */
export function removeOldPacks(folder: string, prefix: string): void {
  const packs = readdirSync(folder)
    .filter((file) => file.startsWith(prefix))
    .map((file) => join(folder, file))
    .map((path) => ({ path, written: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((left, right) => right.written - left.written);
  for (const { path } of packs.slice(mostPacks)) rmSync(path, { force: true });
}

/** More than the versions of Node.js that one installation is used with. */
const mostPacks = 6;
