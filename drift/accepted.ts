import type { AcceptedDrift } from "../contract/accepted-drift";
import { hasExpired } from "../gates";
import type { DriftChange } from "./change";
import type { SortedChange } from "./sort";

/** A sorted change, with the entry of the environment that accepts it. */
export interface JudgedChange extends SortedChange {
  /** The entry that accepts it; undefined where none does. */
  readonly accepted?: AcceptedDrift;
  /** The entry that accepted it until it expired. */
  readonly expired?: AcceptedDrift;
}

/** What there is of drift, once what the environment accepts is taken into account. */
export interface JudgedDrift {
  readonly changes: readonly JudgedChange[];
  /** Entries about stacks that were looked at, which nothing needs: expired ones of drift that is gone as well. */
  readonly unused: readonly AcceptedDrift[];
}

/**
 * Marks what the environment accepts: the same address in the same stack, and the argument or what it is in. What has expired accepts
 * nothing.
 * @param stacks names of the stacks that were looked at
 * @param now milliseconds since 1970
 */
export function judgeDrift(
  sorted: readonly SortedChange[],
  entries: readonly AcceptedDrift[],
  stacks: readonly string[],
  now = Date.now(),
): JudgedDrift {
  const used = new Set<AcceptedDrift>();
  const changes = sorted.map((one): JudgedChange => {
    const about = entries.filter((entry) => isAccepted(entry, one.change));
    for (const entry of about) used.add(entry);
    const accepted = about.find((entry) => !hasExpired(entry, now));
    if (accepted) return { ...one, accepted };
    return about[0] ? { ...one, expired: about[0] } : one;
  });
  return { changes, unused: entries.filter((entry) => stacks.includes(entry.stack) && !used.has(entry)) };
}

/** Whether a change is for somebody to look at: neither meant nor accepted. */
export const isOpen = ({ kind, accepted }: JudgedChange): boolean =>
  (kind === "by-hand" || kind === "unknown") && accepted === undefined;

function isAccepted({ stack, address, attribute }: AcceptedDrift, change: DriftChange): boolean {
  if (stack !== change.stack || address !== change.address) return false;
  if (attribute === undefined || change.path === undefined) return attribute === change.path;
  const { path } = change;
  return path === attribute || (path.startsWith(attribute) && /^[.[]/.test(path.slice(attribute.length)));
}
