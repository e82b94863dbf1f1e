import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type ResourceJson, readSynthesizedStacks, type StackFolder, type StackJson } from "../terraform";

const protections = ["deletion_protection", "deletion_protection_enabled", "enable_deletion_protection"];

/** A configuration without protection against deletion, as an owner writes it who means to delete: AWS refuses otherwise. */
export function unprotected(terraform: StackJson): StackJson {
  // Terraform refuses an empty object of resources.
  if (!terraform.resource) return terraform;
  const without = (resource: ResourceJson): ResourceJson => ({
    ...resource,
    ...Object.fromEntries(protections.filter((name) => resource[name] === true).map((name) => [name, false])),
  });
  const resource = Object.entries(terraform.resource).map(([type, byName]) => [
    type,
    Object.fromEntries(Object.entries(byName).map(([name, body]) => [name, without(body)])),
  ]);
  return { ...terraform, resource: Object.fromEntries(resource) };
}

/** Writes the configuration of a stack to its folder. */
export function writeStack({ folder }: StackFolder, terraform: StackJson): void {
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(terraform));
}

/**
 * Does something with an output folder whose stacks are not protected against deletion; afterwards they are written as they were.
 * @param work is told which stacks have something that is protected: these have to be deployed before anything is destroyed
 */
export async function withoutProtection<T>(
  output: string,
  work: (isProtected: (stack: string) => boolean) => Promise<T>,
): Promise<T> {
  const synthesized = readSynthesizedStacks(output);
  const isProtected = new Set<string>();
  for (const stack of synthesized) {
    const terraform = unprotected(stack.terraform);
    if (!isDeepStrictEqual(terraform, stack.terraform)) isProtected.add(stack.name);
    writeStack(stack, terraform);
  }
  try {
    return await work((stack) => isProtected.has(stack));
  } finally {
    for (const stack of synthesized) writeStack(stack, stack.terraform);
  }
}
