import { regionOf } from "../gates";
import { type Plan, type ResourceChange, type ResourceJson, resourcesOf, type SynthesizedStack } from "../terraform";
import type { DriftChange } from "./change";
import { differences, isValues, pathInWords, type Step } from "./differences";

/** Arguments of the toolkit's language that are no arguments of a resource. */
const meta = new Set(["provider", "lifecycle", "depends_on", "count", "for_each", "provisioner", "connection"]);

/** What a plan that only refreshes has found changed, argument by argument, in the order of addresses. */
export function changesIn(stack: SynthesizedStack, plan: Plan): DriftChange[] {
  const configured = resourcesOf(stack);
  return (plan.resource_drift ?? [])
    .filter(({ mode, deposed }) => mode === "managed" && deposed === undefined)
    .sort((one, other) => (one.address < other.address ? -1 : 1))
    .flatMap((drift) => changesOf(stack.name, plan, drift, configured.get(withoutKey(drift.address))));
}

function changesOf(
  stack: string,
  plan: Plan,
  drift: ResourceChange,
  configured: ResourceJson | undefined,
): DriftChange[] {
  const { address, type, change } = drift;
  const values = isValues(change.before) ? change.before : {};
  const now = isValues(change.after) ? change.after : {};
  const about = { stack, address, type, region: regionOf(plan, drift), values, now };
  if (change.actions.includes("delete"))
    return [{ ...about, sensitive: false, configured: true, ignored: ignores(configured) === "all" }];
  const ignored = ignores(configured);
  return differences(values, now).map(({ path, before, after }) => {
    const [first] = path;
    const attribute = first && "key" in first ? first.key : "";
    return {
      ...about,
      path: pathInWords(path),
      attribute,
      before,
      after,
      sensitive: [change.before_sensitive, change.after_sensitive].some((marks) => isMarked(marks, path)),
      configured: isConfigured(configured, path),
      ignored: ignored === "all" || ignored.includes(attribute),
    };
  });
}

/** Terraform's instance key is no part of the name in the configuration. */
const withoutKey = (address: string): string => address.replace(/\[[^\]]*\]$/, "");

function ignores(resource: ResourceJson | undefined): "all" | readonly string[] {
  const { ignore_changes: ignored } = (resource?.lifecycle ?? {}) as { readonly ignore_changes?: unknown };
  if (ignored === "all") return "all";
  return Array.isArray(ignored) ? ignored.map(String) : [];
}

/** Whether anything on the way to a value, or within it, is sensitive; sets are told as a whole. */
function isMarked(marks: unknown, path: readonly Step[]): boolean {
  if (marks === true) return true;
  if (!marks || typeof marks !== "object") return false;
  const [step, ...rest] = path;
  if (Array.isArray(marks)) return marks.some((one) => isMarked(one, step && "element" in step ? rest : path));
  if (step === undefined || !("key" in step)) return Object.values(marks).some((one) => isMarked(one, []));
  return isMarked((marks as Readonly<Record<string, unknown>>)[step.key], rest);
}

/**
 * Whether the configuration sets an argument. What is in a map that it sets counts as set: Terraform takes out what is not there; what
 * is in a block only where the block has it.
 */
function isConfigured(resource: ResourceJson | undefined, path: readonly Step[]): boolean {
  let found: unknown = resource;
  let inBlock = true;
  for (const step of path) {
    if ("element" in step) {
      const { element } = step;
      const all = Array.isArray(found) ? found : [found];
      found = all.find((one) => isValues(one) && Object.values(one).includes(element)) ?? all[0];
      inBlock = true;
      continue;
    }
    if (step === path[0] && (meta.has(step.key) || /^tags(_all)?$/.test(step.key))) return !meta.has(step.key);
    if (typeof found === "string") return true;
    const next: unknown = isValues(found) ? found[step.key] : undefined;
    if (next === undefined || next === null) return !inBlock && isValues(found);
    found = next;
    inBlock = false;
  }
  return true;
}
