import type { TopologyEdge } from "./graph";
import type { Owners } from "./owners";
import type { Resource } from "./resource";

/** Parts by which clients call a function without anything in front of it. */
const calledDirectly = new Set(["aws_lambda_function_url"]);

/**
 * What starts the functions that no client's request reaches, by id. A request ends where a message is left for later: who consumes
 * it answers no client. Nothing is said of a function that something unknown may call, or that nothing in the picture starts.
 * @param parts the resources of each drawn resource
 */
export function startsWithoutClient(
  parts: ReadonlyMap<Resource, readonly Resource[]>,
  edges: readonly TopologyEdge[],
  owners: Owners,
): Map<string, readonly string[]> {
  const byId = new Map([...parts.keys()].map((owner) => [owner.id, owner]));
  const familyOf = (id: string) => {
    const owner = byId.get(id);
    return owner && owners.nodeType(owner).family;
  };
  const requests = edges.filter(({ flow }) => flow === "data" || flow === "failover");
  const called = new Set(
    [...parts]
      .filter(([owner, all]) => mayCall(familyOf(owner.id)) || all.some(({ type }) => calledDirectly.has(type)))
      .map(([{ id }]) => id),
  );
  // A set that grows while it is read: what is called may call.
  for (const id of called) {
    if (!mayCall(familyOf(id)) && familyOf(id) !== "compute") continue;
    for (const { from, to } of requests) if (from === id) called.add(to);
  }
  const found = new Map<string, readonly string[]>();
  for (const { id } of parts.keys()) {
    if (familyOf(id) !== "compute" || called.has(id)) continue;
    const sources = requests.filter(({ to }) => to === id).map(({ from }) => byId.get(from));
    const starts = sources.map((source) => source && startOf(source, owners));
    const known = starts.filter((start) => start !== undefined);
    if (known.length > 0 && known.length === starts.length) found.set(id, [...new Set(known)].sort());
  }
  return found;
}

/** Whether a request may come from it: clients arrive there, or nobody knows what it is. */
const mayCall = (family: string | undefined): boolean => family === "entry" || family === "other";

function startOf(source: Resource, owners: Owners): string | undefined {
  const { starts = {} } = owners.nodeType(source);
  const own = Object.keys(starts).find((argument) => source.body[argument] !== undefined);
  return starts[own ?? "*"];
}
