import { canonical } from "../fill/random";
import { isObject, type ObjectValue, type Value } from "../protocol/values";

/** A string, or "" for anything else. */
export const textOf = (value: Value | undefined): string => (typeof value === "string" ? value : "");

/** The blocks among the elements of a list or set. */
export const blocksOf = (value: Value | undefined): ObjectValue[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** A JSON document that is an object; undefined for any other text. */
export function documentOf(text: string): Record<string, unknown> | undefined {
  try {
    const document: unknown = JSON.parse(text);
    return document !== null && typeof document === "object" && !Array.isArray(document)
      ? (document as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** JSON without spaces and with its keys sorted, as the provider normalizes it; text that is no object stays. */
export function compact(text: string): string {
  const document = documentOf(text);
  return document ? canonical(document) : text;
}

/** The first value that is neither absent nor empty. */
export const either = (value: Value | undefined, otherwise: Value): Value =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0)
    ? otherwise
    : value;

/** What others added to a list of a resource, and took from it again. */
export interface Contributions<T> {
  present: readonly T[];
  deleted: readonly T[];
}

/**
 * A list as it was last read, without what was taken from it since and with what was added. Elements are told apart by a
 * key; a later one replaces an earlier one.
 */
export function contributed<T>(
  before: readonly T[],
  { present, deleted }: Contributions<T>,
  keyOf: (element: T) => string,
): T[] {
  const taken = new Set(deleted.map(keyOf));
  const kept = before.filter((element) => !taken.has(keyOf(element)));
  return [...new Map([...kept, ...present].map((element) => [keyOf(element), element])).values()];
}
