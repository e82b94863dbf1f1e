/** A part of a text whose rows may be left out. */
export interface Part {
  /** Lines before the rows, and after them; they are only there with a row. */
  readonly before: readonly string[];
  readonly rows: readonly string[];
  readonly after: readonly string[];
  /** What the rows are, for the sentence about those that are left out: `changes of prod-data`. */
  readonly what: string;
}

/** Rows that are left out. */
export interface LeftOut {
  readonly rows: number;
  readonly what: string;
}

export interface FittedOptions {
  /** Lines that are always there. */
  readonly head: readonly string[];
  /** The first is the most important one. */
  readonly parts: readonly Part[];
  /** Bytes of UTF-8, so that it is below as many characters too. */
  readonly limit: number;
  /** What is said about rows that are left out, in one line. */
  readonly explain: (left: readonly LeftOut[], others: number) => string;
}

/** How much of the limit is kept for the sentence about what is left out. */
const kept = 2_000;

/** A text of parts that is not longer than allowed: whole rows are left out from its end on, and a sentence says which. */
export function fitted({ head, parts, limit, explain }: FittedOptions): string {
  const whole = joined([...head, ...parts.flatMap((part) => linesOf(part, part.rows))]);
  if (Buffer.byteLength(whole) <= limit) return whole;
  let free = limit - kept - size(head);
  const left: LeftOut[] = [];
  const lines = [...head];
  for (const part of parts) {
    free -= size([...part.before, ...part.after]);
    const fits: string[] = [];
    for (const row of part.rows) {
      if (size([row]) > free) break;
      free -= size([row]);
      fits.push(row);
    }
    if (fits.length > 0) lines.push(...linesOf(part, fits));
    else free += size([...part.before, ...part.after]);
    if (fits.length < part.rows.length) left.push({ rows: part.rows.length - fits.length, what: part.what });
  }
  return joined([...lines, ...explanation(left, explain)]);
}

/** Names as much as there is room for. */
function explanation(left: readonly LeftOut[], explain: FittedOptions["explain"]): string[] {
  for (let named = Math.min(left.length, 10); named >= 0; named--) {
    const others = left.slice(named).reduce((sum, { rows }) => sum + rows, 0);
    const lines = ["", explain(left.slice(0, named), others)];
    if (size(lines) <= kept) return lines;
  }
  return [];
}

const linesOf = ({ before, after }: Part, rows: readonly string[]): readonly string[] =>
  rows.length === 0 ? [] : [...before, ...rows, ...after];
const joined = (lines: readonly string[]): string => `${lines.join("\n")}\n`;
const size = (lines: readonly string[]): number => lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
