import { PlanFileError, readPlan } from "../terraform";
import { type CheckOptions, checkPlans } from "./check";
import { renderViolations } from "./render-violations";

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
 * Checks the plan files of one rollout (`terraform show -json`) and reports every violation.
 * @returns the exit code: 0 when every plan passes every gate, 1 for a violation, 2 for a file that is not a plan
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
    const violations = checkPlans(files.map(readPlan), options);
    report(renderViolations(violations));
    return violations.length > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof PlanFileError)) throw error;
    complain(error.message);
    return 2;
  }
}
