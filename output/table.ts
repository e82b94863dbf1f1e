/**
 * One column of a table.
 *
 * `kind` says what may happen to its cells: a `text` wraps at words; a `name` (an address, an ARN, a command, a path, the name of
 * a stack) is never broken; a `number` neither, and stands at the right.
 *
 * `importance` says which columns give way where not all fit: first those of `detail`, then those of `useful`, from the right; an
 * `essential` one never. A line below the table names those that are left out.
 */
export interface Column {
  readonly title: string;
  readonly kind: "text" | "name" | "number";
  readonly importance: "essential" | "useful" | "detail";
}

/** What stands in a cell; `paint` colours it, and is called once for each of its lines. */
export type Cell = string | number | { readonly text: string | number; readonly paint: (text: string) => string };

/** A table as data, apart from how wide a screen is. */
export interface Table {
  readonly columns: readonly Column[];
  /** As many cells in each row as there are columns. */
  readonly rows: readonly (readonly Cell[])[];
  /** A last row, apart from the others. */
  readonly total?: readonly Cell[];
}

/** The text of a cell, without its colour. */
export const textOf = (cell: Cell): string => String(typeof cell === "object" ? cell.text : cell);

/** Colours lines of a cell. */
export const painted = (cell: Cell, lines: readonly string[]): string[] =>
  typeof cell === "object" ? lines.map((line) => (line === "" ? line : cell.paint(line))) : [...lines];
