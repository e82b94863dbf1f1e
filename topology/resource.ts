import { type Json, objectOf } from "../terraform";

export { type Json, objectOf };

/** A resource of one synthesized stack, with its references resolved, across stacks as well. */
export interface Resource {
  /** `<stack>/<type>.<name>`, unique in the output folder. */
  readonly id: string;
  readonly stack: string;
  readonly type: string;
  /** Logical name: the second half of the Terraform address. */
  readonly name: string;
  readonly body: Json;
  /** Construct path without the stack, outermost first; from the logical name where the metadata is missing. */
  readonly path: readonly string[];
  /** AWS region of its provider; undefined for other providers. */
  readonly region: string | undefined;
  readonly references: Reference[];
}

/** An attribute whose value contains an attribute of another resource. */
export interface Reference {
  /** Where in the body: attribute names and list indexes, outermost first. */
  readonly path: readonly string[];
  readonly target: Resource;
}

/** A value of a JSON file as a list; Terraform writes a single block with or without the list around it. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** A text without references; undefined for anything else. */
export function literalOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && !value.includes("${") ? value : undefined;
}

/** Calls back for each text within a JSON value, with its path; cdktf's metadata is left out. */
export function eachText(
  value: unknown,
  visit: (text: string, path: readonly string[]) => void,
  path: readonly string[] = [],
): void {
  if (typeof value === "string") {
    visit(value, path);
    return;
  }
  // Object.entries gives the items of a list under their indexes.
  for (const [key, item] of Object.entries(Array.isArray(value) ? value : objectOf(value))) {
    if (key !== "//") eachText(item, visit, [...path, key]);
  }
}
