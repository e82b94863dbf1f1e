import { join } from "node:path";
import { type DriverEvent, type Plan, promote, readStackFolders, synthesize } from "../terraform";
import { type OwnCloudOptions, onOwnCloud } from "./own-cloud";

export interface FirstDeploymentOptions extends OwnCloudOptions {
  /** Shell command of the cdktf app, without arguments. */
  readonly app: string;
  readonly environment: string;
  /** Stage to deploy; by default the environment's own. */
  readonly stage?: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: DriverEvent) => void;
}

/** A stack with a plan. */
export interface PlannedStack {
  readonly stack: string;
  /** The folder of its `cdk.tf.json`. */
  readonly folder: string;
  /** The file with the plan as JSON. */
  readonly file: string;
  readonly plan: Plan;
}

/**
 * Plans each stack of an environment from an empty state, on a simulated cloud of its own. A stack is planned after those that it
 * reads have been applied there, so that their outputs are known as they would be in AWS.
 * @returns the stacks in the order of deployment
 */
export async function planFirstDeployment(options: FirstDeploymentOptions): Promise<PlannedStack[]> {
  const { app, environment, stage, directory, signal, onEvent } = options;
  return onOwnCloud(options, async (env) => {
    const output = await synthesize({ app, environment, stage, output: join(directory, "output"), env });
    const folders = new Map(readStackFolders(output).map(({ name, folder }) => [name, folder]));
    const reports = await promote({ output, env, environment, signal, onEvent, check: () => true });
    return reports.map(({ stack, plan }) => {
      const folder = folders.get(stack) ?? output;
      return { stack, folder, file: join(folder, "plan.json"), plan };
    });
  });
}
