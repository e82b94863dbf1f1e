import type { ParseResult } from "libpg-query";
import { type ParserProgram, parseInProcess } from "../parse-in-process";

/** How the parser of PostgreSQL reads a text, or what it does not understand. */
export type Parsed =
  | { readonly tree: ParseResult }
  | { readonly error: { readonly message: string /** In characters, from 0. */; readonly at: number } };

/** Raised when the same text and parser should give another result. */
const revision = 1;

const parser: ParserProgram = {
  label: "The parser of PostgreSQL",
  version: () => `${revision} ${(require("libpg-query/package.json") as { version: string }).version}`,
  source: () => `
const { loadModule, parseSync } = require(${JSON.stringify(require.resolve("libpg-query"))});
loadModule().then(() => {
  const answers = texts.map((text) => {
    try { return { tree: parseSync(text) }; } catch (error) {
      return { error: { message: error.message, at: error.sqlDetails?.cursorPosition ?? 0 } };
    }
  });
  process.stdout.write(JSON.stringify(answers));
});`,
};

/** How PostgreSQL reads each text. @throws Error if the parser cannot be run */
export const parsePostgres = (texts: readonly string[]): Parsed[] => parseInProcess<Parsed>(parser, texts);
