import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Json, objectOf } from "./json";
import { localStateFile } from "./local-state";
import type { StackFolder } from "./manifest";
import { readConfiguration, type StateAddress, stateAddresses } from "./missing-providers";
import { TerraformStack, type TerraformStackOptions } from "./terraform-stack";

/** What stands by the state of a stack that the configuration no longer has. */
export interface LeftBehind {
  readonly stack: string;
  readonly resources: readonly StateAddress[];
}

/**
 * Looks into the states that stacks of some names would have, beside those of the stacks that are there. Nothing is changed or
 * locked.
 * @param folder a stack that is there; the states of the others are where its own is, by their names
 * @param names of stacks that are not there
 * @returns those whose state has resources
 * @throws TerraformError if a state cannot be read
 */
export async function leftBehind(
  folder: StackFolder,
  names: readonly string[],
  env: NodeJS.ProcessEnv,
  options: TerraformStackOptions = {},
): Promise<LeftBehind[]> {
  const { backend } = objectOf(readConfiguration(folder.folder).terraform);
  const found = await Promise.all(
    names.map(async (stack) => {
      const own = renamed(objectOf(backend), folder.name, stack);
      const path = join(folder.folder, "..", stack);
      const resources = own && mayHaveState(own, path) ? await resourcesIn(stack, path, own, env, options) : [];
      return { stack, resources };
    }),
  );
  return found.filter(({ resources }) => resources.length > 0);
}

/** Stacks that were worked on in an output folder, in front of whose names stands that of their environment. */
export function stacksWorkedOn(output: string, environment: string): string[] {
  const stacks = join(output, "stacks");
  const names = existsSync(stacks) ? readdirSync(stacks) : [];
  return names.filter((name) => name.startsWith(`${environment}-`) && existsSync(join(stacks, name, ".terraform")));
}

/** A backend with the state of another stack; undefined if the state is not named after the stack. */
function renamed(backend: Json, from: string, to: string): Json | undefined {
  const text = JSON.stringify(backend);
  const file = `${from}.tfstate"`;
  return text.includes(file) ? (JSON.parse(text.replace(file, `${to}.tfstate"`)) as Json) : undefined;
}

/** Only a local state can be seen without Terraform. */
function mayHaveState(backend: Json, folder: string): boolean {
  const file = localStateFile(backend, folder);
  return file === undefined || existsSync(file);
}

async function resourcesIn(
  stack: string,
  folder: string,
  backend: Json,
  env: NodeJS.ProcessEnv,
  options: TerraformStackOptions,
): Promise<readonly StateAddress[]> {
  const file = join(folder, "cdk.tf.json");
  mkdirSync(folder, { recursive: true });
  // Without providers: a state is read without them.
  writeFileSync(file, JSON.stringify({ terraform: { backend } }));
  try {
    return stateAddresses(await new TerraformStack({ name: stack, folder }, env, options).state());
  } finally {
    rmSync(file);
  }
}
