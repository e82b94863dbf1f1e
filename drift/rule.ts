import type { DriftChange, DriftKind } from "./change";
import type { EnvironmentView } from "./environment-view";

/** Which changes are of a kind, and why. */
export interface DriftRule {
  /** Unique, kebab-case; reports name it. */
  readonly id: string;
  readonly kind: DriftKind;
  /** Types of resources that it is about; every one if left out. */
  readonly types?: readonly string[];
  /** Arguments that it is about, by the first part of their path; every one, and resources that are gone, if left out. */
  readonly attributes?: readonly string[];
  /** What has to be so besides; by what the environment configures, not by a list of names. */
  readonly when?: (change: DriftChange, environment: EnvironmentView) => boolean;
  /** Why it is of that kind, in a sentence without values that may be secret. */
  readonly because: string | ((change: DriftChange, environment: EnvironmentView) => string);
}

/** Whether a rule is about a change. */
export const isAbout = (rule: DriftRule, change: DriftChange, environment: EnvironmentView): boolean =>
  (rule.types?.includes(change.type) ?? true) &&
  (rule.attributes === undefined || (change.attribute !== undefined && rule.attributes.includes(change.attribute))) &&
  (rule.when?.(change, environment) ?? true);
