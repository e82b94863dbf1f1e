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

/** Two lists of blocks as one, in which a later block replaces an earlier one of the same name. */
export function joined(earlier: ObjectValue[], later: ObjectValue[], name: string): ObjectValue[] {
  const byName = new Map([...earlier, ...later].map((block) => [textOf(block[name]), block]));
  return [...byName.values()];
}
