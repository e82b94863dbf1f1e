import type { CostLine } from "./estimate";

/** What an estimate can be summed up by, besides by stage. */
export const groupings = ["capability", "region", "service"] as const;

export type Grouping = (typeof groupings)[number];

/** What no capability has made. */
const base = "base";

/** What is in no region. */
const global = "global";

const nameOf = (line: CostLine, by: Grouping): string =>
  by === "capability" ? (line.capability ?? base) : by === "region" ? (line.region ?? global) : line.service;

/** US dollars a month by name, in the order in which the names come. */
export function grouped(lines: readonly CostLine[], by: Grouping): Map<string, number> {
  const sums = new Map<string, number>();
  for (const line of lines) sums.set(nameOf(line, by), (sums.get(nameOf(line, by)) ?? 0) + line.usd);
  return sums;
}
