import type { AcknowledgedFinding } from "../contract/acknowledged-finding";
import type { AcknowledgedRemoval } from "../contract/acknowledged-removal";
import type {
  Acknowledgement,
  Finding,
  Gate,
  GateContext,
  GateSettings,
  ReasonedWildcard,
  Violation,
} from "../contract/gate";
import type { Leaving } from "../contract/leaving";
import type { Plan } from "../terraform";
import { acknowledge, type Review } from "./acknowledgements";
import { dataHoldingTypes } from "./data-holding-types";
import { isLeaving } from "./leaving";
import { costIncrease } from "./rules/cost-increase";
import { noAttributeTypeChange } from "./rules/no-attribute-type-change";
import { noDataLoss } from "./rules/no-data-loss";
import { noEarlyRefusal } from "./rules/no-early-refusal";
import { noFinalDeletion } from "./rules/no-final-deletion";
import { noFreshStart } from "./rules/no-fresh-start";
import { noFunctionOff } from "./rules/no-function-off";
import { noIgnoredChange } from "./rules/no-ignored-change";
import { noKeyOff } from "./rules/no-key-off";
import { noLockout } from "./rules/no-lockout";
import { noLostPosition } from "./rules/no-lost-position";
import { noNestedDataLoss } from "./rules/no-nested-data-loss";
import { noOtherExpiry } from "./rules/no-other-expiry";
import { noOtherKey } from "./rules/no-other-key";
import { noOtherRegion } from "./rules/no-other-region";
import { noOutage } from "./rules/no-outage";
import { noProtectionOff } from "./rules/no-protection-off";
import { noPublicStorage } from "./rules/no-public-storage";
import { noRecoveryOff } from "./rules/no-recovery-off";
import { noRecreation } from "./rules/no-recreation";
import { noRefusedChange } from "./rules/no-refused-change";
import { noShorterRetention } from "./rules/no-shorter-retention";
import { noUnencryptedStorage } from "./rules/no-unencrypted-storage";
import { noUnpinnedProvider } from "./rules/no-unpinned-provider";
import { noVanishedAddress } from "./rules/no-vanished-address";
import { noVanishedOutput } from "./rules/no-vanished-output";
import { noVanishedStack } from "./rules/no-vanished-stack";
import { noWeakerSecurity } from "./rules/no-weaker-security";
import { noWildcardPermission } from "./rules/no-wildcard-permission";
import { oneRegionPerWave } from "./rules/one-region-per-wave";
import { requiredTags } from "./rules/required-tags";
import { staticStability } from "./rules/static-stability";

/** Every gate of the toolkit, in the order of its report: the worst first. */
export const gates: readonly Gate[] = [
  noDataLoss,
  noRecreation,
  noOtherRegion,
  noFreshStart,
  noNestedDataLoss,
  noAttributeTypeChange,
  noOtherExpiry,
  noKeyOff,
  noLockout,
  noOtherKey,
  noProtectionOff,
  noFinalDeletion,
  noRecoveryOff,
  noShorterRetention,
  noOutage,
  noEarlyRefusal,
  noLostPosition,
  noFunctionOff,
  noWeakerSecurity,
  noPublicStorage,
  noUnencryptedStorage,
  noWildcardPermission,
  noUnpinnedProvider,
  noRefusedChange,
  noVanishedStack,
  noVanishedAddress,
  noVanishedOutput,
  noIgnoredChange,
  oneRegionPerWave,
  staticStability,
  requiredTags,
  costIncrease,
];

/** Gates that find nothing until their setting asks for it. */
export const onRequest: ReadonlySet<string> = new Set(
  [oneRegionPerWave, staticStability, requiredTags, costIncrease].map(({ id }) => id),
);

/** What plans are checked with, besides the toolkit's gates. */
export interface CheckOptions {
  /** Gates beside the toolkit's own. */
  readonly gates?: readonly Gate[];
  /** Further resource types that hold data or keys, each with what would be lost. */
  readonly dataHoldingTypes?: Readonly<Record<string, string>>;
  /** Removals that are meant; they count for the stack that they name. */
  readonly acknowledgedRemovals?: readonly AcknowledgedRemoval[];
  /** Findings that may stay as they are, each of one gate; they count for the stack that they name. */
  readonly acknowledgedFindings?: readonly AcknowledgedFinding[];
  /** What is asked for beside what always counts: tags, a limit of costs, one region at a time, static stability. */
  readonly settings?: GateSettings;
  /** What leaves the environment: what vanishes there needs no acknowledgement, unless it holds data or keys. */
  readonly leaving?: Leaving;
  /** Whether stacks that start from an empty state are meant to be deployed for the first time. */
  readonly firstDeployment?: boolean;
}

