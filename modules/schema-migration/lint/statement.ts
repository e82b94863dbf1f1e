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

/** A statement as messages quote it. */
export const firstLine = (text: string): string => {
  const [line = ""] = text.split("\n");
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
};
