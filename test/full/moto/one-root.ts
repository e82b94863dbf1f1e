import { join } from "node:path";
import type { Json, StackJson, SynthesizedStack } from "../../../terraform";
import { withOwnLayers } from "../../support/on-moto/own-layers";

type Resources = Record<string, Record<string, Json>>;

/** The blocks that hold resources. */
const kinds = ["resource", "ephemeral"] as const;
type Kind = (typeof kinds)[number];

function blocks(terraform: StackJson, kind: Kind): Resources {
  return (terraform[kind] ?? {}) as Resources;
}

export interface OneRootOptions {
  /** The account in place of the stacks' own, 12 digits. */
  readonly account: string;
  /** Types that are left out, and with them what refers to them. */
  readonly leftOut: ReadonlySet<string>;
  /** Names of the hosted zones that the stacks are given, by id; the zones are made here. */
  readonly zones?: Readonly<Record<string, string>>;
}

/**
 * The stacks of an environment as one configuration, so that one apply waits for everything at once. An address becomes
 * `<type>.<stack>_<name>`, and an output of another stack the expression behind it.
 */
export function oneRoot(
  stacks: readonly SynthesizedStack[],
  { account, leftOut, zones = {} }: OneRootOptions,
): StackJson {
  const outputs = new Map<string, string>();
  const merged: Record<string, Resources> = { resource: {}, ephemeral: {} };
  const providers = new Map<string, Json>();
  for (const stack of stacks) {
    const { terraform } = renamed(stack, outputs);
    for (const [name, { value }] of Object.entries(terraform.output ?? {})) {
      outputs.set(`${stack.name} ${name}`, String(value).replace(/^\$\{(.*)\}$/s, "$1"));
    }
    for (const kind of kinds) {
      for (const [type, bodies] of Object.entries(blocks(terraform, kind)))
        merged[kind] = { ...merged[kind], [type]: { ...merged[kind]?.[type], ...bodies } };
    }
    for (const provider of (terraform.provider as { aws?: Json[] } | undefined)?.aws ?? []) {
      providers.set(String(provider.alias), { ...forMoto, ...provider });
    }
  }
  const kept = { ...merged, resource: without(merged.resource ?? {}, leftOut) };
  const own = stacks.flatMap(({ terraform }) => JSON.stringify(terraform.provider).match(/\d{12}/g) ?? []);
  const text = JSON.stringify({ provider: { aws: [forMoto, ...providers.values()] }, ...kept });
  let configuration = own.reduce((replaced, id) => replaced.replaceAll(id, account), text);
  for (const id of Object.keys(zones)) {
    configuration = configuration.replaceAll(`"${id}"`, `"\${aws_route53_zone.${id}.zone_id}"`);
  }
  const { resource, ...rest } = JSON.parse(configuration) as { resource: Resources };
  const made = Object.fromEntries(Object.entries(zones).map(([id, name]) => [id, { name }]));
  return {
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
    ...rest,
    resource: {
      ...resource,
      aws_lambda_function: withoutForeignLayers(resource.aws_lambda_function ?? {}, account),
      ...(Object.keys(zones).length > 0 && { aws_route53_zone: made }),
    },
  };
}

/** Functions without layers of other accounts, which moto does not have and the simulated cloud takes for true. */
function withoutForeignLayers(functions: Resources[string], account: string): Resources[string] {
  return Object.fromEntries(
    Object.entries(functions).map(([name, body]) => [
      name,
      withOwnLayers(body as { layers?: unknown }, account) as Json,
    ]),
  );
}

/** What moto needs; it changes nothing about resources. */
const forMoto = { region: "us-east-1", s3_use_path_style: true, max_retries: 1 };

/** The stack with addresses of its own, with paths of files that hold from everywhere, and without references to other stacks. */
function renamed({ name: stack, folder, terraform }: SynthesizedStack, outputs: ReadonlyMap<string, string>) {
  const known = new Set(
    kinds.flatMap((kind) =>
      Object.entries(blocks(terraform, kind)).flatMap(([type, bodies]) =>
        Object.keys(bodies).map((name) => `${type}.${name}`),
      ),
    ),
  );
  const inText = (text: string): string =>
    text
      .replace(/\b(aws_[a-z0-9_]+|terraform_data)\.([\w-]+)/g, (whole, type, name) =>
        known.has(`${type}.${name}`) ? `${type}.${stack}_${name}` : whole,
      )
      .replace(
        /data\.terraform_remote_state\.cross-stack-reference-input-([\w-]+)\.outputs\.([\w-]+)/g,
        (_whole, other, output) => outputs.get(`${other} ${output}`) ?? `missing_output.${other}.${output}`,
      )
      .replace(/^assets\//, `${join(folder, "assets")}/`);
  const inValue = (value: unknown): unknown => {
    if (typeof value === "string") return inText(value);
    if (Array.isArray(value)) return value.map(inValue);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]) => (key === "//" ? [] : [[key, inValue(inner)]])),
    );
  };
  const named = (kind: Kind): Resources =>
    Object.fromEntries(
      Object.entries(blocks(terraform, kind)).map(([type, bodies]) => [
        type,
        Object.fromEntries(Object.entries(bodies).map(([name, body]) => [`${stack}_${name}`, inValue(body) as Json])),
      ]),
    );
  return {
    terraform: {
      ...terraform,
      resource: named("resource"),
      ephemeral: named("ephemeral"),
      output: inValue(terraform.output),
    } as StackJson,
  };
}

/** Removes the types that are left out, what refers to them, and what refers to that. */
function without(resources: Resources, leftOut: ReadonlySet<string>): Resources {
  const gone = new Set<string>();
  const isGone = (type: string, name: string, body: Json): boolean => {
    if (leftOut.has(type)) return true;
    const text = JSON.stringify(body);
    return [...gone].some((address) => new RegExp(`\\b${address}(?![\\w-])`).test(text)) && name !== "";
  };
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    for (const [type, bodies] of Object.entries(resources))
      for (const [name, body] of Object.entries(bodies)) if (isGone(type, name, body)) gone.add(`${type}.${name}`);
  }
  const left = Object.entries(resources).map(([type, bodies]) => {
    const kept = Object.entries(bodies).filter(([name]) => !gone.has(`${type}.${name}`));
    return [type, Object.fromEntries(kept)] as const;
  });
  return Object.fromEntries(left.filter(([, bodies]) => Object.keys(bodies).length > 0));
}