/** What of an environment, or of an account, says how its plans are checked. */
export interface Checked
  extends Required<Pick<CheckOptions, "acknowledgedRemovals" | "leaving">>,
    Pick<CheckOptions, "acknowledgedFindings"> {
  readonly toolkit: Required<Pick<CheckOptions, "gates" | "dataHoldingTypes">>;
}

/** How the plans of an environment are checked. */
export const checkOptionsOf = ({ toolkit, acknowledgedRemovals, acknowledgedFindings, leaving }: Checked) => ({
  gates: toolkit.gates,
  dataHoldingTypes: toolkit.dataHoldingTypes,
  acknowledgedRemovals,
  acknowledgedFindings,
  leaving,
});

/** A plan, with the name of the stack that it is of, if that is known. */
export interface StackPlan {
  readonly stack?: string;
  readonly plan: Plan;
  /** The reasons that stand beside the stack for what its policies name by `*`. */
  readonly wildcards?: readonly ReasonedWildcard[];
  /** Addresses of the providers that the lock file beside the stack pins; undefined without one. */
  readonly lockedProviders?: readonly string[];
}

/** What an environment acknowledges, of both of its lists. */
export const acknowledgementsOf = ({
  acknowledgedRemovals = [],
  acknowledgedFindings = [],
}: Pick<CheckOptions, "acknowledgedRemovals" | "acknowledgedFindings">): readonly Acknowledgement[] => [
  ...acknowledgedRemovals,
  ...acknowledgedFindings,
];

/**
 * What the gates refuse in a plan and what they accept because it is acknowledged.
 * @param others plans of other states in the same rollout, for the gates that look across states
 */
export function reviewPlan(one: StackPlan, options: CheckOptions = {}, others: readonly Plan[] = []): Review {
  return reviewInRollout(one, options, [...others.map((plan) => ({ plan })), one]);
}

function reviewInRollout(one: StackPlan, options: CheckOptions, rollout: readonly StackPlan[]): Review {
  const { stack, plan, wildcards, lockedProviders } = one;
  const context: GateContext = {
    stack,
    others: rollout.filter((other) => other !== one).map((other) => other.plan),
    rollout,
    settings: options.settings,
    wildcards,
    lockedProviders,
    dataHoldingTypes: { ...dataHoldingTypes, ...options.dataHoldingTypes },
    firstDeployment: options.firstDeployment,
  };
  const found = [...gates, ...(options.gates ?? [])].flatMap((gate) =>
    gate.check(plan, context).map((finding) => ({ ...finding, rule: gate.id, howToFix: wayOut(gate, finding), stack })),
  );
  const { leaving } = options;
  const violations = found.filter((violation) => !isLeaving(violation, plan, leaving));
  return acknowledge(violations, acknowledgementsOf(options));
}

/** What to do about a finding, without leaving anybody to try an acknowledgement that is never accepted. */
function wayOut({ howToFix, neverAcknowledged: because }: Gate, finding: Finding): string {
  const way = finding.howToFix ?? howToFix;
  if (finding.removes !== undefined || finding.acknowledgedAs !== undefined) return way;
  return `${way}; it cannot be acknowledged${because === undefined ? "" : `: ${because}`}`;
}

/** Reviews the plans of one rollout, each against the others. */
export function reviewPlans(plans: readonly StackPlan[], options: CheckOptions = {}): Review {
  const reviews = plans.map((one) => reviewInRollout(one, options, plans));
  return {
    violations: reviews.flatMap(({ violations }) => violations),
    accepted: reviews.flatMap(({ accepted }) => accepted),
  };
}

/** What the gate about waves refuses in plans that are applied together. */
export function reviewWave(plans: readonly StackPlan[]): readonly Violation[] {
  const settings = { wave: true };
  return plans.flatMap((one) => {
    const others = plans.filter((other) => other !== one).map(({ plan }) => plan);
    const context: GateContext = { stack: one.stack, others, rollout: plans, settings, dataHoldingTypes };
    return oneRegionPerWave.check(one.plan, context).map((finding) => ({
      ...finding,
      rule: oneRegionPerWave.id,
      howToFix: wayOut(oneRegionPerWave, finding),
      stack: one.stack,
    }));
  });
}

/** The violations of a plan, without regard to acknowledged removals; empty if it may be applied. */
export function checkPlan(plan: Plan, options: CheckOptions = {}, others: readonly Plan[] = []): readonly Violation[] {
  return reviewPlan({ plan }, options, others).violations;
}

/** The violations of the plans of one rollout, each checked against the others. */
export function checkPlans(plans: readonly Plan[], options: CheckOptions = {}): readonly Violation[] {
  return reviewPlans(
    plans.map((plan) => ({ plan })),
    options,
  ).violations;
}
