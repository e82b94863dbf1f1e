import { loadProjectIfAny } from "../../config";
import { runGates, stackOf } from "../../gates";

export interface GateOptions {
  /** Whether the states are meant to be empty still. */
  readonly firstDeployment?: boolean;
}

/**
 * Checks plan files of any Terraform by the gates, in the folder of a project also by its own gates and with its acknowledged
 * removals.
 * @returns the exit code
 */
export function gate(files: readonly string[], { firstDeployment = false }: GateOptions = {}): number {
  const project = loadProjectIfAny();
  if (!project) return runGates(files, undefined, { firstDeployment });
  const { gates, dataHoldingTypes } = project;
  const acknowledgedRemovals = project.acknowledgedRemovalsIn(files.map(stackOf));
  return runGates(files, undefined, { gates, dataHoldingTypes, acknowledgedRemovals, firstDeployment });
}
