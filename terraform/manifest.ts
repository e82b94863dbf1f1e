import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../errors";
import { type Json, objectOf } from "./json";

/** A folder that is not a cdktf output folder, or has nothing to work with. */
export class OutputFolderError extends UserError {
  override readonly name = "OutputFolderError";
}

/** The parts of an output folder's `manifest.json` that are read here. */
export interface Manifest {
  readonly stacks: Readonly<Record<string, ManifestStack>>;
}

export interface ManifestStack {
  readonly name: string;
  /** Relative to the output folder. */
  readonly workingDirectory: string;
  /** Names of the stacks that come before it: those whose outputs it reads, or that read of it where something leaves. */
  readonly dependencies: readonly string[];
  /** Names of the stacks whose outputs it reads, where `dependencies` are others. */
  readonly reads?: readonly string[];
}

/** A synthesized stack: the folder that Terraform runs in. */
export interface StackFolder {
  readonly name: string;
  /** Path of the folder that holds `cdk.tf.json`. */
  readonly folder: string;
  /** Names of the stacks that are deployed before it: those whose outputs it reads, but where something leaves. */
  readonly dependencies: readonly string[];
  /** Names of the stacks whose outputs it reads, where `dependencies` are others: it is destroyed before these. */
  readonly reads?: readonly string[];
}

/** Reads which stacks an output folder contains. @throws OutputFolderError if the folder is not a cdktf output folder */
export function readManifest(output: string): Manifest {
  const { stacks } = readOutputJson(output, "manifest.json");
  const complete = Object.values(objectOf(stacks)).every((stack) => {
    const { workingDirectory, dependencies } = objectOf(stack);
    return typeof workingDirectory === "string" && Array.isArray(dependencies);
  });
  if (stacks !== objectOf(stacks) || !complete) throw noOutput(output, "its manifest.json does not list stacks");
  return { stacks: stacks as Manifest["stacks"] };
}

/**
 * The stacks of an output folder, each after those that it depends on: the order of deployment.
 * @throws OutputFolderError if the folder is not a cdktf output folder
 */
export function readStackFolders(output: string): StackFolder[] {
  const { stacks } = readManifest(output);
  const ordered: StackFolder[] = [];
  const seen = new Set<string>();
  const visit = (name: string): void => {
    const stack = stacks[name];
    if (!stack || seen.has(name)) return;
    seen.add(name);
    for (const dependency of stack.dependencies) visit(dependency);
    const { dependencies, reads, workingDirectory } = stack;
    ordered.push({ name, folder: join(output, workingDirectory), dependencies, ...(reads && { reads }) });
  };
  for (const name of Object.keys(stacks)) visit(name);
  return ordered;
}

/** A JSON object in an output folder. @throws OutputFolderError if there is none */
export function readOutputJson(output: string, path: string): Json {
  const file = join(output, path);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const reason = error instanceof SyntaxError ? "is not JSON" : "cannot be read";
    throw noOutput(output, `${file} ${reason}`, error);
  }
  if (content !== objectOf(content)) throw noOutput(output, `${file} does not contain an object`);
  return objectOf(content);
}

function noOutput(output: string, reason: string, cause?: unknown): OutputFolderError {
  return new OutputFolderError(
    `${output}: is not a cdktf output folder, because ${reason}; run cdktf synth and pass the folder that it wrote (cdktf.out)`,
    { cause },
  );
}
