import type { Topology, TopologyEdge, TopologyNode } from "../../topology";
import type { Failover, Paths, Replicated, Thing, WithoutClient } from "./report";
import { compare } from "./stacks";

/** What the picture shows, in words: where traffic goes, what is replicated, what no client calls. */
export function pathsOf({ nodes, edges }: Topology): Paths {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return {
    failovers: failovers(edges, byId),
    replicated: replicated(edges, byId),
    withoutClient: withoutClient(nodes),
  };
}

type NodesById = ReadonlyMap<string, TopologyNode>;

const both = "primary and secondary";

function failovers(edges: readonly TopologyEdge[], byId: NodesById): Failover[] {
  const sources = new Set(edges.filter(({ flow }) => flow === "failover").map(({ from }) => from));
  return [...sources].flatMap((id) => {
    const from = byId.get(id);
    if (!from) return [];
    const own = edges.filter((edge) => edge.from === id);
    const secondary = own.filter(({ flow }) => flow === "failover");
    return [
      {
        from: thing(from),
        primary: things(
          own.filter(({ flow, label }) => flow === "data" && label === "primary"),
          byId,
        ),
        secondary: things(secondary, byId),
        mutual: secondary.length > 1 && secondary.every(({ label }) => label === both),
      },
    ];
  });
}

function replicated(edges: readonly TopologyEdge[], byId: NodesById): Replicated[] {
  const regions = new Map<TopologyNode, string[]>();
  for (const { from, to, flow } of edges) {
    const [copy, whole] = [byId.get(from), byId.get(to)];
    if (flow !== "replication" || !copy || whole?.place !== "across" || typeof copy.place === "string") continue;
    regions.set(whole, [...(regions.get(whole) ?? []), copy.place.region]);
  }
  return [...regions]
    .map(([{ title, name }, all]) => ({ kind: title, name, regions: [...new Set(all)].sort(compare) }))
    .sort((one, other) => compare(`${one.kind} ${one.name}`, `${other.kind} ${other.name}`));
}

function withoutClient(nodes: readonly TopologyNode[]): WithoutClient[] {
  return nodes.flatMap((node) => (node.startedBy ? [{ ...thing(node), startedBy: node.startedBy }] : []));
}

const things = (edges: readonly TopologyEdge[], byId: NodesById): Thing[] =>
  edges.flatMap(({ to }) => {
    const node = byId.get(to);
    return node ? [thing(node)] : [];
  });

const thing = ({ title, name, place }: TopologyNode): Thing => ({
  kind: title,
  name,
  region: typeof place === "string" ? undefined : place.region,
});
