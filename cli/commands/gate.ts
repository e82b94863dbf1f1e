import { runGates, stackOf } from "../../gates";
import project from "../project";

export interface GateOptions {
  /** Whether the states are meant to be empty still. */
  readonly firstDeployment?: boolean;
}

/** Checks plan files with the gates and the acknowledged removals of the project. @returns the exit code */
export function gate(files: readonly string[], { firstDeployment = false }: GateOptions = {}): number {
  const { gates, dataHoldingTypes } = project;
  const acknowledgedRemovals = project.acknowledgedRemovalsIn(files.map(stackOf));
  return runGates(files, undefined, { gates, dataHoldingTypes, acknowledgedRemovals, firstDeployment });
}
