import type { Action, Configuration, Plan, ResourceChange } from "../../terraform";

/** A plan of these changes, as `terraform show -json` has it. */
export function plan(changes: readonly ResourceChange[], configuration?: Configuration): Plan {
  return { format_version: "1.2", resource_changes: changes, ...(configuration ? { configuration } : {}) };
}

/** A change of one resource; the type is the first part of its address. */
export function change(
  address: string,
  actions: readonly Action[],
  {
    before,
    after,
    unknown,
    ...rest
  }: { before?: unknown; after?: unknown; unknown?: unknown } & Partial<ResourceChange> = {},
): ResourceChange {
  const type = address.replace(/^(module\.\w+\.)+/, "").split(".")[0] ?? "";
  return {
    address,
    mode: "managed",
    type,
    change: { actions, before: before ?? null, after: after ?? null, after_unknown: unknown ?? {} },
    ...rest,
  };
}

/** An update in place. */
export function update(address: string, before: unknown, after: unknown, unknown?: unknown): ResourceChange {
  return change(address, ["update"], { before, after, unknown });
}

/** The configuration of resources with the provider of a region each. */
export function configuration(regions: Readonly<Record<string, string>>): Configuration {
  const used = [...new Set(Object.values(regions))];
  return {
    provider_config: Object.fromEntries(
      used.map((region) => [`aws.${region}`, { alias: region, expressions: { region: { constant_value: region } } }]),
    ),
    root_module: {
      resources: Object.entries(regions).map(([address, region]) => ({
        address,
        provider_config_key: `aws.${region}`,
      })),
    },
  };
}
