import { type OutcomeCounts, outcomes } from "../terraform";

/** `2 added, 1 changed`; `no changes` for none. */
export function countsInWords(counts: OutcomeCounts): string {
  const parts = outcomes.filter((outcome) => counts[outcome] > 0).map((outcome) => `${counts[outcome]} ${outcome}`);
  return parts.join(", ") || "no changes";
}
