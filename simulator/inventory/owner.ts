import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Blocks, ResourceJson, StackJson } from "../../terraform";
import { isObject, type ObjectValue, type Value } from "../protocol/values";

/** The values of a resource that the same configuration manages, by its address. */
export type StateAt = (address: string) => ObjectValue | undefined;

/** What is read of a configuration. */
interface Configuration {
  readonly resources: Blocks;
  /** By `aws.<alias>`, or `aws` for the default provider. */
  readonly regions: ReadonlyMap<string, unknown>;
}

const read = new Map<string, Configuration & { readonly changed: number }>();

/** The call that a resource is sought for. */
export interface Sought {
  readonly folder: string;
  readonly type: string;
  readonly region: string;
  /** The evaluated arguments. */
  readonly config: ObjectValue;
}

/**
 * The address of a resource in the configuration of a folder. Terraform does not tell a provider which resource a call is
 * about, so it is found by its arguments. Undefined when there is no JSON configuration, or no or several resources fit.
 * @param taken Addresses that are known to be something else.
 */
export function addressOf(
  { folder, type, region, config }: Sought,
  stateAt: StateAt,
  taken: ReadonlySet<string>,
): string | undefined {
  const { resources, regions } = configurationIn(folder);
  const here = ({ provider = "aws" }: ResourceJson) => [region, undefined].includes(textOf(regions.get(provider)));
  const candidates = Object.entries(resources[type] ?? {})
    .filter(([, body]) => here(body))
    .map(([name, body]) => ({ address: `${type}.${name}`, fit: fitOf(body, config, stateAt) }))
    .filter(({ address, fit }) => fit >= 0 && !taken.has(address))
    .sort((a, b) => b.fit - a.fit);
  const [best, next] = candidates;
  return best && best.fit !== next?.fit ? best.address : undefined;
}

const nothing: Configuration = { resources: {}, regions: new Map() };

function configurationIn(folder: string): Configuration {
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith(".tf.json"));
    const [only] = files;
    if (files.length !== 1 || !only) return nothing;
    const file = path.join(folder, only);
    const changed = statSync(file).mtimeMs;
    const known = read.get(file);
    if (known?.changed === changed) return known;
    const { resource: resources = {}, provider } = JSON.parse(readFileSync(file, "utf8")) as StackJson;
    const configuration = { changed, resources, regions: regionsOf(provider) };
    read.set(file, configuration);
    return configuration;
  } catch {
    return nothing;
  }
}

/** @param providers the provider blocks of a configuration, one or a list for each provider */
function regionsOf(providers: unknown): Map<string, unknown> {
  const { aws = [] } = (providers ?? {}) as { aws?: ProviderJson | readonly ProviderJson[] };
  return new Map([aws].flat().map(({ alias, region }) => [alias ? `aws.${alias}` : "aws", region]));
}

interface ProviderJson {
  readonly alias?: string;
  readonly region?: unknown;
}

/** A literal text; undefined for anything else. */
const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && !value.includes("${") ? value : undefined;

/** How many arguments agree; -1 when one does not. Arguments that cannot be compared do not count. */
function fitOf(body: Readonly<Record<string, unknown>>, config: ObjectValue, stateAt: StateAt): number {
  let fit = 0;
  for (const [name, written] of Object.entries(body)) {
    if (!(name in config)) continue;
    const given = config[name] ?? null;
    const block = onlyBlock(written);
    const givenBlock = onlyBlock(given);
    if (block && givenBlock) {
      const inner = fitOf(block, givenBlock as ObjectValue, stateAt);
      if (inner < 0) return -1;
      fit += inner;
      continue;
    }
    const wanted = Array.isArray(written) ? allEvaluated(written, stateAt) : evaluated(written, stateAt);
    if (wanted === undefined || isObject(given) || Array.isArray(given) !== Array.isArray(wanted)) continue;
    if (comparable(wanted) !== comparable(given)) return -1;
    fit += 1;
  }
  return fit;
}

/** A block that stands once, with a list around it or without. */
function onlyBlock(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const [only, ...others] = Array.isArray(value) ? value : [value];
  return others.length === 0 && isObject(only) ? (only as Readonly<Record<string, unknown>>) : undefined;
}

/** The elements of a list or set; undefined if one of them cannot be compared. */
function allEvaluated(written: readonly unknown[], stateAt: StateAt): Value[] | undefined {
  const values = written.map((element) => evaluated(element, stateAt));
  return values.every((value) => value !== undefined) ? values : undefined;
}

/** The same text for equal values; the order of a list does not count, as it may be a set. */
const comparable = (value: Value): string =>
  Array.isArray(value) ? value.map(String).sort().join("\n") : String(value);

/** A literal, or a text with references to what is known; undefined for anything else. */
function evaluated(written: unknown, stateAt: StateAt): Value | undefined {
  if (typeof written === "number" || typeof written === "boolean") return written;
  if (typeof written !== "string") return undefined;
  const text = written.replace(
    /\$\{([a-z0-9_]+\.[\w-]+)\.(\w+)\}/g,
    (reference, address: string, attribute: string) => {
      const value = stateAt(address)?.[attribute];
      return typeof value === "string" || typeof value === "number" ? String(value) : reference;
    },
  );
  return /[$%]\{/.test(text) ? undefined : text;
}
