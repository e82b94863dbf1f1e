import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import project from "../../evenkeel.config";
import { openInventory, startSimulator } from "../../simulator";
import { compareWithStates, statesIn } from "../../simulator/inventory/states";
import { DeploymentError, deploy, readSynthesizedStacks } from "../../terraform";
import { synthesizeInto } from "./judge";
import type { Result } from "./results";

export interface DeployEachOptions {
  readonly chosen: readonly Result[];
  readonly inputOf: (number: number) => unknown;
  /** The environments without a change, by name. */
  readonly originals: ReadonlyMap<string, unknown>;
  /** Keeps what deployments start from. */
  readonly folder: string;
  readonly done: (result: Result) => void;
}

/**
 * Deploys changed environments on the simulated cloud: beside the stacks that are as in the environment without a change,
 * those that differ, from nothing.
 */
export async function deployEach({ chosen, inputOf, originals, folder, done }: DeployEachOptions): Promise<void> {
  const cloud = join(folder, "cloud");
  const output = join(folder, "output");
  for (const result of chosen) {
    const kept = join(folder, `start-${result.environment}`);
    if (!existsSync(kept)) {
      process.stdout.write(`Deploying ${result.environment} first.\n`);
      rmSync(cloud, { recursive: true, force: true });
      synthesizeInto(output, originals.get(result.environment), join(cloud, "state"));
      await deployed(cloud, output, () => true);
      cpSync(cloud, join(kept, "cloud"), { recursive: true });
      cpSync(output, join(kept, "output"), { recursive: true });
    }
    rmSync(cloud, { recursive: true, force: true });
    cpSync(join(kept, "cloud"), cloud, { recursive: true });
    synthesizeInto(output, inputOf(result.number), join(cloud, "state"));
    const { changed, gone } = changedStacks(join(kept, "output"), output);
    forget(cloud, new Set([...changed, ...gone]));
    const startedAt = Date.now();
    const said = await deployed(cloud, output, (stack) => changed.has(stack)).then(
      () => "deployed" as const,
      (error: unknown) => {
        if (!(error instanceof DeploymentError)) throw error;
        return error.message.slice(0, 1500);
      },
    );
    done({ ...result, deployed: said });
    process.stdout.write(
      `${result.number} ${result.environment}: ${changed.size} stacks in ${Math.round((Date.now() - startedAt) / 1000)} s\n`,
    );
  }
}

/** Deploys stacks of an output folder on the simulated cloud in a folder. */
export async function deployed(cloud: string, output: string, only: (stack: string) => boolean): Promise<void> {
  const simulator = await startSimulator({
    directory: cloud,
    maxProviders: 1,
    lambdaConcurrency: project.statedLambdaConcurrency,
  });
  try {
    await deploy({ output, env: simulator.env, only, concurrency: 2 });
  } finally {
    await simulator.stop();
  }
}

/** The stacks that are not in another output or not the same there, and those that only the other one has. */
export function changedStacks(
  kept: string,
  output: string,
): { readonly changed: ReadonlySet<string>; readonly gone: readonly string[] } {
  const textsIn = (folder: string) =>
    new Map(readSynthesizedStacks(folder).map(({ name, terraform }) => [name, JSON.stringify(terraform)]));
  const [before, after] = [textsIn(kept), textsIn(output)];
  return {
    changed: new Set([...after.keys()].filter((name) => before.get(name) !== after.get(name))),
    gone: [...before.keys()].filter((name) => !after.has(name)),
  };
}

/** Takes stacks out of a simulated cloud: their states, and what they have made. */
function forget(cloud: string, stacks: ReadonlySet<string>): void {
  for (const name of readdirSync(cloud, { recursive: true, encoding: "utf8" })) {
    const [, stack] = /(?:^|[\\/])([^\\/]+)\.tfstate(?:\.object)?$/.exec(name) ?? [];
    if (stack !== undefined && stacks.has(stack)) rmSync(join(cloud, name));
  }
  const inventory = openInventory(cloud);
  const orphans = new Set(compareWithStates(inventory, statesIn(cloud)).orphans);
  for (const thing of inventory.all()) {
    // Without an owner it came with another thing, such as a replica of a table.
    if (thing.owner ? stacks.has(basename(thing.owner.folder)) : orphans.has(thing)) inventory.remove(thing);
  }
  inventory.compact();
}
