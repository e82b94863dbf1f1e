import { rmSync } from "node:fs";
import { startSimulator } from "../simulator";

export interface OwnCloudOptions {
  /** Where the simulated cloud and the synthesized output are kept; emptied first. */
  readonly directory: string;
  /** Version of hashicorp/aws that the app pins; refused if the simulated cloud runs another one. */
  readonly awsProvider?: string;
  /** Concurrent executions of Lambda that the simulated account may have in a region; 1,000 by default. */
  readonly lambdaConcurrency?: number;
}

/** Does something on a new simulated cloud of its own, which stops at the end. @param work gets the variables of Terraform for it */
export async function onOwnCloud<T>(
  { directory, awsProvider, lambdaConcurrency }: OwnCloudOptions,
  work: (env: NodeJS.ProcessEnv) => Promise<T>,
): Promise<T> {
  rmSync(directory, { recursive: true, force: true });
  const simulator = await startSimulator({ directory, awsProvider, realStates: "redirect", lambdaConcurrency });
  try {
    return await work({ ...simulator.env, EVENKEEL_WITHOUT_MOVES: "1" });
  } finally {
    await simulator.stop();
  }
}
