import { loadProjectIfAny, type Project } from "../../config";
import { reviewPlanFiles, stackOf } from "../../gates";
import type { Outcome } from "../document";
import { gateDocument } from "../documents/gate";
import { note } from "../note";
import { reviewData } from "../review-data";

export interface GateOptions {
  /** Whether the states are meant to be empty still. */
  readonly firstDeployment?: boolean;
}

/**
 * Checks plan files of any Terraform by the gates, in the folder of a project also by its own gates and with its acknowledged
 * removals. Where there are none, a note says why: what is acknowledged somewhere else is refused here.
 * @returns exit code 0 when every plan passes every gate, 1 for a violation
 * @throws UserError with exit code 2 when nothing was checked
 */
export function gate(files: readonly string[], { firstDeployment = false }: GateOptions = {}): Outcome {
  const project = loadProjectIfAny();
  for (const line of withoutAcknowledgements(project, [...new Set(files.map(stackOf))])) note(line);
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

/** Why nothing is acknowledged in some of the plans: there is no project, or they are of none of its environments. */
function withoutAcknowledgements(project: Project | undefined, stacks: readonly string[]): readonly string[] {
  if (!project) {
    return [
      `Acknowledged removals are not known: there is no evenkeel.config.ts in ${process.cwd()}, so whatever a project acknowledges, or says that it leaves, is refused, and a project's own gates are not checked. For plans of a project, run this in its folder.`,
    ];
  }
  const names = project.environments.map(({ name }) => name);
  const others = stacks.filter((stack) => !names.some((name) => stack.startsWith(`${name}-`)));
  if (others.length === 0) return [];
  return [
    `Acknowledged removals are not known for ${others.map((stack) => JSON.stringify(stack)).join(", ")}: no environment of this project (${names.join(", ")}) has such a stack. A plan is of the stack that its folder is called after, as in cdktf.out/stacks/prod-data/plan.json.`,
  ];
}
