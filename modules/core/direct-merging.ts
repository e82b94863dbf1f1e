import { TerraformStack } from "cdktf";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Merged = Record<string, Record<string, Record<string, unknown> | undefined> | undefined>;

let isDirect = false;

/**
 * Joins what elements are rendered as without the copies that the engine makes of each: of a fragment when it is merged, and of all of them when
 * the stack is complete. Fragments are resolved before they are merged, so that only what is said about the stack itself is left to resolve.
 */
export function mergeDirectly(): void {
  if (isDirect) return;
  isDirect = true;
  // Only the engine of which this is known has them there.
  const util = require("cdktf/lib/util") as Mutable<typeof import("cdktf/lib/util")>;
  const tokens = require("cdktf/lib/_tokens") as Mutable<typeof import("cdktf/lib/_tokens")>;
  const { deepMerge } = util;
  util.deepMerge = (target, ...sources) => {
    const [fragment] = sources;
    return sources.length === 1 && placed(target, fragment) ? target : deepMerge(target, ...sources);
  };
  const { resolve } = tokens;
  tokens.resolve = (scope, value, preparing) => {
    if (!isComplete(scope, value)) return resolve(scope, value, preparing);
    return { ...value, "//": resolve(scope, value["//"], preparing) };
  };
}

/** Puts a fragment with one resource or data source to the others; false if it is of another kind, or something has its address. */
function placed(target: Merged, fragment: unknown): boolean {
  const [kind, types] = onlyEntry(fragment);
  if (kind !== "resource" && kind !== "data") return false;
  const [type, elements] = onlyEntry(types);
  const [name, element] = onlyEntry(elements);
  if (type === undefined || name === undefined) return false;
  target[kind] ??= {};
  target[kind][type] ??= {};
  const ofType = target[kind][type];
  if (name in ofType) return false;
  ofType[name] = element;
  return true;
}

function onlyEntry(value: unknown): readonly [name?: string, value?: unknown] {
  if (typeof value !== "object" || value === null) return [];
  const [name, ...others] = Object.keys(value);
  return name === undefined || others.length > 0 ? [] : [name, (value as Record<string, unknown>)[name]];
}

/** Whether a value is all of a stack, with nothing that an override has added: overrides may have tokens. */
function isComplete(scope: unknown, value: unknown): value is { readonly "//": { readonly metadata: unknown } } {
  if (!TerraformStack.isStack(scope) || typeof value !== "object" || value === null || !("//" in value)) return false;
  return Object.keys((scope as unknown as { rawOverrides: object }).rawOverrides).length === 0;
}
