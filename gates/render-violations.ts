import type { Violation } from "../contract/gate";
import { type Column, colours, renderTable, type Screen } from "../output";

const columns: readonly Column[] = [
  { title: "rule", kind: "name", importance: "essential" },
  { title: "stack", kind: "name", importance: "useful" },
  { title: "address", kind: "name", importance: "essential" },
  { title: "what the plan would do", kind: "text", importance: "essential" },
  { title: "how to fix it", kind: "text", importance: "essential" },
];

/**
 * A table of violations: rule, stack where it is known, address, what the plan would do, how to fix it; one line if there are
 * none. Nothing in it is broken, so that it can be copied and searched.
 */
export function renderViolations(violations: readonly Violation[], screen: Screen): string {
  if (violations.length === 0) {
    return colours.green("No violations: nothing that holds data or keys is lost, and no address disappears.");
  }
  const hasStacks = violations.some(({ stack }) => stack);
  const rows = violations.map(({ rule, stack = "-", address, message, howToFix }) => [
    { text: rule, paint: colours.red },
    ...(hasStacks ? [stack] : []),
    address,
    message,
    howToFix,
  ]);
  const table = { columns: columns.filter(({ title }) => hasStacks || title !== "stack"), rows };
  const count = violations.length === 1 ? "1 violation" : `${violations.length} violations`;
  return `${renderTable(table, screen)}\n${colours.red(count)}`;
}
