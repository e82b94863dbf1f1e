/** A value that differs, with its path. */
export interface Difference {
  readonly path: readonly Step[];
  readonly before: unknown;
  readonly after: unknown;
}

/** An argument or key by its name, or an element of a list by its place or by what names it. */
export type Step = { readonly key: string } | { readonly element: number | string };

type Values = Readonly<Record<string, unknown>>;

/** What tells elements of a set from each other, by whichever of these all of them have. */
const names = ["name", "index_name", "key", "id", "region_name", "origin_id"] as const;

/** Where two values differ, as deep as both have the same parts. What only is written otherwise, as documents in JSON, is the same. */
export function differences(before: unknown, after: unknown, path: readonly Step[] = []): Difference[] {
  if (isSame(before, after)) return [];
  if (isValues(before) && isValues(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .sort()
      .flatMap((key) => differences(before[key], after[key], [...path, { key }]));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const pairs = paired(before, after);
    if (pairs) return pairs.flatMap(([element, one, other]) => differences(one, other, [...path, { element }]));
  }
  return [{ path, before, after }];
}

/** `global_secondary_index["by-day"].read_capacity` */
export const pathInWords = (path: readonly Step[]): string =>
  path
    .map((step, index) => {
      if ("element" in step) return typeof step.element === "number" ? "" : `[${JSON.stringify(step.element)}]`;
      if (!/^[A-Za-z_]\w*$/.test(step.key)) return `[${JSON.stringify(step.key)}]`;
      return index === 0 ? step.key : `.${step.key}`;
    })
    .join("");

/** Elements of two lists of blocks that are of the same thing; undefined where elements came or went. */
function paired(before: readonly unknown[], after: readonly unknown[]) {
  if (before.length !== after.length || !before.every(isValues) || !after.every(isValues)) return undefined;
  if (before.length === 1) return [[0, before[0], after[0]] as const];
  const by = names.find((name) => [before, after].every((all) => isUnique(all.map((one) => one[name]))));
  if (by === undefined) return undefined;
  const pairs = before.map((one) => [String(one[by]), one, after.find((other) => other[by] === one[by])] as const);
  return pairs.every(([, , other]) => other) ? pairs : undefined;
}

const isUnique = (all: readonly unknown[]): boolean =>
  all.every((one) => typeof one === "string" && one !== "") && new Set(all).size === all.length;

/** Whether two values are the same to AWS: a provider writes nothing in several ways. */
export function isSame(one: unknown, other: unknown): boolean {
  // Of two that are there, nothing is not the same as zero.
  if (isNumberOrFlag(one) && isNumberOrFlag(other)) return one === other;
  return canonical(one) === canonical(other);
}

const isNumberOrFlag = (value: unknown): boolean => typeof value === "number" || typeof value === "boolean";

function canonical(value: unknown): string {
  if (isNothing(value)) return "null";
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (isValues(value)) {
    const entries = Object.entries(value).filter(([, inner]) => !isNothing(inner));
    return `{${entries
      .map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`)
      .sort()
      .join()}}`;
  }
  const document = typeof value === "string" && /^\s*[[{]/.test(value) ? parsed(value) : undefined;
  return document === undefined ? JSON.stringify(value) : `json ${canonical(document)}`;
}

function isNothing(value: unknown): boolean {
  // What AWS leaves out is read as the nothing of its type.
  if (value === null || value === undefined || value === "" || value === 0 || value === false) return true;
  return Array.isArray(value) ? value.length === 0 : isValues(value) && Object.keys(value).length === 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isValues = (value: unknown): value is Values =>
  typeof value === "object" && value !== null && !Array.isArray(value);
