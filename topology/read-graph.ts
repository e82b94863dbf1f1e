import type { Place, Topology, TopologyEdge, TopologyNode } from "./graph";
import { joinRegions } from "./joints";
import { findOwners, type Owners } from "./owners";
import { readEdges } from "./read-edges";
import { readResources } from "./read-resources";
import { listOf, literalOf, type Resource } from "./resource";
import { resourceType } from "./resource-types";
import { commonPrefix, withoutPrefix } from "./stack-names";
import { startsWithoutClient } from "./starts";
import { isNodeType, type NodeType } from "./type-row";

/**
 * What a cdktf output folder deploys, as people think of it: nodes for what they name, lines for what flows.
 * @throws OutputFolderError if the folder is not a cdktf output folder
 */
export function readGraph(output: string): Topology {
  const resources = readResources(output);
  const owners = findOwners(resources);
  const { edges, encrypted } = readEdges(resources, owners);
  const parts = new Map<Resource, Resource[]>();
  for (const resource of resources) {
    const owner = owners.ownerOf(resource);
    parts.set(owner, [...(parts.get(owner) ?? []), resource]);
  }
  const stacks = [...new Set(resources.map(({ stack }) => stack))];
  const prefix = commonPrefix(stacks);
  // A data source that nothing drawn uses deploys nothing.
  const deployed = [...parts].filter(([owner]) => !owner.type.startsWith("data."));
  const startedBy = startsWithoutClient(parts, edges, owners);
  const nodes = deployed.map(([owner, all]): TopologyNode => {
    const { title, family, together, blocks } = owners.nodeType(owner);
    const name = nameOf(owner, owners);
    return {
      id: owner.id,
      title,
      name,
      label: withoutPrefix(name, prefix),
      family,
      place: placeOf(owner, owners),
      stack: owner.stack,
      details: countDetails(all, owner, blocks),
      resources: all.filter(({ type }) => !type.startsWith("data.")).length,
      together: together ?? `Replicated ${title.toLowerCase()}`,
      encrypted: encrypted.has(owner.id),
      startedBy: startedBy.get(owner.id),
    };
  });
  return joinRegions({ stacks, regions: regionsOf(nodes, edges), nodes, edges });
}

/** What makes a region come first, most important first: others replicate from it, clients are sent to it. */
const leads: readonly ((edge: TopologyEdge) => boolean)[] = [
  ({ flow }) => flow === "replication",
  ({ flow, label }) => flow === "data" && label === "primary",
  ({ flow }) => flow === "failover",
];

/** All regions: the primary first, then the one that takes over. */
function regionsOf(nodes: readonly TopologyNode[], edges: readonly TopologyEdge[]): string[] {
  const regionOf = new Map(nodes.map(({ id, place }) => [id, typeof place === "object" ? place.region : undefined]));
  const arriving = edges.filter(({ from, to }) => regionOf.get(from) !== regionOf.get(to));
  const count = (region: string, lead: (edge: TopologyEdge) => boolean): number =>
    arriving.filter((edge) => regionOf.get(edge.to) === region && lead(edge)).length;
  return [...new Set(regionOf.values())]
    .filter((region) => region !== undefined)
    .map((region) => ({ region, counts: leads.map((lead) => count(region, lead)) }))
    .sort((left, right) => compareCounts(right.counts, left.counts))
    .map(({ region }) => region);
}

/** Order of two lists of the same length, by the first number in which they differ. */
function compareCounts(left: readonly number[], right: readonly number[]): number {
  const at = left.findIndex((value, index) => value !== right[index]);
  return at === -1 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

function placeOf(owner: Resource, owners: Owners): Place {
  const { place } = owners.nodeType(owner);
  if (place) return place;
  return owner.region === undefined ? "global" : { region: owner.region };
}

/** The name in the configuration, else that of the construct whose main resource it is. */
function nameOf(owner: Resource, owners: Owners): string {
  const { name = [], nameOf: reference } = owners.nodeType(owner);
  const namesake = owner.references.find(({ path }) => path[0] === reference)?.target;
  if (namesake) return nameOf(namesake, owners);
  for (const attribute of name) {
    for (const value of listOf(owner.body[attribute])) {
      const text = literalOf(value);
      if (text) return text;
    }
  }
  return owner.path.slice(0, -1).join("/") || owner.name;
}

function countDetails(parts: readonly Resource[], owner: Resource, blocks: NodeType["blocks"] = {}): string[] {
  const counts = new Map<string, number>();
  for (const [block, noun] of Object.entries(blocks)) {
    const count = listOf(owner.body[block]).length;
    if (count > 0) counts.set(noun, count);
  }
  for (const part of parts) {
    const row = resourceType(part.type);
    if (part === owner || isNodeType(row) || !row.counts) continue;
    counts.set(row.counts, (counts.get(row.counts) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, left], [, right]) => right - left)
    .map(([noun, count]) => `${count} ${count === 1 ? noun : plural(noun)}`);
}

const plural = (noun: string): string => (noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`);
