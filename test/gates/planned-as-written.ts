import type { Plan, ResourceChange, SynthesizedStack } from "../../terraform";

/** A synthesized stack as the plan of its first deployment, without Terraform: what refers to something else is not known yet. */
export function plannedAsWritten({ terraform }: SynthesizedStack): Plan {
  const written = terraform as unknown as Written;
  const changes = Object.entries(written.resource ?? {}).flatMap(([type, byName]) =>
    Object.entries(byName).map(([name, values]): ResourceChange => {
      const { provider: _, lifecycle: __, depends_on: ___, "//": ____, ...own } = values;
      const [after, unknown] = split(own);
      return {
        address: `${type}.${name}`,
        mode: "managed",
        type,
        change: { actions: ["create"], before: null, after, after_unknown: unknown },
      };
    }),
  );
  const providers = written.terraform?.required_providers ?? {};
  return {
    format_version: "1.2",
    resource_changes: changes,
    configuration: {
      provider_config: Object.fromEntries(
        Object.entries(written.provider ?? {}).flatMap(([name, blocks]) =>
          [blocks].flat().map(({ alias, region }) => [
            alias === undefined ? name : `${name}.${alias}`,
            {
              alias,
              full_name: `registry.terraform.io/${providers[name]?.source}`,
              version_constraint: providers[name]?.version,
              expressions: { region: { constant_value: region } },
            },
          ]),
        ),
      ),
      root_module: {
        resources: Object.entries(written.resource ?? {}).flatMap(([type, byName]) =>
          Object.entries(byName).map(([name, { provider }]) => ({
            address: `${type}.${name}`,
            provider_config_key: provider as string | undefined,
          })),
        ),
      },
    },
  };
}

interface Written {
  readonly terraform?: {
    readonly required_providers?: Readonly<Record<string, { readonly source: string; readonly version?: string }>>;
  };
  readonly provider?: Readonly<Record<string, readonly { readonly alias?: string; readonly region?: string }[]>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

/** A value without what is not known, and what is not: as `after` and `after_unknown` of a plan. */
function split(value: unknown): [unknown, unknown] {
  if (typeof value === "string") return value.includes("${") ? [undefined, true] : [value, undefined];
  if (Array.isArray(value)) {
    const parts = value.map(split);
    return [parts.map(([known]) => known ?? null), parts.map(([, unknown]) => unknown ?? false)];
  }
  if (value !== null && typeof value === "object") {
    // Terraform has nested blocks as lists.
    const parts = Object.entries(value).map(([name, inner]) => [name, ...split(inner)] as const);
    return [
      Object.fromEntries(parts.flatMap(([name, known]) => (known === undefined ? [] : [[name, known]]))),
      Object.fromEntries(parts.flatMap(([name, , unknown]) => (unknown === undefined ? [] : [[name, unknown]]))),
    ];
  }
  return [value, undefined];
}
