import { basename, dirname, resolve } from "node:path";
import { PlanFileError, readPlan } from "../terraform";
import { describeAccepted, describeAcknowledgeable, unusedAcknowledgements } from "./acknowledgements";
import { type CheckOptions, reviewPlans, type StackPlan } from "./check";
import { renderViolations } from "./render-violations";
import { hasState } from "./rules/no-fresh-start";

/** Where reports and errors about files go; by default the process's own streams. */
export interface GateOutput {
  readonly report: (text: string) => void;
  readonly complain: (text: string) => void;
}

const streams: GateOutput = {
  report: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
};

/**
 * The name of the stack that a plan file is of: that of its folder, as cdktf lays them out, `cdktf.out/stacks/prod-data/plan.json`.
 */
export function stackOf(file: string): string {
  return basename(dirname(resolve(file)));
}

/**
 * Checks the plan files of one rollout (`terraform show -json`) and reports every violation, and what is accepted because
 * the environment acknowledges it.
 * @returns the exit code: 0 when every plan passes every gate, 1 for a violation, 2 for a file that is not a plan, or for
 *   `firstDeployment` with a state that is not empty
 */
export function runGates(
  files: readonly string[],
  { report, complain }: GateOutput = streams,
  options: CheckOptions = {},
): number {
  if (files.length === 0) {
    complain("no plan was given; name the files that `terraform show -json` wrote, one for each state");
    return 2;
  }
  try {
    const plans = files.map((file): StackPlan => ({ stack: stackOf(file), plan: readPlan(file) }));
    const deployed = files.filter((_, index) => plans[index] && hasState(plans[index].plan));
    // Left in a pipeline for good, it would switch the gate off that it is for.
    if (options.firstDeployment && deployed.length > 0) {
      complain(
        `${deployed.join(", ")}: its state is not empty, so this is not the first deployment; leave --first-deployment out`,
      );
      return 2;
    }
    const review = reviewPlans(plans, options);
    const stacks = plans.map(({ stack }) => stack);
    for (const line of describeAccepted(review.accepted)) report(line);
    for (const note of unusedAcknowledgements(options.acknowledgedRemovals ?? [], stacks, review)) report(note);
    report(renderViolations(review.violations));
    for (const line of describeAcknowledgeable(review.violations)) report(line);
    return review.violations.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof PlanFileError)) throw error;
    complain(error.message);
    return 2;
  }
}
