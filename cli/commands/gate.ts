import { loadProjectIfAny } from "../../config";
import { reviewPlanFiles, stackOf } from "../../gates";
import type { Outcome } from "../document";
import { gateDocument } from "../documents/gate";
import { reviewData } from "../review-data";

export interface GateOptions {
  /** Whether the states are meant to be empty still. */
  readonly firstDeployment?: boolean;
}

/**
 * Checks plan files of any Terraform by the gates, in the folder of a project also by its own gates and with its acknowledged
 * removals.
 * @returns exit code 0 when every plan passes every gate, 1 for a violation
 * @throws UserError with exit code 2 when nothing was checked
 */
export function gate(files: readonly string[], { firstDeployment = false }: GateOptions = {}): Outcome {
  const project = loadProjectIfAny();
  const own = project && {
    gates: project.gates,
    dataHoldingTypes: project.dataHoldingTypes,
    acknowledgedRemovals: project.acknowledgedRemovalsIn(files.map(stackOf)),
    leaving: project.leavingIn(files.map(stackOf)),
  };
  const review = reviewData(reviewPlanFiles(files, { ...own, firstDeployment }));
  const passed = review.violations.length === 0;
  const plans = files.map((file) => ({ file, stack: stackOf(file) }));
  return gateDocument.outcome({ passed, plans, ...review }, passed ? 0 : 1);
}
