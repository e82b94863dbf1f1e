import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ParseResult } from "libpg-query";

/** How the parser of PostgreSQL reads a text, or what it does not understand. */
export type Parsed =
  | { readonly tree: ParseResult }
  | { readonly error: { readonly message: string /** In characters, from 0. */; readonly at: number } };

/**
 * The parser is compiled to WebAssembly and loads asynchronously, and synthesis is synchronous. So it runs in a process of its own, once for
 * each text: what it read is kept in `.evenkeel/migrations`, beside the bundles.
 */
const program = `
const { loadModule, parseSync } = require(process.argv[1]);
const read = require("node:fs").readFileSync(0, "utf8");
loadModule().then(() => {
  const answers = JSON.parse(read).map((text) => {
    try { return { tree: parseSync(text) }; } catch (error) {
      return { error: { message: error.message, at: error.sqlDetails?.cursorPosition ?? 0 } };
    }
  });
  process.stdout.write(JSON.stringify(answers));
});`;

/** Raised when the same text and parser should give another result. */
const revision = 1;

const inProcess = new Map<string, Parsed>();

/** How PostgreSQL reads each text. @throws Error if the parser cannot be run */
export function parsePostgres(texts: readonly string[], folder = path.resolve(".evenkeel", "migrations")): Parsed[] {
  const { version } = require("libpg-query/package.json") as { version: string };
  const keys = texts.map((text) =>
    createHash("sha256").update(`${revision} ${version}\n${text}`).digest("hex").slice(0, 40),
  );
  const found = keys.map((key) => inProcess.get(key) ?? stored(path.join(folder, `${key}.json`)));
  const missing = texts.filter((_, index) => found[index] === undefined);
  const answers = missing.length > 0 ? runParser(missing) : [];
  return keys.map((key, index) => {
    const known = found[index];
    const parsed = known ?? (answers.shift() as Parsed);
    inProcess.set(key, parsed);
    if (!known) store(folder, key, parsed);
    return parsed;
  });
}

function runParser(texts: readonly string[]): Parsed[] {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    ["-e", program, require.resolve("libpg-query")],
    { input: JSON.stringify(texts), encoding: "utf8", maxBuffer: 512 * 1024 * 1024, env: {} },
  );
  if (status === 0) return JSON.parse(stdout) as Parsed[];
  throw new Error(`The parser of PostgreSQL could not be run: ${error?.message ?? stderr}`);
}

function stored(file: string): Parsed | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Parsed;
  } catch {
    return undefined;
  }
}

/** Another process may write the same at the same time, so a file appears as a whole. */
function store(folder: string, key: string, parsed: Parsed): void {
  try {
    mkdirSync(folder, { recursive: true });
    const temporary = path.join(folder, `${key}.${process.pid}.tmp`);
    writeFileSync(temporary, JSON.stringify(parsed));
    renameSync(temporary, path.join(folder, `${key}.json`));
  } catch {
    // The next synth is just slower.
  }
}
