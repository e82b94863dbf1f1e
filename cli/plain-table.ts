import Table from "cli-table3";
import pc from "picocolors";

/** A plain table; colours only where the terminal has them. */
export function plainTable(head: string[], rows: string[][]): string {
  const table = new Table({ head: head.map((text) => pc.bold(text)), style: { head: [], border: [], compact: true } });
  table.push(...rows);
  return table.toString();
}
