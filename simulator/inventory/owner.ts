import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Blocks, StackJson } from "../../terraform";
import { isObject, type ObjectValue, type Value } from "../protocol/values";

/** The values of a resource that the same configuration manages, by its address. */
export type StateAt = (address: string) => ObjectValue | undefined;

const read = new Map<string, { readonly changed: number; readonly resources: Blocks }>();

/**
 * The address of a resource in the configuration of a folder. Terraform does not tell a provider which resource a call is
 * about, so it is found by its arguments. Undefined when there is no JSON configuration, or no or several resources fit.
 * @param config The evaluated arguments of the call.
 * @param taken Addresses that are known to be something else.
 */
export function addressOf(
  folder: string,
  type: string,
  config: ObjectValue,
  stateAt: StateAt,
  taken: ReadonlySet<string>,
): string | undefined {
  const candidates = Object.entries(resourcesIn(folder)[type] ?? {})
    .map(([name, body]) => ({ address: `${type}.${name}`, fit: fitOf(body, config, stateAt) }))
    .filter(({ address, fit }) => fit >= 0 && !taken.has(address))
    .sort((a, b) => b.fit - a.fit);
  const [best, next] = candidates;
  return best && best.fit !== next?.fit ? best.address : undefined;
}

function resourcesIn(folder: string): Blocks {
  try {
    const files = readdirSync(folder).filter((name) => name.endsWith(".tf.json"));
    const [only] = files;
    if (files.length !== 1 || !only) return {};
    const file = path.join(folder, only);
    const changed = statSync(file).mtimeMs;
    const known = read.get(file);
    if (known?.changed === changed) return known.resources;
    const { resource = {} } = JSON.parse(readFileSync(file, "utf8")) as StackJson;
    read.set(file, { changed, resources: resource });
    return resource;
  } catch {
    return {};
  }
}

/** How many arguments agree; -1 when one does not. Arguments that cannot be compared do not count. */
function fitOf(body: Readonly<Record<string, unknown>>, config: ObjectValue, stateAt: StateAt): number {
  let fit = 0;
  for (const [name, written] of Object.entries(body)) {
    if (!(name in config)) continue;
    const wanted = evaluated(written, stateAt);
    const given = config[name] ?? null;
    if (wanted === undefined || isObject(given) || Array.isArray(given)) continue;
    if (String(wanted) !== String(given)) return -1;
    fit += 1;
  }
  return fit;
}

/** A literal or a plain reference, evaluated; undefined for anything else. */
function evaluated(written: unknown, stateAt: StateAt): Value | undefined {
  if (typeof written === "number" || typeof written === "boolean") return written;
  if (typeof written !== "string") return undefined;
  const [, address, attribute] = /^\$\{([a-z0-9_]+\.[\w-]+)\.(\w+)\}$/.exec(written) ?? [];
  if (address && attribute) return stateAt(address)?.[attribute];
  return /[$%]\{/.test(written) ? undefined : written;
}
