import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A synthesized stack: the folder that Terraform runs in. */
export interface StackFolder {
  readonly name: string;
  /** Absolute path of the folder that holds `cdk.tf.json`. */
  readonly folder: string;
}

interface Manifest {
  readonly stacks: Record<string, { name: string; workingDirectory: string; dependencies: string[] }>;
}

/** The stacks of a cdktf output folder, each after those whose outputs it reads: the order of deployment. */
export function readStackFolders(output: string): StackFolder[] {
  const manifest = JSON.parse(readFileSync(join(output, "manifest.json"), "utf8")) as Manifest;
  const ordered: StackFolder[] = [];
  const visit = (name: string): void => {
    const stack = manifest.stacks[name];
    if (!stack || ordered.some((done) => done.name === name)) return;
    for (const dependency of stack.dependencies) visit(dependency);
    ordered.push({ name, folder: join(output, stack.workingDirectory) });
  };
  for (const name of Object.keys(manifest.stacks)) visit(name);
  return ordered;
}
