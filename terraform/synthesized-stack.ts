import { join, relative } from "node:path";
import type { Json } from "./json";
import { OutputFolderError, readOutputJson, readStackFolders, type StackFolder } from "./manifest";

/** A stack as cdktf wrote it. */
export interface SynthesizedStack extends StackFolder {
  /** Contents of its `cdk.tf.json`. */
  readonly terraform: StackJson;
}

/** `cdk.tf.json`: Terraform's JSON syntax, in the shape that cdktf gives it. */
export interface StackJson extends Json {
  readonly terraform?: { readonly backend?: Backend } & Json;
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly output?: Readonly<Record<string, { readonly value?: unknown } & Json>>;
}

/** Resources or data sources by type and name. */
export type Blocks = Readonly<Record<string, Readonly<Record<string, ResourceJson>>>>;

export interface ResourceJson extends Json {
  /** Reference to a provider, `aws.eu-west-1`. */
  readonly provider?: string;
}

/** Where the state is stored. */
export interface Backend extends Json {
  readonly local?: { readonly path?: string; readonly workspace_dir?: string };
  readonly s3?: { readonly bucket?: string; readonly key?: string };
}

/**
 * The stacks of a cdktf output folder, each after those whose outputs it reads.
 * @throws OutputFolderError if the folder is not a cdktf output folder, or contains no stacks
 */
export function readSynthesizedStacks(output: string): SynthesizedStack[] {
  const folders = readStackFolders(output);
  if (folders.length === 0) {
    throw new OutputFolderError(`${output}: contains no stacks; synthesize an environment into it first`);
  }
  return folders.map((stack) => ({
    ...stack,
    terraform: readOutputJson(output, join(relative(output, stack.folder), "cdk.tf.json")),
  }));
}

/** The resources of a stack by address, `aws_kms_key.data_primary`; without data sources. */
export function resourcesOf({ terraform }: SynthesizedStack): Map<string, ResourceJson> {
  return new Map(
    Object.entries(terraform.resource ?? {}).flatMap(([type, resources]) =>
      Object.entries(resources).map(([name, resource]) => [`${type}.${name}`, resource] as const),
    ),
  );
}

/** The region that a provider of a stack is set to; undefined where its configuration does not say it. */
export function regionOfProvider({ terraform }: SynthesizedStack, provider: string): string | undefined {
  const [type = "aws", alias] = provider === "" ? ["aws"] : provider.split(".");
  const configured = [
    (terraform.provider as Readonly<Record<string, unknown>> | undefined)?.[type],
  ].flat() as readonly {
    readonly alias?: string;
    readonly region?: string;
  }[];
  return configured.find((one) => one?.alias === alias)?.region;
}
