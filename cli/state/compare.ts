import type { BucketView, LostBucket, StoredState } from "./view";

/** How the state of a stack stands in the bucket to go to, against the one to leave. */
export type Standing =
  /** The same in both. */
  | "same"
  /** The bucket to leave is lost; what was written down of it has arrived. What plain Terraform wrote since nobody knows. */
  | "arrived"
  /** The bucket to go to lacks a serial. */
  | "behind"
  /** The bucket to go to has a serial that the other one lacks. */
  | "ahead"
  /** Two histories: other lineages, or one serial with two contents. */
  | "forked"
  /** The current version has come on top of another one with the same or a higher serial. */
  | "contested"
  /** The bucket to leave is lost, and nobody has written down what its last serial was. */
  | "unknown";

/** A state as it stands in both buckets. */
export interface Compared {
  readonly stack: string;
  readonly standing: Standing;
  /** Serial in the bucket to leave; null where it has none, or is lost. */
  readonly from: number | null;
  /** Serial in the bucket to go to; null where it has none. */
  readonly to: number | null;
  /** The highest serial that was written down of a lost bucket; null where none was. */
  readonly known: number | null;
  /** What is so, in words. */
  readonly says: string;
}

/** Compares each state in two buckets, of which the one to leave may be lost. */
export function compared(from: BucketView | LostBucket, to: BucketView): Compared[] {
  const stacks = new Set([...(from.reachable ? from.states.keys() : knownStacks(to)), ...to.states.keys()]);
  return [...stacks].sort().map((stack) => {
    const there = to.states.get(stack);
    return from.reachable ? both(stack, from.states.get(stack), there) : withoutSource(stack, to, there);
  });
}

const knownStacks = ({ ledger, journals }: BucketView): string[] => [
  ...Object.keys(ledger?.states ?? {}),
  ...journals.keys(),
];

function both(stack: string, here: StoredState | undefined, there: StoredState | undefined): Compared {
  const told = (standing: Standing, says: string): Compared => ({
    stack,
    standing,
    from: here?.serial ?? null,
    to: there?.serial ?? null,
    known: null,
    says,
  });
  if (!here) return told("ahead", `serial ${there?.serial} is only in the bucket to go to`);
  if (!there) return told("behind", `serial ${here.serial} has not arrived: the bucket to go to has no state`);
  const top = [here, there].find(({ contested }) => contested !== undefined);
  if (top)
    return told(
      "contested",
      `serial ${top.contested} was written by somebody else, and another version with serial ${top.serial} is on top of it`,
    );
  if (here.lineage !== there.lineage)
    return told(
      "forked",
      `lineage ${here.lineage} with serial ${here.serial}, and lineage ${there.lineage} with serial ${there.serial}`,
    );
  if (here.serial > there.serial)
    return told("behind", `serial ${here.serial} has not arrived: there is ${there.serial}`);
  if (here.serial < there.serial)
    return told("ahead", `there is serial ${there.serial}, which the bucket to leave lacks: it has ${here.serial}`);
  if (here.digest !== there.digest) return told("forked", `serial ${here.serial} has two contents`);
  return told("same", `serial ${here.serial} in both`);
}

function withoutSource(stack: string, { ledger, journals }: BucketView, there: StoredState | undefined): Compared {
  const inLedger = ledger?.states[stack];
  const inJournal = journals.get(stack);
  const known = [inLedger, inJournal]
    .filter((one) => one !== undefined)
    .sort((one, other) => other.serial - one.serial)[0];
  const to = there?.serial ?? null;
  const told = (standing: Standing, says: string): Compared => ({
    stack,
    standing,
    from: null,
    to,
    known: known?.serial ?? null,
    says,
  });
  if (known && there && known.lineage !== there.lineage)
    return told("forked", `lineage ${known.lineage} was written down, and there is lineage ${there.lineage}`);
  if (known && known.serial > (to ?? -1))
    return told("behind", `serial ${known.serial} was written down and has not arrived: there is ${to ?? "no state"}`);
  if (!ledger || !inLedger)
    return told("unknown", `nothing says which serial was the last: there is ${to ?? "no state"}`);
  if (ledger.ended === null)
    return told(
      "unknown",
      `${ledger.command} by ${ledger.who} began at ${ledger.begun} and is not known to have ended: there is ${to ?? "no state"}`,
    );
  if (to !== null && to > inLedger.serial)
    return told(
      "unknown",
      `there is serial ${to}, after serial ${inLedger.serial} that ${ledger.command} left: another program writes too`,
    );
  return told(
    "arrived",
    `serial ${known?.serial} is what ${ledger.command} left at ${ledger.ended}; what other programs wrote since is not known`,
  );
}

/** What was accepted on the command line: a stack, and the serial that is gone on with. */
export type Accepted = ReadonlyMap<string, number>;

/**
 * What stands in the way of going to a bucket.
 * @param isActive whether the bucket to go to is the one that is worked with already, whose states may be ahead
 */
export function inTheWay(all: readonly Compared[], accepted: Accepted, isActive: boolean, lost: boolean): Compared[] {
  return all.filter(({ stack, standing, to }) => {
    if (standing === "same") return false;
    if (standing === "ahead" && isActive) return false;
    // What is reachable arrives; only what is lost, or was given up before, can be given up.
    const canBe = standing === "contested" || (lost && ["behind", "unknown", "arrived"].includes(standing));
    return !(canBe && to !== null && accepted.get(stack) === to);
  });
}
