import { simulate as simulateCommand } from "../../simulator";
import { hasProject } from "../toolkit-name";

/**
 * Runs a command inside the simulated cloud, in the folder of any app; its account has the quotas that the environments of a
 * project state.
 * @returns the command's exit code
 */
export async function simulate(command: string[]): Promise<number> {
  // An app that is no project may have another engine, or none.
  const { loadProjectIfAny } = hasProject(process.cwd()) ? await import("../../config/index.js") : {};
  const project = loadProjectIfAny?.();
  return simulateCommand(command, {
    awsProvider: project?.awsProvider,
    lambdaConcurrency: project?.statedLambdaConcurrency,
  });
}
