import Table from "cli-table3";
import pc from "picocolors";
import type { Violation } from "../contract/gate";

/**
 * A table of violations: rule, address, what the plan would do, how to fix it; one line if there are none.
 * @param width of the table in characters: the terminal's, or 120 without one
 */
export function renderViolations(violations: readonly Violation[], width = process.stdout.columns || 120): string {
  if (violations.length === 0)
    return pc.green("No violations: nothing that holds data or keys is lost, and no address disappears.");
  const shares = [0.17, 0.25, 0.29, 0.29].map((share) => Math.max(14, Math.floor((width - 5) * share)));
  const table = new Table({
    head: ["rule", "address", "what the plan would do", "how to fix it"].map((text) => pc.bold(text)),
    colWidths: shares,
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const { rule, address, message, howToFix } of violations) {
    const [first = 14, second = 14, third = 14, fourth = 14] = shares;
    table.push([
      pc.red(breakAtSeams(rule, first - 2)),
      breakAtSeams(address, second - 2),
      breakLongWords(message, third - 2),
      breakLongWords(howToFix, fourth - 2),
    ]);
  }
  const count = violations.length === 1 ? "1 violation" : `${violations.length} violations`;
  return `${table.toString()}\n${pc.red(count)}`;
}

/** The text with every word broken that a column is too narrow for, so that none is cut off. */
function breakLongWords(text: string, width: number): string {
  const words = text.split(" ");
  return words.map((word) => (word.length > width ? breakAtSeams(word, width) : word)).join(" ");
}

/** Breaks a text without spaces after `.`, `_` or `-`, so that no line is wider than the column and nothing is cut off. */
function breakAtSeams(text: string, width: number): string {
  const lines = [""];
  for (const piece of text.match(/[^._-]+[._-]*|[._-]+/g) ?? []) {
    for (let rest = piece; rest !== ""; ) {
      const line = lines[lines.length - 1] ?? "";
      const room = width - line.length;
      if (rest.length <= room || line === "") {
        lines[lines.length - 1] = line + rest.slice(0, room);
        rest = rest.slice(room);
      } else {
        lines.push("");
      }
    }
  }
  return lines.join("\n");
}
