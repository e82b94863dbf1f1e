import { colours } from "./colours";
import { drawn, drawnWidth } from "./draw";
import { type Columns, fitting } from "./fit";
import { records } from "./records";
import type { Screen } from "./screen";
import { type Column, type Table, textOf } from "./table";
import { wrap } from "./wrap";

/**
 * A table as text.
 * - A terminal gets borders, wrapped cells and no line wider than it. If that needs more room than there is, columns give way by
 *   importance. If the essential ones do not fit either, each row becomes a block with a line for each of its cells; what does not even
 *   fit there stands on a line of its own, unbroken.
 * - A pipe gets a line for the titles and one for each row, with tabs between cells, and all of them.
 */
export function renderTable(table: Table, screen: Screen): string {
  if (screen.columns === undefined) return piped(table);
  const { kept, widths } = fitting(table, ({ length }) => (screen.columns ?? 0) - drawnWidth(length));
  if (!widths) return records(table, screen.columns);
  const shown = drawn(columnsOf(table, kept), widths);
  const left = table.columns.filter((_, index) => !kept.includes(index));
  return left.length === 0 ? shown : `${shown}\n${leftOut(left, screen.columns)}`;
}

function leftOut(columns: readonly Column[], width: number): string {
  const names = columns.map(({ title }) => title).join(", ");
  const text = `Left out: ${names}. A wider terminal, --wide or --json shows ${columns.length === 1 ? "it" : "them"}.`;
  return wrap(text, width).map(colours.dim).join("\n");
}

/** A table of some of its columns. */
function columnsOf({ columns, rows, total }: Table, kept: Columns): Table {
  const of = <T>(all: readonly T[]): T[] => kept.flatMap((index) => (index in all ? [all[index] as T] : []));
  return { columns: of(columns), rows: rows.map(of), total: total && of(total) };
}

function piped({ columns, rows, total }: Table): string {
  const lines = [columns.map(({ title }) => title), ...rows, ...(total ? [total] : [])];
  return lines.map((cells) => cells.map((cell) => textOf(cell).replace(/\s*[\t\r\n]\s*/g, " ")).join("\t")).join("\n");
}
