import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Json, objectOf } from "./json";

/** A resource in a state. */
export interface StateAddress {
  /** Terraform address, without an index. */
  readonly address: string;
  readonly type: string;
}

/** The resources of a state whose provider the configuration no longer has. */
export interface MissingProvider {
  /** Alias of the provider; of the toolkit's providers, its region, or `hosted-zones` for DNS records in another account. */
  readonly alias: string;
  /** Terraform addresses, without those of data sources and without indexes. */
  readonly resources: readonly StateAddress[];
}

/** The summary of Terraform's and OpenTofu's error for a resource that is left in the state without its provider. */
export const providerNotPresent = "Provider configuration not present";

/**
 * The providers that resources in a state were made with, and that a configuration no longer has. Terraform can neither
 * plan nor destroy such a resource once it is gone from the configuration.
 * @param state what `terraform state pull` prints
 * @param configuration contents of `cdk.tf.json`
 */
export function missingProviders(state: Json, configuration: Json): MissingProvider[] {
  const aliases = new Set(
    Object.entries(objectOf(configuration.provider)).flatMap(([name, blocks]) =>
      (Array.isArray(blocks) ? blocks : [blocks]).map((block) => `${name}.${String(objectOf(block).alias)}`),
    ),
  );
  const missing = new Map<string, StateAddress[]>();
  for (const resource of managedIn(state)) {
    // A provider without an alias needs no block, and one within a module is passed on from outside of it.
    const [, name, alias] = /^provider\["[^"]*\/([^"/]+)"\]\.(.+)$/.exec(String(resource.provider)) ?? [];
    if (!alias || aliases.has(`${name}.${alias}`)) continue;
    missing.set(alias, [...(missing.get(alias) ?? []), addressOf(resource)]);
  }
  return [...missing].map(([alias, resources]) => ({ alias, resources }));
}

/** The managed resources of a state. @param state what `terraform state pull` prints */
export const stateAddresses = (state: Json): StateAddress[] => managedIn(state).map(addressOf);

const managedIn = (state: Json): Json[] =>
  (Array.isArray(state.resources) ? state.resources.map(objectOf) : []).filter(({ mode }) => mode === "managed");

function addressOf({ module, type, name }: Json): StateAddress {
  return { address: [module, type, name].filter((part) => part !== undefined).join("."), type: String(type) };
}

/** How many resources, and which of them hold data or keys. */
export function countHolding(resources: readonly StateAddress[], holdsData: (type: string) => boolean): string {
  const holding = resources.filter(({ type }) => holdsData(type)).map(({ address }) => address);
  const data = holding.length > 0 ? `; of these hold data or keys: ${holding.join(", ")}` : "";
  return `${resources.length} ${resources.length === 1 ? "resource" : "resources"}${data}`;
}

/** The configuration that cdktf wrote into a stack's folder; empty where there is none. */
export function readConfiguration(folder: string): Json {
  try {
    return objectOf(JSON.parse(readFileSync(join(folder, "cdk.tf.json"), "utf8")));
  } catch {
    return {};
  }
}

/** What happened, for the user: which regions, how many resources, which of them hold data, and what to do. */
export function describeMissing(
  missing: readonly MissingProvider[],
  holdsData: (type: string) => boolean = () => false,
): string {
  const lines = missing.map(({ alias, resources }) => `  ${alias}: ${countHolding(resources, holdsData)}`);
  return [
    "The state has resources in regions that the configuration no longer has, so Terraform can neither keep nor destroy them:",
    ...lines,
    "Nothing was changed. Restore the home region, the standby regions and the stage of the environment; the home region never changes.",
    "For another region that serves first, leave home and standby as they are and name it under regions.active; for another home of the data, make a new environment and copy it.",
    ...(missing.some(({ alias }) => alias === "hosted-zones")
      ? ["hosted-zones is of hostedZones.recordsRoleArn: restore that field until its records are gone."]
      : []),
    "To give a standby region up, or to lower the stage, name the regions under regions.leaving first; for what goes with a whole stack, name it under leavingStacks: docs/regions.md tells the steps.",
  ].join("\n");
}
