import { simulate as simulateCommand } from "../../simulator";
import project from "../project";

/** Runs a command inside the simulated cloud, whose account has the quotas that the environments state. @returns its exit code */
export const simulate = (command: string[]): Promise<number> =>
  simulateCommand(command, { lambdaConcurrency: project.statedLambdaConcurrency });
