import {
  type AcceptedRemoval,
  type CheckOptions,
  holdingData,
  noVanishedStack,
  othersIn,
  type Review,
  reasonsIn,
  reviewPlan,
  type Violation,
} from "../gates";
import {
  type DriverEvent,
  type DriverOptions,
  type Plan,
  promote as promoteStacks,
  readStackFolders,
  readSynthesizedStacks,
  resourcesOf,
} from "../terraform";

/** What the plan of one stack would do, its violations, and what is accepted because it is acknowledged. */
export interface StackPromotion {
  readonly stack: string;
  readonly plan: Plan;
  readonly violations: readonly Violation[];
  readonly accepted: readonly AcceptedRemoval[];
}

export interface PromotionOptions
  extends Omit<CheckOptions, "firstDeployment">,
    Pick<DriverOptions, "concurrency" | "env" | "only" | "signal"> {
  /** Output folder of the stage that is deployed now. */
  readonly from: string;
  /** Output folder of the stage to promote to. */
  readonly to: string;
  readonly onEvent?: (event: DriverEvent) => void;
}

/**
 * Promotes deployed stacks as a pipeline does: each is planned, its plan is checked by the gates, and only then applied.
 * After the first stack with a violation, nothing more is applied.
 */
export async function promote({
  from,
  to,
  gates,
  dataHoldingTypes,
  acknowledgedRemovals,
  acknowledgedFindings,
  settings,
  leaving,
  ...driver
}: PromotionOptions): Promise<StackPromotion[]> {
  const deployed = new Set(readStackFolders(from).map(({ name }) => name));
  const others = readStackFolders(to).length > 0 ? othersIn(to) : () => [];
  const beside = reasonsIn(to);
  const reviews = new Map<string, Review>();
  const reports = await promoteStacks({
    ...driver,
    output: to,
    holdsData: holdingData(dataHoldingTypes),
    check: (stack, plan) => {
      const firstDeployment = !deployed.has(stack);
      const acknowledged = { acknowledgedRemovals, acknowledgedFindings };
      const options = { gates, dataHoldingTypes, ...acknowledged, settings, leaving, firstDeployment };
      const review = reviewPlan({ stack, plan, ...beside(stack) }, options, others(stack));
      reviews.set(stack, review);
      return review.violations.length === 0;
    },
  });
  // The plan of the first stack tells it too, of stacks that tell their names.
  const told = new Set(
    [...reviews.values()].flatMap(({ violations, accepted }) => [
      ...violations.map(({ address }) => address),
      ...accepted.map(({ violation }) => violation.address),
    ]),
  );
  return [
    ...abandonedStacks(from, to).filter(({ stack }) => !told.has(stack)),
    ...reports.map(({ stack, plan }) => ({ stack, plan, violations: [], accepted: [], ...reviews.get(stack) })),
  ];
}

/** A stack that is missing at the later stage would leave its whole state behind; one that has only destroyed has left nothing. */
function abandonedStacks(from: string, to: string): StackPromotion[] {
  const kept = new Set(readStackFolders(to).map(({ name }) => name));
  return readSynthesizedStacks(from)
    .filter((stack) => !kept.has(stack.name) && resourcesOf(stack).size > 0)
    .map(({ name }) => ({
      stack: name,
      plan: { format_version: "1.2", resource_changes: [] },
      accepted: [],
      violations: [
        {
          rule: noVanishedStack.id,
          address: name,
          message: "the stack only exists at the earlier stage, so its resources would be left without a configuration",
          howToFix: noVanishedStack.howToFix,
        },
      ],
    }));
}
