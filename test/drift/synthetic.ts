import { type DriftChange, EnvironmentView } from "../../drift";
import type { Json, SynthesizedStack } from "../../terraform";

/** A resource of a made-up stack: how it is configured, and what its state has. */
export interface Made {
  readonly address: string;
  readonly configured?: Json;
  readonly values?: Json;
}

/** A stack with these resources, all of which are in eu-west-1. */
export function stackOf(name: string, resources: readonly Made[]): SynthesizedStack {
  const resource: Record<string, Record<string, Json>> = {};
  for (const { address, configured } of resources) {
    const [type = "", id = ""] = address.split(".");
    resource[type] = { ...resource[type], [id]: { provider: "aws.eu-west-1", ...configured } };
  }
  return { name, folder: name, dependencies: [], terraform: { resource } } as unknown as SynthesizedStack;
}

/** An environment of one such stack. */
export const viewOf = (resources: readonly Made[]): EnvironmentView =>
  new EnvironmentView([
    {
      stack: stackOf("prod-data", resources),
      state: {
        resources: resources.map(({ address, values = {} }) => {
          const [type, name] = address.split(".");
          return { mode: "managed", type, name, instances: [{ attributes: values }] };
        }),
      },
    },
  ]);

/** A change of an argument that the configuration does not set. */
export const changeOf = (address: string, path: string, more: Partial<DriftChange> = {}): DriftChange => ({
  stack: "prod-data",
  address,
  type: address.split(".")[0] ?? "",
  region: "eu-west-1",
  path,
  attribute: /^\w+/.exec(path)?.[0],
  before: "a",
  after: "b",
  sensitive: false,
  configured: false,
  ignored: false,
  values: {},
  now: {},
  ...more,
});
