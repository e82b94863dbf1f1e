import type { Plan } from "./plan";
import type { Rule, Violation } from "./rule";
import { noAttributeTypeChange } from "./rules/no-attribute-type-change";
import { noDataLoss } from "./rules/no-data-loss";
import { noKeyOff } from "./rules/no-key-off";
import { noNestedDataLoss } from "./rules/no-nested-data-loss";
import { noProtectionOff } from "./rules/no-protection-off";
import { noRecoveryOff } from "./rules/no-recovery-off";
import { noVanishedAddress } from "./rules/no-vanished-address";
import { noVanishedOutput } from "./rules/no-vanished-output";

/** Every rule, in the order of its report: the worst first. */
export const gates: readonly Rule[] = [
  noDataLoss,
  noNestedDataLoss,
  noAttributeTypeChange,
  noKeyOff,
  noProtectionOff,
  noRecoveryOff,
  noVanishedAddress,
  noVanishedOutput,
];

/**
 * Where a plan breaks a rule; empty for a plan that may be applied.
 * @param others plans of other states in the same rollout, for the rules that look across states
 */
export function checkPlan(plan: Plan, others: readonly Plan[] = []): Violation[] {
  return gates.flatMap(({ id, howToFix, check }) =>
    check(plan, others).map((finding) => ({ rule: id, ...finding, howToFix })),
  );
}

/** Checks the plans of one rollout, each against the others. */
export function checkPlans(plans: readonly Plan[]): Violation[] {
  return plans.flatMap((plan) =>
    checkPlan(
      plan,
      plans.filter((other) => other !== plan),
    ),
  );
}
