import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ResourceJson, StackFolder, StackJson } from "../../terraform";

const protections = ["deletion_protection", "deletion_protection_enabled", "enable_deletion_protection"];

/** A configuration without protection against deletion, as an owner writes it who means to delete: AWS refuses otherwise. */
export function unprotected(terraform: StackJson): StackJson {
  const without = (resource: ResourceJson): ResourceJson => ({
    ...resource,
    ...Object.fromEntries(protections.filter((name) => resource[name] === true).map((name) => [name, false])),
  });
  const resource = Object.entries(terraform.resource ?? {}).map(([type, byName]) => [
    type,
    Object.fromEntries(Object.entries(byName).map(([name, body]) => [name, without(body)])),
  ]);
  return { ...terraform, resource: Object.fromEntries(resource) };
}

/** Writes the configuration of a stack to its folder. */
export function writeStack({ folder }: StackFolder, terraform: StackJson): void {
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(terraform));
}
