import type { DriftChange, DriftKind } from "./change";
import { companions } from "./companions";
import type { EnvironmentView } from "./environment-view";
import { isRecorded } from "./recorded";
import { type DriftRule, isAbout } from "./rule";
import { driftRules } from "./rules";

/** A change with its kind. */
export interface SortedChange {
  readonly change: DriftChange;
  readonly kind: DriftKind;
  /** Id of the rule that has sorted it. */
  readonly rule: string;
  /** Why it is of that kind, in a sentence. */
  readonly reason: string;
}

/**
 * Sorts changes by the first rule that is about each. What only follows from another argument of the same resource has the kind of that
 * one, and is left out: it says the same, as `tags_all` does. So is what AWS only lists of other resources of the environment.
 * @throws Error if no rule is about a change: the last one is about all
 */
export function sortDrift(
  changes: readonly DriftChange[],
  environment: EnvironmentView,
  rules: readonly DriftRule[] = driftRules,
): SortedChange[] {
  return changes
    .filter((change) => !leadOf(change, changes) && !isRecorded(change, environment))
    .map((change) => sorted(change, environment, rules));
}

function sorted(change: DriftChange, environment: EnvironmentView, rules: readonly DriftRule[]): SortedChange {
  const rule = rules.find((one) => isAbout(one, change, environment));
  if (!rule) throw new Error(`no rule is about ${change.address} ${change.path ?? ""}`);
  const { id, kind, because } = rule;
  return { change, kind, rule: id, reason: typeof because === "string" ? because : because(change, environment) };
}

/** The change that another one follows from; undefined for one that stands for itself. */
function leadOf(change: DriftChange, changes: readonly DriftChange[]): DriftChange | undefined {
  const { stack, address, type, attribute } = change;
  const rows = companions.filter(
    ({ types, attributes }) =>
      (types?.includes(type) ?? true) && attribute !== undefined && attributes.includes(attribute),
  );
  // Of those that follow from each other, the first in the row leads.
  return rows
    .flatMap(({ of }) => of.slice(0, of.includes(attribute ?? "") ? of.indexOf(attribute ?? "") : of.length))
    .map((lead) => changes.find((one) => one.stack === stack && one.address === address && one.attribute === lead))
    .find((found) => found !== undefined && found !== change);
}
