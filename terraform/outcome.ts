/** What a plan can do to a resource that is worth counting. */
export const outcomes = ["added", "changed", "replaced", "destroyed", "forgotten"] as const;

export type Outcome = (typeof outcomes)[number];

/** How many resources have which outcome. */
export type OutcomeCounts = Readonly<Record<Outcome, number>>;

/** One resource and what is done to it. */
export interface ResourceOutcome {
  /** Terraform address, `aws_kms_key.data_primary`. */
  readonly address: string;
  readonly outcome: Outcome;
}

/** Counts resources by outcome. */
export function countOutcomes(resources: readonly ResourceOutcome[]): OutcomeCounts {
  const counts: Record<Outcome, number> = { added: 0, changed: 0, replaced: 0, destroyed: 0, forgotten: 0 };
  for (const { outcome } of resources) counts[outcome] += 1;
  return counts;
}
