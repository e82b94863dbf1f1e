import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { keptFolder, writeWhole } from "../../../loader";

/** A parser of an engine, which runs in a process of its own. */
export interface ParserProgram {
  /** For the message of an error: `The parser of PostgreSQL`. */
  readonly label: string;
  /** Another text where the same SQL gives another result: the parser's version, and what is made of its answer. */
  readonly version: () => string;
  /** The text of the program, in CommonJS: finds the SQL in `texts`, and prints as many results as JSON. */
  readonly source: () => string;
}

const inProcess = new Map<string, unknown>();

/**
 * How a parser reads each text. Parsers load slowly or asynchronously, and synthesis is synchronous. So they run in a process of their own,
 * once for each text: what they read is kept in `node_modules/.cache/evenkeel/migrations`.
 * @throws Error if the parser cannot be run
 */
export function parseInProcess<T>(
  parser: ParserProgram,
  texts: readonly string[],
  folder = keptFolder("migrations"),
): T[] {
  const version = parser.version();
  const keys = texts.map((text) => createHash("sha256").update(`${version}\n${text}`).digest("hex").slice(0, 40));
  const found = keys.map((key) => (inProcess.get(key) as T | undefined) ?? stored<T>(path.join(folder, `${key}.json`)));
  const missing = texts.filter((_, index) => found[index] === undefined);
  const answers = missing.length > 0 ? run<T>(parser, missing) : [];
  return keys.map((key, index) => {
    const known = found[index];
    const parsed = known ?? (answers.shift() as T);
    inProcess.set(key, parsed);
    if (known === undefined) store(folder, key, parsed);
    return parsed;
  });
}

function run<T>({ label, source }: ParserProgram, texts: readonly string[]): T[] {
  // The program comes before its input, by the same way: it may be longer than arguments can be.
  const input = `const texts = ${JSON.stringify(texts)};\n${source()}`;
  const { status, stdout, stderr, error } = spawnSync(process.execPath, ["-"], {
    input,
    encoding: "utf8",
    maxBuffer: 512 * 1024 * 1024,
    env: {},
  });
  if (status === 0) return JSON.parse(stdout) as T[];
  throw new Error(`${label} could not be run: ${error?.message ?? stderr.slice(0, 2_000)}`);
}

function stored<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as T;
  } catch {
    return undefined;
  }
}

/** Another process may write the same at the same time, so a file appears as a whole. */
function store(folder: string, key: string, parsed: unknown): void {
  try {
    writeWhole(path.join(folder, `${key}.json`), JSON.stringify(parsed));
  } catch {
    // The next synth is just slower.
  }
}
