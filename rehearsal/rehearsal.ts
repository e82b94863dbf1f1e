import { join } from "node:path";
import type { CheckOptions } from "../gates";
import { type DriverEvent, deploy, synthesize } from "../terraform";
import { type OwnCloudOptions, onOwnCloud } from "./own-cloud";
import { promote, type StackPromotion } from "./promotion";

export interface RehearsalOptions extends Omit<CheckOptions, "firstDeployment">, OwnCloudOptions {
  /** Shell command of the cdktf app, without arguments. */
  readonly app: string;
  readonly environment: string;
  /** Stage to deploy first. */
  readonly from: string;
  /** Stage to promote to. */
  readonly to: string;
  /** Standby regions to promote to; by default the environment's own. */
  readonly standby?: readonly string[];
  readonly signal?: AbortSignal;
  /** Called when a stage begins to be synthesized. */
  readonly onSynthesize?: (stage: string) => void;
  readonly onDeploy?: (event: DriverEvent) => void;
  readonly onPromote?: (event: DriverEvent) => void;
}

/** Deploys an environment at one stage to a simulated cloud of its own and promotes it to another, checked by every gate. */
export async function rehearse(options: RehearsalOptions): Promise<StackPromotion[]> {
  const { app, environment, standby, directory, signal, gates, dataHoldingTypes, leaving } = options;
  const { acknowledgedRemovals, acknowledgedFindings, settings } = options;
  const { onSynthesize = () => {} } = options;
  return onOwnCloud(options, async (env) => {
    // One after the other, because an app command may begin with a build.
    onSynthesize(options.from);
    const from = await synthesize({ app, environment, stage: options.from, output: join(directory, "from"), env });
    onSynthesize(options.to);
    const to = await synthesize({ app, environment, stage: options.to, standby, output: join(directory, "to"), env });
    await deploy({ output: from, env, signal, onEvent: options.onDeploy });
    const checks = { gates, dataHoldingTypes, acknowledgedRemovals, acknowledgedFindings, settings, leaving };
    return promote({ from, to, env, signal, ...checks, onEvent: options.onPromote });
  });
}
