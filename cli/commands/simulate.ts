import { simulate as simulateCommand } from "../../simulator";
import type { Outcome } from "../document";
import { simulateDocument } from "../documents/simulate";
import type { OutputOptions } from "../run-verb";
import { hasProject } from "../toolkit-name";

/**
 * Runs a command inside the simulated cloud, in the folder of any app; its account has the quotas that the environments of a
 * project state. With `--json` the command's output goes to standard error.
 * @returns the command's exit code
 */
export async function simulate(command: string[], { json }: OutputOptions): Promise<Outcome> {
  // An app that is no project may have another engine, or none.
  const { loadProjectIfAny } = hasProject(process.cwd()) ? await import("../../config/index.js") : {};
  const project = loadProjectIfAny?.();
  const done = await simulateCommand(command, {
    awsProvider: project?.awsProvider,
    lambdaConcurrency: project?.statedLambdaConcurrency,
    commandOutput: json ? "stderr" : "stdout",
  });
  return simulateDocument.outcome({ command, ...done, warnings: [...done.warnings] }, done.exitCode);
}
