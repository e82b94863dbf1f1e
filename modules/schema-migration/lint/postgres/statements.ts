import type { Node } from "libpg-query";
import { type Allowance, allowancesIn, brokenAllowances } from "../statement";

/** A statement of a file, as the parser of PostgreSQL read it. */
export interface ParsedStatement {
  readonly node: Node;
  /** Line that it begins at, from 1. */
  readonly line: number;
  /** Its text without the comments before it. */
  readonly text: string;
  /** What the comments before it allow. */
  readonly allowed: readonly Allowance[];
}

/** The statements of a file; the parser counts in bytes. What stands between two statements belongs to the second. */
export function statementsOf(
  sql: string,
  nodes: readonly {
    readonly stmt?: ParsedStatement["node"];
    readonly stmt_location?: number;
    readonly stmt_len?: number;
  }[],
): { statements: ParsedStatement[]; broken: number[] } {
  const bytes = Buffer.from(sql);
  const broken: number[] = [];
  let endedAt = 0;
  const statements = nodes.flatMap(({ stmt, stmt_location: at = 0, stmt_len: length }) => {
    const end = length ? at + length : bytes.length;
    const text = bytes.subarray(endedAt, end).toString();
    const firstLine = lineOf(bytes, endedAt);
    endedAt = end;
    if (!stmt) return [];
    // The semicolon is that of the statement before.
    const trivia = leadingTrivia(text.replace(/^;/, " "));
    broken.push(...brokenAllowances(trivia, firstLine));
    const line = firstLine + trivia.split("\n").length - 1;
    return [{ node: stmt, line, text: text.slice(trivia.length).trim(), allowed: allowancesIn(trivia, firstLine) }];
  });
  return { statements, broken };
}

const lineOf = (bytes: Buffer, at: number): number => bytes.subarray(0, at).toString().split("\n").length;

/** Comments and blanks at the beginning of a text: lines, and blocks, which nest in PostgreSQL. */
function leadingTrivia(text: string): string {
  let at = 0;
  for (;;) {
    const rest = text.slice(at);
    const [blank = ""] = /^\s*/.exec(rest) ?? [];
    const line = /^--[^\n]*\n?/.exec(rest.slice(blank.length));
    if (line) at += blank.length + line[0].length;
    else if (rest.startsWith("/*", blank.length)) at += blank.length + blockLength(rest.slice(blank.length));
    else return text.slice(0, at + blank.length);
  }
}

function blockLength(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    if (text.startsWith("/*", at)) {
      depth += 1;
      at += 2;
    } else if (text.startsWith("*/", at)) {
      depth -= 1;
      at += 2;
      if (depth === 0) return at;
    } else at += 1;
  }
  return text.length;
}
