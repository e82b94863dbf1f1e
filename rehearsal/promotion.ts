import { type CheckOptions, checkPlan, type Violation } from "../gates";
import {
  type DriverEvent,
  type DriverOptions,
  type Plan,
  promote as promoteStacks,
  readStackFolders,
} from "../terraform";

/** What the plan of one stack would do, and its violations. */
export interface StackPromotion {
  readonly stack: string;
  readonly plan: Plan;
  readonly violations: readonly Violation[];
}

export interface PromotionOptions extends CheckOptions, Pick<DriverOptions, "concurrency" | "env" | "signal"> {
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
  ...driver
}: PromotionOptions): Promise<StackPromotion[]> {
  const violations = new Map<string, Violation[]>();
  const reports = await promoteStacks({
    ...driver,
    output: to,
    check: (stack, plan) => {
      const found = checkPlan(plan, { gates, dataHoldingTypes });
      violations.set(stack, found);
      return found.length === 0;
    },
  });
  return [
    ...abandonedStacks(from, to),
    ...reports.map(({ stack, plan }) => ({ stack, plan, violations: violations.get(stack) ?? [] })),
  ];
}

/** A stack that is missing at the later stage would leave its whole state behind. */
function abandonedStacks(from: string, to: string): StackPromotion[] {
  const kept = new Set(readStackFolders(to).map(({ name }) => name));
  return readStackFolders(from)
    .filter(({ name }) => !kept.has(name))
    .map(({ name }) => ({
      stack: name,
      plan: { format_version: "1.2", resource_changes: [] },
      violations: [
        {
          rule: "no-vanished-stack",
          address: name,
          message: "the stack only exists at the earlier stage, so its resources would be left without a configuration",
          howToFix: "keep the stack, or move its resources to another one with `terraform state mv` first",
        },
      ],
    }));
}
