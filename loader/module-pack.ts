import { fstatSync, mkdirSync, openSync, readSync } from "node:fs";
import { dirname } from "node:path";
import { foldersUpTo, isFresh, manifestsIn, markOf } from "./file-marks";
import { writeWhole } from "./kept-folder";

/** A module as V8 takes it: its text inside of Node's wrapper, and what V8 has compiled of it. */
export interface PackedModule {
  /** By `markOf`, when the text was read. */
  readonly mark: string;
  readonly text: string;
  /** Good until that of another module is asked for. */
  code(): Buffer;
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
    const file = new PackFile(path);
    const headEnd = lengthBytes + file.bytes(0, lengthBytes).readUInt32LE(0);
    const head = JSON.parse(file.bytes(lengthBytes, headEnd).toString()) as Head;
    const [narrow, wide] = [false, true].map((isWide) =>
      head.modules.filter((module) => module.isWide === isWide).map(({ text }) => text),
    ) as [number[], number[]];
    const wideAt = headEnd + sum(narrow);
    let codeAt = wideAt + 2 * sum(wide);
    if (codeAt + sum(head.modules.map(({ code }) => code)) !== file.size) return undefined;
    const [narrowTexts, wideTexts] = [file.texts(headEnd, narrow, "latin1"), file.texts(wideAt, wide, "utf16le")];
    const modules = new Map<string, PackedModule>();
    for (const { file: name, mark, isWide, code: length } of head.modules) {
      const at = codeAt;
      codeAt += length;
      const text = (isWide ? wideTexts : narrowTexts).next().value as string;
      if (markOf(name) === mark) modules.set(name, { mark, text, code: () => file.bytes(at, at + length) });
    }
    const isSame =
      modules.size === head.modules.length && Object.entries(head.marks).every(([each, mark]) => markOf(each) === mark);
    return { modules, places: isSame ? head.places : {} };
  } catch {
    return undefined;
  }
}

/** Bytes that are read at a time. Memory that is used for the first time takes longer than to read a file into it. */
const windowBytes = 512 * 1024;

/** Characters that are read at a time: V8 leaves longer texts outside of its heap, and what is sliced of them there, too. */
const windowCharacters = 1_100_000;

/** A pack that is read piece by piece, in the order in which most processes load its modules. */
class PackFile {
  readonly size: number;
  private readonly file: number;
  private window = Buffer.allocUnsafeSlow(windowBytes);
  private start = 0;
  private end = 0;

  constructor(path: string) {
    // Stays open: another process may put a new pack in the place of this one.
    this.file = openSync(path, "r");
    this.size = fstatSync(this.file).size;
  }

  /** Some bytes, which are good until others are asked for. */
  bytes(from: number, to: number): Buffer {
    if (from < this.start || to > this.end) this.read(from, Math.max(to - from, windowBytes));
    return this.window.subarray(from - this.start, to - this.start);
  }

  private read(from: number, length: number): void {
    if (length > this.window.length) this.window = Buffer.allocUnsafeSlow(length);
    this.start = from;
    this.end = from + readSync(this.file, this.window, 0, Math.min(length, this.size - from), from);
  }

  /** Texts that follow each other. @param lengths in characters */
  *texts(from: number, lengths: readonly number[], encoding: "latin1" | "utf16le"): Generator<string, undefined> {
    const width = encoding === "latin1" ? 1 : 2;
    let at = from;
    for (const group of grouped(lengths)) {
      const end = at + width * sum(group);
      const joined = this.bytes(at, end).toString(encoding);
      at = end;
      let taken = 0;
      for (const length of group) {
        yield joined.slice(taken, taken + length);
        taken += length;
      }
    }
  }
}

/** Lengths of texts that are read together. */
function grouped(lengths: readonly number[]): number[][] {
  const groups: number[][] = [];
  let characters = windowCharacters;
  for (const length of lengths) {
    if (characters >= windowCharacters) {
      groups.push([]);
      characters = 0;
    }
    groups.at(-1)?.push(length);
    characters += length;
  }
  return groups;
}

/** Whether a text has characters that are not of Latin-1. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of Latin-1
const isWide = (text: string): boolean => /[^\x00-\xff]/.test(text);

/**
 * Writes a pack, whole or not at all. What was written moments ago is left out, as it may be written again.
 * @param root folder that all modules are below
 */
export function writePack(path: string, root: string, { modules, places }: ModulePack): void {
  // A new folder changes the marks of those above it, which are taken below.
  mkdirSync(dirname(path), { recursive: true });
  const now = Date.now();
  const kept = [...modules].filter(([file, { mark }]) => markOf(file) === mark && !isFresh(mark, now));
  const folders = foldersUpTo(
    root,
    kept.map(([file]) => file),
  );
  const marks = Object.fromEntries([...folders, ...manifestsIn(folders)].map((each) => [each, markOf(each)]));
  const isSettled = kept.length === modules.size && !Object.values(marks).some((mark) => isFresh(mark, now));
  const sized = kept.map(([file, { mark, text, code }]) => {
    return { file, mark, isWide: isWide(text), text, code: Buffer.from(code()) };
  });
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
  writeWhole(path, Buffer.concat([length, headBytes, ...texts, ...sized.map(({ code }) => code)]));
}
