import type { Node } from "libpg-query";

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

/** `-- evenkeel: allow drop ledger.old_entries, because …`: a finding that is meant. */
export interface Allowance {
  readonly rule: string;
  /** What it is allowed for, as the finding names it. */
  readonly object: string;
  readonly reason: string;
  readonly line: number;
}

/** What a rule found in a statement. */
export interface Finding {
  /** Id of the rule, kebab-case; an allowance names it. */
  readonly rule: string;
  /** What it is about: `ledger.entries`, `ledger.entries.note`. */
  readonly object: string;
  /** What the statement does, with its lock. */
  readonly problem: string;
  readonly remedy: string;
  /** Whether no comment allows it. */
  readonly never?: true;
}

const allowance = /^--\s*evenkeel:\s*allow\s+([a-z-]+)\s+(\S+?),?\s+because\s+(.{10,})$/;

/** Comments and blanks at the beginning of a text: lines, and blocks, which nest in PostgreSQL. */
export function leadingTrivia(text: string): string {
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

/** What comments allow; `firstLine` is the line that they begin at. */
export function allowancesIn(trivia: string, firstLine: number): Allowance[] {
  return trivia.split("\n").flatMap((text, index) => {
    const [, rule, object, reason] = allowance.exec(text.trim()) ?? [];
    return rule && object && reason ? [{ rule, object, reason, line: firstLine + index }] : [];
  });
}

/** Comments that were meant to allow something, but do not read as such. */
export function brokenAllowances(trivia: string, firstLine: number): number[] {
  return trivia
    .split("\n")
    .flatMap((text, index) =>
      /--\s*evenkeel\b/i.test(text) && !allowance.test(text.trim()) ? [firstLine + index] : [],
    );
}
