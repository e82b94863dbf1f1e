import type { PlanData } from "./rollout-summary";

/** What GitLab shows of a plan at a merge request: `artifacts:reports:terraform`. */
export interface TerraformReport {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
}

/**
 * The counts of a plan as GitLab has them, where a replacement is a deletion and a creation.
 * @see https://docs.gitlab.com/ci/yaml/artifacts_reports/#artifactsreportsterraform
 */
export function terraformReport({ stacks }: PlanData): TerraformReport {
  const sum = (...outcomes: readonly ("added" | "changed" | "replaced" | "destroyed")[]): number =>
    stacks.reduce((all, { counts }) => outcomes.reduce((total, outcome) => total + counts[outcome], all), 0);
  return { create: sum("added", "replaced"), update: sum("changed"), delete: sum("destroyed", "replaced") };
}
