import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { Fragment, fragmentOf, whileJoining } from "./fragment";
import { isLiteral } from "./may-be-token";

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
    const [source] = sources;
    const fragment = sources.length === 1 ? fragmentIn(source) : undefined;
    if (fragment && placed(target, fragment)) return target;
    return deepMerge(target, ...(source instanceof Fragment ? [source.toEngine()] : sources));
  };
  const { resolve } = tokens;
  const resolved = (scope: Construct, fragment: Fragment, preparing?: boolean): unknown => {
    try {
      return fragment.with(resolve(scope, fragment.values, preparing));
    } catch {
      // The engine's message has the whole path.
      return resolve(scope, fragment.toEngine(), preparing);
    }
  };
  tokens.resolve = <T>(scope: Construct, value: T, preparing?: boolean): T => {
    const fragment = fragmentOf(value);
    if (fragment) return whileJoining(false, () => resolved(scope, fragment, preparing)) as T;
    if (!isComplete(scope, value)) return resolve(scope, value, preparing);
    return { ...value, "//": resolve(scope, value["//"], preparing) };
  };
  const { toTerraform } = TerraformStack.prototype;
  TerraformStack.prototype.toTerraform = function () {
    return whileJoining(true, () => toTerraform.call(this));
  };
}

/** The one resource or data source that a value is; undefined if it is anything else. */
function fragmentIn(value: unknown): Fragment | undefined {
  if (value instanceof Fragment) return value;
  const [kind, types] = onlyEntry(value);
  if (kind !== "resource" && kind !== "data") return undefined;
  const [type, elements] = onlyEntry(types);
  const [name, values] = onlyEntry(elements);
  return type === undefined || name === undefined ? undefined : new Fragment(kind, type, name, values);
}

function onlyEntry(value: unknown): readonly [name?: string, value?: unknown] {
  if (typeof value !== "object" || value === null) return [];
  const [name, ...others] = Object.keys(value);
  return name === undefined || others.length > 0 ? [] : [name, (value as Record<string, unknown>)[name]];
}

/** Puts a fragment to the others; false if something has its address. */
function placed(target: Merged, { kind, type, name, values }: Fragment): boolean {
  target[kind] ??= {};
  target[kind][type] ??= {};
  const ofType = target[kind][type];
  if (name in ofType) return false;
  ofType[name] = values;
  return true;
}

/** Whether a value is all of a stack, with no token that an override has added. */
function isComplete(scope: unknown, value: unknown): value is { readonly "//": { readonly metadata: unknown } } {
  if (!TerraformStack.isStack(scope) || typeof value !== "object" || value === null || !("//" in value)) return false;
  return isLiteral((scope as unknown as { rawOverrides: object }).rawOverrides);
}
