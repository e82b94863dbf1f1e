import { join } from "node:path";
import type { Deployable } from "../../config";
import { ConfigError } from "../../modules/core";
import { suggestion } from "../../modules/core/messages";
import { appCommand, readStackFolders, synthesize, takeRunLock, useLockFile, waitForRunLock } from "../../terraform";
import { step } from "../step";

/** The stacks of an environment, synthesized, in a folder that nobody else writes to until it is left. */
export interface Workplace {
  /** The cdktf output folder, relative to the project's. */
  readonly output: string;
  /** Names of all stacks, in the order of deployment. */
  readonly stacks: readonly string[];
  leave(): void;
}

/**
 * Synthesizes an environment into the folder that its deployments work in. The folder stays from run to run: Terraform keeps
 * there what it has initialized, and a state that it could not store.
 * @param verb what this process does to the environment, for messages of others
 * @param env environment variables of the app, on top of this process's own
 * @throws InUseError if another process works with the environment from this checkout
 */
export async function enterWorkplace(
  { name }: Deployable,
  verb: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Workplace> {
  return enterFolder(name, verb, async (output, directory) => {
    // The app may begin with a build, into a folder that all environments share.
    const command = commandOf(verb, name);
    const synthesized = await waitForRunLock({ file: join(directory, "synthesis.lock"), what: "the app", command });
    try {
      await step(`Synthesizing ${name}`, () => synthesize({ app: appCommand(), environment: name, output, env }));
    } finally {
      synthesized();
    }
  });
}

/**
 * The folder that deployments of an environment work in, with stacks that are not synthesized.
 * @param write writes the cdktf output folder
 * @throws InUseError if another process works with the environment from this checkout
 */
export async function enterFolder(
  name: string,
  verb: string,
  write: (output: string, directory: string) => void | Promise<void>,
): Promise<Workplace> {
  const { directory, simulated } = deploymentDirectory();
  const output = join(directory, name);
  const leave = takeRunLock({
    file: `${output}.lock`,
    what: `${name}${simulated ? ", on the simulated cloud," : ""} in this checkout (${output})`,
    command: commandOf(verb, name),
  });
  try {
    await write(output, directory);
    const stacks = readStackFolders(output);
    for (const stack of stacks) useLockFile(stack);
    return { output, stacks: stacks.map((stack) => stack.name), leave };
  } catch (error) {
    leave();
    throw error;
  }
}

const commandOf = (verb: string, name: string): string => `evenkeel ${verb} ${name}`;

/** Where deployments work, apart for the simulated cloud, which says where it keeps its files. */
function deploymentDirectory(): { directory: string; simulated: boolean } {
  const simulated = process.env.EVENKEEL_SIMULATED;
  return { directory: join(simulated || ".evenkeel", "deploy"), simulated: Boolean(simulated) };
}

/**
 * Which stacks to work on.
 * @param choice comma-separated names, with or without the environment's in front; undefined for all
 * @throws ConfigError when one of them does not exist
 */
export function chosenStacks(
  environment: string,
  stacks: readonly string[],
  choice: string | undefined,
): (stack: string) => boolean {
  if (choice === undefined) return () => true;
  const short = (stack: string) => stack.slice(environment.length + 1);
  const names = choice.split(",").filter((name) => name !== "");
  const found = names.map((name) => stacks.find((stack) => stack === name || short(stack) === name));
  const unknown = names.filter((_, index) => found[index] === undefined);
  if (unknown.length > 0 || names.length === 0) {
    throw new ConfigError(
      "--stacks",
      (names.length === 0 ? [choice] : unknown).map((name) => ({
        path: name,
        message: `is not a stack of ${environment}; ${suggestion(name, stacks.map(short))}`,
        received: name,
      })),
    );
  }
  return (stack) => found.includes(stack);
}
