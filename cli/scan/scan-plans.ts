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
  const planned = plans.map((each) => ({ ...each, resources: resourcesIn(objectOf(each.plan).planned_values) }));
  const files = planned.map(({ file, resources }) => ({ file, resources: resources.length }));
  const results = await runCheckov(checkov, files, options);
  const stacks = planned.map((each) => ({ ...each, accepted: readAcceptedFindings(each.folder) }));
  return reviewScan(stacks, results);
}

/** Addresses of the resources that a plan leaves in place or makes, data sources aside. */
function resourcesIn(plannedValues: unknown): string[] {
  const inModule = (module: unknown): string[] => {
    const { resources, child_modules: children } = objectOf(module);
    const own = Array.isArray(resources) ? resources.map(objectOf).filter(({ mode }) => mode === "managed") : [];
    return [
      ...own.map(({ address }) => String(address)),
      ...(Array.isArray(children) ? children.flatMap(inModule) : []),
    ];
  };
  return inModule(objectOf(plannedValues).root_module);
}
