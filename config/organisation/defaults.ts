import type { z } from "zod";
import { partitionOf, showPath } from "../../modules/core";
import { filled, type Organisation, retentionFields, sample, type TemplateValues } from "./schema";

type Fields = Record<string, unknown>;

/** An environment with an organisation's defaults. */
export interface WithDefaults {
  readonly input: unknown;
  /** The defaults that came to it: the path in the organisation, by the path in the environment. */
  readonly origins: ReadonlyMap<string, string>;
}

/**
 * Fills in what an environment does not state and the organisation has a default for. It never throws: what is wrong with the
 * input is told where it is checked.
 * @param schema of an environment; its structure says where something is kept for a number of days
 */
export function withDefaults(schema: z.ZodType, input: unknown, { defaults }: Organisation): WithDefaults {
  if (!isFields(input)) return { input, origins: new Map() };
  const origins = new Map<string, string>();
  const merged: Fields = { ...input };
  const put = (into: Fields, path: readonly string[], from: readonly string[], value: unknown) => {
    const name = path.at(-1) ?? "";
    if (value === undefined || into[name] !== undefined) return;
    into[name] = value;
    origins.set(showPath(path), showPath(["organisation", "defaults", ...from]));
  };
  const group = (name: "tags" | "iam" | "state" | "alerts" | "quotas" | "hostedZones", values: Readonly<Fields>) => {
    const own = merged[name] ?? {};
    if (!isFields(own) || Object.keys(values).length === 0) return;
    // The organisation's come first, so that the order does not depend on what the environment states.
    const joined: Fields = { ...own };
    for (const [key, value] of Object.entries(values)) put(joined, [name, key], [name, key], value);
    merged[name] = joined;
  };
  const values = templateValues(input);
  group("tags", defaults.tags);
  group("quotas", defaults.quotas);
  group("alerts", defaults.alerts);
  if (values) {
    const { iam, hostedZones, deployRoleArn } = defaults;
    group("iam", filledIn(iam, values));
    group("hostedZones", filledIn(hostedZones, values));
    put(merged, ["deployRoleArn"], ["deployRoleArn"], deployRoleArn && filled(deployRoleArn, values));
  }
  const state = filledIn(defaults.state, values ?? sample);
  const own = merged.state ?? {};
  if (Object.keys(state).length > 0 && isFields(own) && (own.backend ?? "s3") === "s3") {
    merged.state = { backend: "s3", ...own };
    group("state", state);
  }
  const byField = new Map(
    Object.entries(retentionFields).flatMap(([kind, field]) => {
      const days = defaults.retentionDays[kind as keyof typeof retentionFields];
      return days === undefined ? [] : [[field as string, { kind, days }] as const];
    }),
  );
  const keep = (at: z.ZodType, value: unknown, path: readonly PropertyKey[]): unknown =>
    inFields(at, value, path, (name, where) => {
      const found = byField.get(name);
      if (!found) return undefined;
      origins.set(showPath(where), showPath(["organisation", "defaults", "retentionDays", found.kind]));
      return found.days;
    });
  return { input: byField.size > 0 ? keep(schema, merged, []) : merged, origins };
}

const filledIn = (templates: Readonly<Record<string, string | undefined>>, values: TemplateValues): Fields =>
  Object.fromEntries(Object.entries(templates).map(([key, text]) => [key, text && filled(text, values)]));

/** The values that templates name; undefined if the environment does not state them rightly. */
export function templateValues(input: Readonly<Fields>): TemplateValues | undefined {
  const { account, name, regions } = input;
  const region = isFields(regions) ? regions.home : undefined;
  if (typeof account !== "string" || typeof name !== "string" || typeof region !== "string") return undefined;
  return { account, environment: name, region, partition: partitionOf(region) };
}

interface Def {
  readonly type: string;
  readonly shape?: Record<string, z.ZodType>;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly discriminator?: string;
  readonly defaultValue?: unknown;
}

/** Finds the value of a field of this name that is not stated; undefined for none. */
type Missing = (name: string, path: readonly PropertyKey[]) => unknown;

/**
 * A value with more of its schema's fields filled in, in what it states and in what the schema makes where nothing is stated.
 * Parts that are optional and not stated stay so.
 */
function inFields(schema: z.ZodType, value: unknown, path: readonly PropertyKey[], missing: Missing): unknown {
  const def = schema._zod.def as unknown as Def;
  if (def.innerType) {
    if (value !== undefined || !("defaultValue" in def)) return inFields(def.innerType, value, path, missing);
    const made = def.defaultValue;
    const found = inFields(def.innerType, made, path, missing);
    return found === made ? undefined : found;
  }
  if (def.options) {
    const key = def.discriminator;
    if (key === undefined || !isFields(value)) return value;
    const chosen = def.options.find((option) => {
      const { shape } = option._zod.def as unknown as Def;
      return shape?.[key]?.safeParse(value[key]).success;
    });
    return chosen ? inFields(chosen, value, path, missing) : value;
  }
  if (def.element && Array.isArray(value)) {
    const { element } = def;
    return changed(value, (entry, index) => inFields(element, entry, [...path, Number(index)], missing));
  }
  if (!isFields(value)) return value;
  if (def.valueType) {
    const { valueType } = def;
    return changed(value, (entry, key) => inFields(valueType, entry, [...path, key], missing));
  }
  if (!def.shape) return value;
  const added = Object.entries(def.shape).flatMap(([name, field]) => {
    const own = value[name];
    const found = own === undefined ? missing(name, [...path, name]) : undefined;
    const next = found ?? inFields(field, own, [...path, name], missing);
    return next === own ? [] : [[name, next]];
  });
  return added.length > 0 ? { ...value, ...Object.fromEntries(added) } : value;
}

/** The same list or object if nothing in it changes. */
function changed(value: readonly unknown[] | Fields, change: (entry: unknown, key: string) => unknown): unknown {
  const entries = Object.entries(value).map(([key, entry]) => [key, change(entry, key)] as const);
  if (entries.every(([key, entry]) => entry === (value as Fields)[key])) return value;
  return Array.isArray(value) ? entries.map(([, entry]) => entry) : Object.fromEntries(entries);
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
