import CliTable from "cli-table3";
import { colours } from "./colours";
import { painted, type Table, textOf } from "./table";
import { wrap } from "./wrap";

/** Characters that borders and padding add to so many columns. */
export const drawnWidth = (columns: number): number => 3 * columns + 1;

/** A table with borders, its columns as wide as given. A line stands between rows only where one of them has several lines. */
export function drawn({ columns, rows, total }: Table, widths: readonly number[]): string {
  const lines = (cells: Table["rows"][number]): string[] =>
    cells.map((cell, index) => {
      const text = textOf(cell);
      const isText = columns[index]?.kind === "text";
      return painted(cell, isText ? wrap(text, widths[index] ?? 0) : text.split("\n")).join("\n");
    });
  const body = [...rows.map(lines), ...(total ? [lines(total).map((text) => colours.bold(text))] : [])];
  const airy = body.some((cells) => cells.some((text) => text.includes("\n")));
  const table = new CliTable({
    head: columns.map(({ title }, index) =>
      wrap(title, widths[index] ?? 0)
        .map(colours.bold)
        .join("\n"),
    ),
    colAligns: columns.map(({ kind }) => (kind === "number" ? "right" : "left")),
    colWidths: widths.map((width) => width + 2),
    style: { head: [], border: [], compact: !airy },
  });
  table.push(...body);
  return table.toString();
}
