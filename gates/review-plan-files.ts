import { basename, dirname, resolve } from "node:path";
import type { Acknowledgement, Violation } from "../contract/gate";
import { UserError } from "../errors";
import { readPlan } from "../terraform";
import { acknowledge, type Review, unusedAcknowledgements } from "./acknowledgements";
import { reasonsBeside } from "./beside-stack";
import { acknowledgementsOf, type CheckOptions, gates, onRequest, reviewPlans, type StackPlan } from "./check";
import { hasState } from "./rules/no-fresh-start";

/** The name of the stack that a plan file is of: that of its folder, as cdktf lays them out, `cdktf.out/stacks/prod-data/plan.json`. */
export function stackOf(file: string): string {
  return basename(dirname(resolve(file)));
}

/** Nothing was checked, because of what was given. */
export class NotCheckedError extends UserError {
  override readonly name = "NotCheckedError";
  override readonly exitCode = 2;
}

/** What the gates say of the plans of one rollout. */
export interface FilesReview extends Review {
  /** Acknowledgements about these stacks that no plan needs. */
  readonly unused: readonly Acknowledgement[];
}

/**
 * Reviews the plan files of one rollout (`terraform show -json`), each against the others.
 * @param found what other scanners have found in them, which is acknowledged as what gates find
 * @throws PlanFileError for a file that is not a plan; NotCheckedError for no file, and for `firstDeployment` with a state that is
 *   not empty. Both have the exit code 2.
 */
export function reviewPlanFiles(
  files: readonly string[],
  options: CheckOptions = {},
  found: readonly Violation[] = [],
): FilesReview {
  if (files.length === 0) {
    throw new NotCheckedError(
      "no plan was given; name the files that `terraform show -json` wrote, one for each state",
    );
  }
  const plans = files.map(
    (file): StackPlan => ({ stack: stackOf(file), plan: readPlan(file), ...reasonsBeside(dirname(resolve(file))) }),
  );
  const deployed = files.filter((_, index) => plans[index] && hasState(plans[index].plan));
  // Left in a pipeline for good, it would switch the gate off that it is for.
  if (options.firstDeployment && deployed.length > 0) {
    throw new NotCheckedError(
      `${deployed.join(", ")}: its state is not empty, so this is not the first deployment; leave --first-deployment out`,
    );
  }
  const own = reviewPlans(plans, options);
  const others = acknowledge(found, acknowledgementsOf(options));
  const review = {
    violations: [...own.violations, ...others.violations],
    accepted: [...own.accepted, ...others.accepted],
  };
  const stacks = plans.map(({ stack }) => stack);
  // What a gate would find that was not asked for, or another scanner whose results are not here, is not known to be gone.
  const asked = [...gates, ...(options.gates ?? [])].map(({ id }) => id).filter((id) => !onRequest.has(id));
  const acknowledgements = acknowledgementsOf(options).filter(
    ({ rule }) => rule === undefined || asked.includes(rule) || found.some((one) => one.rule === rule),
  );
  return { ...review, unused: unusedAcknowledgements(acknowledgements, stacks, review) };
}
