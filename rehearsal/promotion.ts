import { checkPlan, type Plan, type Violation } from "../gates";
import { readStackFolders } from "./stack-folders";
import { TerraformStack } from "./terraform-stack";

/** What the plan of one stack would do, and what speaks against it. */
export interface StackPromotion {
  readonly stack: string;
  readonly plan: Plan;
  readonly violations: readonly Violation[];
}

export interface PromotionOptions {
  /** Output folder of the stage that is deployed now. */
  readonly from: string;
  /** Output folder of the stage to promote to. */
  readonly to: string;
  readonly env: NodeJS.ProcessEnv;
  /** Told before each stack. */
  readonly onStack?: (stack: string) => void;
}

/**
 * Promotes deployed stacks as a pipeline does: each is planned, its plan checked, and only then applied, because a stack
 * can be planned only after those it reads. Stops applying at the first stack with a violation.
 */
export async function promote({ from, to, env, onStack }: PromotionOptions): Promise<StackPromotion[]> {
  const promotions: StackPromotion[] = abandonedStacks(from, to);
  for (const stackFolder of readStackFolders(to)) {
    onStack?.(stackFolder.name);
    const stack = new TerraformStack(stackFolder, env);
    const plan = await stack.plan();
    const violations = checkPlan(plan);
    promotions.push({ stack: stack.name, plan, violations });
    if (violations.length > 0) break;
    await stack.apply();
  }
  return promotions;
}

/** A stack that the later stage no longer has leaves its whole state behind. */
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
          message: "the stack exists at the earlier stage only, so its resources would be left without a configuration",
          howToFix: "keep the stack, or move its resources to another one with `terraform state mv` first",
        },
      ],
    }));
}

/** Deploys every stack in order. */
export async function deploy(output: string, env: NodeJS.ProcessEnv, onStack?: (stack: string) => void): Promise<void> {
  for (const stackFolder of readStackFolders(output)) {
    onStack?.(stackFolder.name);
    const stack = new TerraformStack(stackFolder, env);
    await stack.plan();
    await stack.apply();
  }
}
