import type { Block, Type } from "../protocol/schema";
import { isObject, type Value } from "../protocol/values";

/**
 * True for a type of the older provider SDK. It lets everybody set an id and all tags; of the few types of the newer
 * framework that have an id of the user's, none lets all tags be set.
 */
export function isLegacy(block: Block): boolean {
  const settable = (wanted: string): boolean | undefined =>
    block.attributes.find(({ name }) => name === wanted)?.optional;
  return settable("id") === true && settable("tags_all") !== false;
}

/** True for null, "", and collections without elements. */
export function isEmpty(value: Value): boolean {
  if (value === null || value === "") return true;
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

/** The value that the older provider SDK uses for something that is missing. */
export function zeroOf(type: Type): Value {
  if (type === "string") return "";
  if (type === "number") return 0;
  if (type === "bool") return false;
  if (typeof type === "string") return null;
  if (type[0] === "map") return {};
  return type[0] === "object" ? null : [];
}

/** The type of a collection's element, a tuple's position or an object's attribute. */
export function elementType(type: Type, key: string | number): Type {
  if (typeof type === "string") return type;
  const [kind, inner] = type;
  if (kind === "object") return inner[key] ?? "string";
  return kind === "tuple" ? (inner[Number(key)] ?? "string") : inner;
}

/** Adds the missing attributes to objects, so that a rule only has to name those that matter. */
export function conform(type: Type, value: Value): Value {
  if (typeof type === "string" || value === null) return value;
  if (type[0] === "object" && isObject(value)) {
    const names = Object.keys(type[1]);
    return Object.fromEntries(names.map((name) => [name, conform(elementType(type, name), value[name] ?? null)]));
  }
  return Array.isArray(value) ? value.map((element, index) => conform(elementType(type, index), element)) : value;
}

/**
 * Finds the element before an update that corresponds to an element after it: the one with most known values in
 * common, because positions in a set mean nothing. Null if none has any in common.
 */
export function closest(before: Value, element: Value, index: number): Value {
  if (!Array.isArray(before)) return null;
  if (!isObject(element)) return before[index] ?? null;
  const known = Object.entries(element).filter(([, value]) => typeof value === "string" || typeof value === "number");
  const shared = (candidate: Value): number =>
    isObject(candidate) ? known.filter(([name, value]) => value !== "" && candidate[name] === value).length : 0;
  const best = [...before].sort((a, b) => shared(b) - shared(a))[0] ?? null;
  return shared(best) > 0 || known.length === 0 ? best : null;
}
