import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Json, objectOf } from "./json";

/** The resources of a state whose provider the configuration no longer has. */
export interface MissingProvider {
  /** Alias of the provider; of the toolkit's providers, its region, or `hosted-zones` for DNS records in another account. */
  readonly alias: string;
  /** Terraform addresses, without those of data sources and without indexes. */
  readonly resources: readonly { readonly address: string; readonly type: string }[];
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
  const missing = new Map<string, { address: string; type: string }[]>();
  for (const resource of Array.isArray(state.resources) ? state.resources.map(objectOf) : []) {
    // A provider without an alias needs no block, and one within a module is passed on from outside of it.
    const [, name, alias] = /^provider\["[^"]*\/([^"/]+)"\]\.(.+)$/.exec(String(resource.provider)) ?? [];
    if (resource.mode !== "managed" || !alias || aliases.has(`${name}.${alias}`)) continue;
    const type = String(resource.type);
    const path = [resource.module, type, resource.name].filter((part) => part !== undefined);
    const found = missing.get(alias) ?? [];
    found.push({ address: path.join("."), type });
    missing.set(alias, found);
  }
  return [...missing].map(([alias, resources]) => ({ alias, resources }));
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
  const lines = missing.map(({ alias, resources }) => {
    const holding = resources.filter(({ type }) => holdsData(type)).map(({ address }) => address);
    const data = holding.length > 0 ? `; of these hold data or keys: ${holding.join(", ")}` : "";
    return `  ${alias}: ${resources.length} ${resources.length === 1 ? "resource" : "resources"}${data}`;
  });
  return [
    "The state has resources in regions that the configuration no longer has, so Terraform can neither keep nor destroy them:",
    ...lines,
    "Nothing was changed. Restore the home region, the standby regions and the stage of the environment.",
    ...(missing.some(({ alias }) => alias === "hosted-zones")
      ? ["hosted-zones is of hostedZones.recordsRoleArn: restore that field until its records are gone."]
      : []),
    "The home region never changes and a stage is never lowered; how a standby region is given up is told in docs/regions.md.",
  ].join("\n");
}
