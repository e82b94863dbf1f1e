import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DataFile, LimitsByPath, SourcedLimits } from "./constraint";
import type { Check } from "./problem";
import { families } from "./types";
import { languages } from "./types/languages";
import type { OwnLimits, TypeValues, ValuesRule } from "./types/type-values";

/** All that is said of one attribute: the models' limits, and ours in their place. */
export interface AttributeLimits extends SourcedLimits {
  readonly bytes?: true;
  readonly says?: string;
  readonly check?: Check<string>;
}

const familyOf = new Map(
  Object.entries(families).flatMap(([family, types]) =>
    Object.keys(types).map((type): [string, string] => [type, family]),
  ),
);

const files = new Map<string, DataFile | undefined>();

/** The data file of a family, read when a type of it is first met. Vault has none. */
export function dataFile(family: string): DataFile | undefined {
  if (!files.has(family)) {
    const path = join(__dirname, "data", `${family}.json`);
    files.set(family, family === "vault" ? undefined : (JSON.parse(readFileSync(path, "utf8")) as DataFile));
  }
  return files.get(family);
}

/** The types of which values are known. */
export const typesWithValues: readonly string[] = [...familyOf.keys()];

/** What is written by hand of a type. */
export function typeValues(type: string): TypeValues | undefined {
  return families[familyOf.get(type) ?? ""]?.[type];
}

export const rulesOf = (type: string): readonly ValuesRule[] => typeValues(type)?.rules ?? [];

/** The limits of a type by the path of the attribute; undefined for a type that is not known. */
export function limitsOf(type: string): Readonly<Record<string, AttributeLimits>> | undefined {
  const family = familyOf.get(type);
  if (family === undefined) return undefined;
  const models: LimitsByPath = dataFile(family)?.types[type] ?? {};
  const own = typeValues(type)?.own ?? {};
  const limits: Record<string, AttributeLimits> = { ...models };
  for (const [path, ours] of Object.entries(own)) limits[path] = merged(models[path], ours);
  for (const [path, { check }] of Object.entries(languages[type] ?? {})) limits[path] = { ...limits[path], check };
  return limits;
}

/** A choice or a pattern of ours replaces the model's of either kind, as they say the same in two ways. */
function merged(model: SourcedLimits = {}, { because: _, see: __, ...ours }: OwnLimits): AttributeLimits {
  const replaced = ours.pattern !== undefined || ours.enum !== undefined ? { pattern: undefined, enum: undefined } : {};
  const limits = { ...model, ...replaced, ...ours };
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== null && value !== undefined));
}
