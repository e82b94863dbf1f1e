import type { Resource } from "./resource";
import { resourceType } from "./resource-types";
import { isNodeType, type NodeType, readingOf } from "./type-row";

/** Which resources are drawn, and what all others belong to. */
export interface Owners {
  /** The resource that is drawn for a resource: itself, or the one it is part of. */
  ownerOf(resource: Resource): Resource;
  /** What a drawn resource is drawn as. */
  nodeType(owner: Resource): NodeType;
}

/**
 * Assigns parts to the resources that people would draw. A part belongs to what its own attributes refer to, else to
 * what refers to it, else to what is nearest in the construct tree, in its own region; else it is drawn itself.
 */
export function findOwners(resources: readonly Resource[]): Owners {
  const referrers = new Map<Resource, Resource[]>();
  for (const resource of resources) {
    for (const { target, path } of resource.references) {
      if (readingOf(resourceType(resource.type), path) === "none") continue;
      referrers.set(target, [...(referrers.get(target) ?? []), resource]);
    }
  }
  const drawn = resources.filter(({ type }) => isNodeType(resourceType(type)));
  const owners = new Map<Resource, Resource>();

  const find = (resource: Resource, visiting: ReadonlySet<Resource>): Resource | undefined => {
    if (visiting.has(resource)) return undefined;
    const done = owners.get(resource);
    if (done) return done;
    const row = resourceType(resource.type);
    if (isNodeType(row)) return merged(resource, row, resources);
    const inside = new Set([...visiting, resource]);
    for (const attribute of row.of ?? []) {
      for (const { path, target } of resource.references) {
        const owner = path[0] === attribute ? find(target, inside) : undefined;
        if (owner) return owner;
      }
    }
    if (row.otherwise) return merged(resource, row.otherwise, resources);
    const candidates = byPreference(referrers.get(resource) ?? [], row.by);
    return first(candidates, (referrer) => (referrer.stack === resource.stack ? find(referrer, inside) : undefined));
  };

  for (const resource of resources) {
    const owner = find(resource, new Set()) ?? nearest(resource, drawn) ?? resource;
    owners.set(resource, owner);
  }
  return {
    ownerOf: (resource) => owners.get(resource) ?? resource,
    nodeType: (owner) => {
      const row = resourceType(owner.type);
      if (isNodeType(row)) return row;
      return row.otherwise ?? { title: owner.type.replace(/^(data\.)?aws_/, "").replaceAll("_", " "), family: "other" };
    },
  };
}

function first<T, R>(items: readonly T[], pick: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = pick(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Among several that refer to a part: a type that is known to own it, then what is drawn, then other parts. */
function byPreference(resources: readonly Resource[], owner: string | undefined): Resource[] {
  const rank = ({ type }: Resource) => (type === owner ? 0 : isNodeType(resourceType(type)) ? 1 : 2);
  return [...resources].sort((left, right) => rank(left) - rank(right));
}

/** The first resource of the stack that agrees in all attributes by which a type is merged. */
function merged(resource: Resource, { mergedBy }: NodeType, resources: readonly Resource[]): Resource {
  if (!mergedBy) return resource;
  const identity = (each: Resource) => JSON.stringify(mergedBy.map((attribute) => each.body[attribute]));
  const same = ({ stack, type }: Resource) => stack === resource.stack && type === resource.type;
  return resources.find((each) => same(each) && identity(each) === identity(resource)) ?? resource;
}

/** The drawn resource that shares most of the construct path, at least one construct, within stack and region. */
function nearest(resource: Resource, drawn: readonly Resource[]): Resource | undefined {
  let best: { readonly owner: Resource; readonly shared: number } | undefined;
  for (const owner of drawn) {
    if (owner.stack !== resource.stack || (resource.region && owner.region !== resource.region)) continue;
    const differs = owner.path.findIndex((step, index) => step !== resource.path[index]);
    const shared = differs === -1 ? owner.path.length : differs;
    if (shared > (best?.shared ?? 0)) best = { owner, shared };
  }
  return best?.owner;
}
