import { mkdirSync } from "node:fs";
import { readAcceptedFindings } from "../../modules/core";
import { objectOf, type Plan } from "../../terraform";
import { type CheckOptions, type Checkov, runCheckov } from "./checkov";
import { reviewScan, type ScanReview } from "./review";

/** The plan of one stack. */
export interface StackPlan {
  readonly stack: string;
  /** Folder of its `cdk.tf.json`, and of the reasons that stand beside its resources. */
  readonly folder: string;
  /** The file with the plan as JSON. */
  readonly file: string;
  readonly plan: Plan;
}

/**
 * Checks plans by Checkov, and looks for the reason of each check that fails.
 * @throws ScannerError if it did not check everything
 */
export async function scanPlans(
  checkov: Checkov,
  plans: readonly StackPlan[],
  options: CheckOptions,
): Promise<ScanReview> {
  mkdirSync(options.directory, { recursive: true });
  const files = plans.map(({ file, plan }) => ({ file, resources: countResources(plan) }));
  const results = await runCheckov(checkov, files, options);
  const stacks = plans.map(({ stack, file, folder }) => ({ stack, file, accepted: readAcceptedFindings(folder) }));
  return reviewScan(stacks, results);
}

/** Resources that a plan leaves in place or makes, data sources aside. */
function countResources(plan: Plan): number {
  const { root_module: root } = objectOf(objectOf(plan).planned_values);
  return countIn(root);
}

function countIn(module: unknown): number {
  const { resources, child_modules: children } = objectOf(module);
  const own = Array.isArray(resources) ? resources.filter((each) => objectOf(each).mode === "managed").length : 0;
  return own + (Array.isArray(children) ? children.reduce<number>((sum, child) => sum + countIn(child), 0) : 0);
}
