import { isDeepStrictEqual } from "node:util";
import type { Resource } from "../../topology";
import type { KindDifference, NextStage } from "./report";
import { compare } from "./stacks";

/**
 * How the resources of the next stage differ from those of this one, by type. What is configured otherwise may be updated or replaced:
 * only a plan can tell.
 * @param holds what would be lost, by resource type
 */
export function differencesTo(
  stage: string,
  now: readonly Resource[],
  next: readonly Resource[],
  holds: Readonly<Record<string, string>>,
): NextStage {
  const [before, after] = [managed(now), managed(next)];
  const types = [...new Set([...before.values(), ...after.values()].map(({ type }) => type))].sort(compare);
  const gone = [...before].filter(([id]) => !after.has(id));
  const changed = [...before].filter(([id, { body }]) => {
    const other = after.get(id);
    return other !== undefined && !isDeepStrictEqual(configured(body), configured(other.body));
  });
  const count = (resources: Iterable<Resource>, of: string): number =>
    [...resources].filter(({ type }) => type === of).length;
  const kinds = types.map((type): KindDifference => {
    const [at, then] = [count(before.values(), type), count(after.values(), type)];
    const removed = count(
      gone.map(([, resource]) => resource),
      type,
    );
    return {
      type,
      now: at,
      next: then,
      added: then - at + removed,
      removed,
      changed: count(
        changed.map(([, resource]) => resource),
        type,
      ),
    };
  });
  return {
    stage,
    resources: after.size,
    kinds: kinds.filter(({ added, removed, changed: other }) => added + removed + other > 0),
    removed: gone.map(([id]) => id),
    changedHolding: changed.filter(([, { type }]) => Object.hasOwn(holds, type)).map(([id]) => id),
  };
}

/** Resources by `<stack> <address>`, in this order; without data sources. */
function managed(resources: readonly Resource[]): Map<string, Resource> {
  const named = resources
    .filter(({ type }) => !type.startsWith("data."))
    .map((resource) => [`${resource.stack} ${resource.type}.${resource.name}`, resource] as const);
  return new Map(named.sort(([one], [other]) => compare(one, other)));
}

/** Without cdktf's metadata. */
function configured({ "//": _, ...body }: Resource["body"]): Resource["body"] {
  return body;
}
