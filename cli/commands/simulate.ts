import { loadProjectIfAny } from "../../config";
import { simulate as simulateCommand } from "../../simulator";

/**
 * Runs a command inside the simulated cloud, in the folder of any app; its account has the quotas that the environments of a
 * project state.
 * @returns the command's exit code
 */
export const simulate = (command: string[]): Promise<number> =>
  simulateCommand(command, { lambdaConcurrency: loadProjectIfAny()?.statedLambdaConcurrency });
