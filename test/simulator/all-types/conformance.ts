import type { Block, Type } from "../../../simulator/protocol/schema";
import { isObject, Unknown, type Value } from "../../../simulator/protocol/values";

/** What is wrong with a value by its type: one line for each place; empty when it conforms and nothing is unknown. */
export function violations(block: Block, value: Value, place = ""): string[] {
  if (!isObject(value)) return [`${place}: ${describe(value)} instead of an object`];
  const found: string[] = [];
  const names = new Set<string>();
  for (const { name, type } of block.attributes) {
    names.add(name);
    found.push(...typeViolations(type, value[name], `${place}.${name}`));
  }
  for (const { name, nesting, block: inner } of block.blocks) {
    names.add(name);
    const nested = value[name];
    const at = `${place}.${name}`;
    if (nesting === "list" || nesting === "set") {
      if (!Array.isArray(nested)) found.push(`${at}: ${describe(nested)} instead of a ${nesting}`);
      else found.push(...nested.flatMap((element, index) => violations(inner, element, `${at}[${index}]`)));
    } else if (nested !== null) {
      found.push(...violations(inner, nested as Value, at));
    }
  }
  for (const name of Object.keys(value)) if (!names.has(name)) found.push(`${place}.${name}: not in the schema`);
  return found;
}

function typeViolations(type: Type, value: Value | undefined, place: string): string[] {
  if (value === null) return [];
  if (value === undefined) return [`${place}: missing`];
  if (value instanceof Unknown) return [`${place}: unknown`];
  if (typeof type === "string") {
    const fits =
      type === "dynamic" ||
      (type === "string" && typeof value === "string") ||
      (type === "number" && (typeof value === "number" || typeof value === "bigint" || typeof value === "string")) ||
      (type === "bool" && typeof value === "boolean");
    return fits ? [] : [`${place}: ${describe(value)} instead of ${type}`];
  }
  const [kind, inner] = type;
  if (kind === "object" || kind === "map") {
    if (!isObject(value)) return [`${place}: ${describe(value)} instead of ${kind}`];
    const names = kind === "object" ? Object.keys(inner) : Object.keys(value);
    return names.flatMap((name) =>
      typeViolations(kind === "object" ? (inner[name] ?? "string") : (inner as Type), value[name], `${place}.${name}`),
    );
  }
  if (!Array.isArray(value)) return [`${place}: ${describe(value)} instead of ${kind}`];
  if (kind === "set" && new Set(value.map((element) => JSON.stringify(element))).size < value.length) {
    return [`${place}: a set with equal elements`];
  }
  return value.flatMap((element, index) =>
    typeViolations(kind === "tuple" ? (inner[index] ?? "string") : (inner as Type), element, `${place}[${index}]`),
  );
}

function describe(value: unknown): string {
  return Array.isArray(value) ? "a list" : value === null ? "null" : typeof value;
}
