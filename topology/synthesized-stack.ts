import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readStackFolders, type StackFolder } from "../rehearsal/stack-folders";
import { type Json, objectOf } from "./resource";
import { TopologyError } from "./topology-error";

/** A stack as cdktf wrote it. */
export interface SynthesizedStack {
  readonly name: string;
  /** Contents of its `cdk.tf.json`. */
  readonly terraform: Json;
}

/**
 * The stacks of a cdktf output folder, each after those whose outputs it reads.
 * @throws TopologyError if the folder is no such output, or holds no stack
 */
export function readSynthesizedStacks(output: string): SynthesizedStack[] {
  const folders = stackFolders(output);
  if (folders.length === 0) {
    throw new TopologyError(`${output}: the output holds no stack; synthesize an environment into it first`);
  }
  return folders.map(({ name, folder }) => ({ name, terraform: readJson(output, join(folder, "cdk.tf.json")) }));
}

function stackFolders(output: string): StackFolder[] {
  const { stacks } = readJson(output, join(output, "manifest.json"));
  const complete = Object.values(objectOf(stacks)).every((stack) => {
    const { workingDirectory, dependencies } = objectOf(stack);
    return typeof workingDirectory === "string" && Array.isArray(dependencies);
  });
  if (stacks !== objectOf(stacks) || !complete) throw noOutput(output, "its manifest.json does not list stacks");
  return readStackFolders(output);
}

function readJson(output: string, file: string): Json {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    const reason = error instanceof SyntaxError ? "is not JSON" : "cannot be read";
    throw noOutput(output, `${file} ${reason}`, error);
  }
  if (content !== objectOf(content)) throw noOutput(output, `${file} holds no object`);
  return objectOf(content);
}

function noOutput(output: string, reason: string, cause?: unknown): TopologyError {
  return new TopologyError(
    `${output}: no output folder of cdktf, because ${reason}; run cdktf synth and give the folder that it wrote (cdktf.out)`,
    { cause },
  );
}
