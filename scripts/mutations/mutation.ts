import type { Range, Source } from "./syntax";

/** One change of one file, small enough that a good test would notice it. */
export interface Mutation extends Range {
  /** Relative to the project's root, with slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly mutator: string;
  readonly replacement: string;
  /** The change in one line, as people read it. */
  readonly change: string;
}

/** What a mutator replaces, and with what; an empty replacement removes it. */
export interface Edit extends Range {
  readonly mutator: string;
  readonly replacement: string;
  /** Shown instead of the texts before and after. */
  readonly change?: string;
  /** Where the change begins, if that is not where the edit begins: a comma in front may be removed too. */
  readonly at?: number;
}

/** What identifies a mutation from run to run, as long as the file does not change. */
export const identityOf = ({ file, line, column, mutator, replacement }: Mutation): string =>
  [file, line, column, mutator, replacement].join("|");

export function mutationOf(source: Source, edit: Edit): Mutation {
  const { start, end, mutator, replacement } = edit;
  const before = oneLine(source.text.slice(start, end));
  const after = oneLine(replacement);
  return {
    file: source.file,
    ...source.position(edit.at ?? start),
    start,
    end,
    mutator,
    replacement,
    change: edit.change ?? (after === "" ? `without ${before}` : `${before} -> ${after}`),
  };
}

export const mutated = (text: string, { start, end, replacement }: Mutation): string =>
  text.slice(0, start) + replacement + text.slice(end);

/** At most 80 characters, on one line. */
export function oneLine(text: string): string {
  const line = text.trim().replace(/,$/, "").replace(/\s+/g, " ");
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}
