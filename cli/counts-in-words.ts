import { type OutcomeCounts, outcomes } from "../terraform";

/** A number with the noun that it counts: `1 alarm`, `2 alarms`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** `2 added, 1 changed`; `no changes` for none. */
export function countsInWords(counts: OutcomeCounts): string {
  const parts = outcomes.filter((outcome) => counts[outcome] > 0).map((outcome) => `${counts[outcome]} ${outcome}`);
  return parts.join(", ") || "no changes";
}
