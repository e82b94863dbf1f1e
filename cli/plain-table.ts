import { renderTable, screenOf } from "../output";

/** A table of figures for standard output: what is measured is in the first column. Nothing gives way. */
export function plainTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = head.map((title, index) => ({
    title,
    kind: index === 0 ? ("text" as const) : ("number" as const),
    importance: "essential" as const,
  }));
  return renderTable({ columns, rows }, screenOf(process.stdout));
}
