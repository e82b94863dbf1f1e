import { type Column, type Table, textOf } from "./table";
import { longestWord, widthOf } from "./wrap";

/** Positions of columns in their table. */
export type Columns = readonly number[];

/** Columns of a terminal below which a text is not squeezed while another column could give way. */
const readable = 20;

/** The columns of a table that are shown, and how wide each of them is; no widths if the essential ones do not fit either. */
export interface Fit {
  readonly kept: Columns;
  readonly widths?: readonly number[];
}

/**
 * The columns that fit, and their widths: all of them if texts that are wrapped make that possible, else without those that give
 * way.
 * @param room for the cells of so many columns, without what stands between them
 */
export function fitting(table: Table, room: (kept: Columns) => number): Fit {
  const needs = table.columns.map((column, index) => needOf(table, column, index));
  let kept: Columns = table.columns.map((_, index) => index);
  for (;;) {
    const widths = share(
      kept.flatMap((index) => needs[index] ?? []),
      room(kept),
    );
    if (widths) return { kept, widths };
    const gives = firstToGiveWay(table, kept);
    if (gives === undefined) return { kept };
    kept = kept.filter((index) => index !== gives);
  }
}

/** The columns that a column takes unwrapped, and at least. */
interface Need {
  readonly whole: number;
  readonly least: number;
}

function needOf({ rows, total = [] }: Table, { title, kind }: Column, index: number): Need {
  const lines = [...rows, total].flatMap((cells) => (index in cells ? textOf(cells[index] ?? "").split("\n") : []));
  const whole = Math.max(widthOf(title), ...lines.map(widthOf));
  if (kind !== "text") return { whole, least: Math.max(longestWord(title), ...lines.map(widthOf)) };
  return { whole, least: Math.max(longestWord(title), ...lines.map(longestWord), Math.min(whole, readable)) };
}

/** Shares the room out so that short texts stay on one line, and long ones get the same each. Undefined if it is too little. */
function share(needs: readonly Need[], room: number): number[] | undefined {
  const widths = needs.map(({ least }) => least);
  let left = room - sum(widths);
  if (left < 0) return undefined;
  for (;;) {
    const open = needs.flatMap(({ whole }, index) => (whole > (widths[index] ?? 0) ? [index] : []));
    if (open.length === 0 || left < 1) return widths;
    // The narrowest is the one that a further column helps most.
    const narrowest = open.reduce((a, b) => ((widths[b] ?? 0) < (widths[a] ?? 0) ? b : a));
    widths[narrowest] = (widths[narrowest] ?? 0) + 1;
    left -= 1;
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The column that is left out next: of the least important ones that on the right. */
function firstToGiveWay({ columns }: Table, kept: Columns): number | undefined {
  for (const importance of ["detail", "useful"] as const) {
    const found = kept.filter((index) => columns[index]?.importance === importance).at(-1);
    if (found !== undefined) return found;
  }
  return undefined;
}
