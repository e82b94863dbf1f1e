import { join } from "node:path";
import { appCommand, synthesize, takeRunLock, waitForRunLock } from "../../terraform";
import { type Resource, readResources } from "../../topology";
import { step } from "../step";

/** What an environment consists of, for a verb that works with it in AWS. */
export interface EnvironmentResources {
  readonly resources: readonly Resource[];
  /** What the verb has done, for a run that goes on; without an ending. */
  readonly stateFile: string;
  /** Lets other runs work with the environment. */
  leave(): void;
}

/**
 * Synthesizes an environment, and keeps other runs of the verb away from it meanwhile.
 * @throws InUseError if another process runs the verb on the environment in this checkout
 */
export async function environmentResources(verb: string, name: string): Promise<EnvironmentResources> {
  const directory = join(process.env.EVENKEEL_SIMULATED || ".evenkeel", verb);
  const output = join(directory, "synthesized", name);
  const command = `evenkeel ${verb} ${name}`;
  const stateFile = join(directory, name);
  const leave = takeRunLock({ file: `${stateFile}.lock`, what: `${verb} of ${name} in this checkout`, command });
  try {
    // The app may begin with a build, into a folder that all environments share.
    const synthesis = join(process.env.EVENKEEL_SIMULATED || ".evenkeel", "deploy", "synthesis.lock");
    const synthesized = await waitForRunLock({ file: synthesis, what: "the app", command });
    try {
      const folder = await step(`Synthesizing ${name}`, () =>
        synthesize({ app: appCommand(), environment: name, output, env: {} }),
      );
      return { resources: readResources(folder), stateFile, leave };
    } finally {
      synthesized();
    }
  } catch (error) {
    leave();
    throw error;
  }
}
