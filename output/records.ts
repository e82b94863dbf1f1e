import { colours } from "./colours";
import { painted, type Table, textOf } from "./table";
import { widthOf, wrap } from "./wrap";

/** Columns of a terminal that a value has at least beside its title, else it stands below it. */
const beside = 20;

/**
 * A table as blocks, one for each row, with a line for the title and the value of each cell. A value that does not fit beside its
 * title stands below it, and one that does not fit there either at the left edge, unbroken.
 */
export function records({ columns, rows, total }: Table, width: number): string {
  const label = Math.max(...columns.map(({ title }) => widthOf(title))) + 2;
  const block = (cells: Table["rows"][number]): string =>
    cells
      .flatMap((cell, index) => {
        const { title = "", kind = "text" } = columns[index] ?? {};
        const text = textOf(cell);
        if (text === "") return [];
        const room = width - label;
        const lines = kind === "text" ? wrap(text, room) : text.split("\n");
        const isNarrow = kind === "text" && room < beside;
        if (!isNarrow && lines.every((line) => widthOf(line) <= room)) {
          const head = colours.bold(title) + " ".repeat(label - widthOf(title));
          return painted(cell, lines).map((line, at) => (at === 0 ? head : " ".repeat(label)) + line);
        }
        const below = kind === "text" ? wrap(text, width - 2) : lines;
        const values = painted(cell, below).map((line, at) =>
          widthOf(below[at] ?? "") > width - 2 ? line : `  ${line}`,
        );
        return [colours.bold(title), ...values];
      })
      .join("\n");
  return [...rows, ...(total ? [total] : [])].map(block).join("\n\n");
}
