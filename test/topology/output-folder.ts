import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder";

/** Resources by type and name, as in `cdk.tf.json`. */
export type Resources = Record<string, Record<string, Record<string, unknown>>>;

export interface StackInput {
  readonly resources: Resources;
  /** Data sources, besides the remote states. */
  readonly data?: Resources;
  /** Expressions by output name. */
  readonly outputs?: Record<string, string>;
  /** Stacks whose outputs it reads. */
  readonly reads?: readonly string[];
  /** Regions of its providers; each is an alias. */
  readonly regions?: readonly string[];
}

const state = (stack: string) => ({ path: `../../state/${stack}.tfstate` });

/** Writes a folder as cdktf does, with local state and one AWS provider per region. @returns its path */
export function outputFolder(stacks: Readonly<Record<string, StackInput>>): string {
  const folder = temporaryFolder();
  for (const [name, { resources, data = {}, outputs = {}, reads = [], regions = ["eu-west-1"] }] of Object.entries(
    stacks,
  )) {
    mkdirSync(join(folder, "stacks", name), { recursive: true });
    const remoteStates = reads.map((read, index) => [`upstream-${index}`, { backend: "local", config: state(read) }]);
    const blocks = [
      ...Object.entries(data),
      ...(reads.length > 0 ? [["terraform_remote_state", Object.fromEntries(remoteStates)] as const] : []),
    ];
    const json = {
      "//": { metadata: { stackName: name } },
      terraform: { backend: { local: state(name) } },
      provider: { aws: regions.map((region) => ({ alias: region, region })) },
      // Terraform itself refuses empty blocks.
      ...(blocks.length > 0 && { data: Object.fromEntries(blocks) }),
      output: Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, { value }])),
      resource: resources,
    };
    writeFileSync(join(folder, "stacks", name, "cdk.tf.json"), JSON.stringify(json));
  }
  const manifest = Object.entries(stacks).map(([name, { reads = [] }]) => [
    name,
    { name, workingDirectory: `stacks/${name}`, dependencies: reads },
  ]);
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(manifest) }));
  return folder;
}

/** An expression that refers to an attribute of a resource in the same stack. */
export const ref = (attribute: string): string => `\${${attribute}}`;

/** An expression that reads an output of the n-th stack in `reads`. */
export const upstream = (index: number, output: string): string =>
  ref(`data.terraform_remote_state.upstream-${index}.outputs.${output}`);

/** A resource in a region, at a construct path within its stack. */
export const resource = (region: string, path: string, body: Record<string, unknown> = {}) => ({
  "//": { metadata: { path: `stack/${path}` } },
  provider: `aws.${region}`,
  ...body,
});
