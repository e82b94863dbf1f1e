import type { Gate, GateContext, Violation } from "../contract/gate";
import type { Plan } from "../terraform";
import { dataHoldingTypes } from "./data-holding-types";
import { noAttributeTypeChange } from "./rules/no-attribute-type-change";
import { noDataLoss } from "./rules/no-data-loss";
import { noKeyOff } from "./rules/no-key-off";
import { noNestedDataLoss } from "./rules/no-nested-data-loss";
import { noProtectionOff } from "./rules/no-protection-off";
import { noRecoveryOff } from "./rules/no-recovery-off";
import { noVanishedAddress } from "./rules/no-vanished-address";
import { noVanishedOutput } from "./rules/no-vanished-output";

/** Every gate of the toolkit, in the order of its report: the worst first. */
export const gates: readonly Gate[] = [
  noDataLoss,
  noNestedDataLoss,
  noAttributeTypeChange,
  noKeyOff,
  noProtectionOff,
  noRecoveryOff,
  noVanishedAddress,
  noVanishedOutput,
];

/** What a team, or a capability, adds to the toolkit's gates. */
export interface CheckOptions {
  /** Gates beside the toolkit's own. */
  readonly gates?: readonly Gate[];
  /** Further resource types that hold data or keys, each with what would be lost. */
  readonly dataHoldingTypes?: Readonly<Record<string, string>>;
}

/**
 * The violations of a plan; empty if it may be applied.
 * @param others plans of other states in the same rollout, for the gates that look across states
 */
export function checkPlan(plan: Plan, options: CheckOptions = {}, others: readonly Plan[] = []): Violation[] {
  const context: GateContext = { others, dataHoldingTypes: { ...dataHoldingTypes, ...options.dataHoldingTypes } };
  return [...gates, ...(options.gates ?? [])].flatMap(({ id, howToFix, check }) =>
    check(plan, context).map((finding) => ({ rule: id, ...finding, howToFix })),
  );
}

/** Checks the plans of one rollout, each against the others. */
export function checkPlans(plans: readonly Plan[], options: CheckOptions = {}): Violation[] {
  return plans.flatMap((plan) =>
    checkPlan(
      plan,
      options,
      plans.filter((other) => other !== plan),
    ),
  );
}
