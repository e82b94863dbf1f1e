import type { Topology, TopologyEdge, TopologyNode } from "./graph";

/**
 * Routes each line from one region to another through a node between them, so that regions can be side by side,
 * however many there are: one node for all replicas of an origin, one for all callers of a target.
 */
export function joinRegions({ stacks, regions, nodes, edges }: Topology): Topology {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const joints = new Map<string, TopologyNode>();
  const joined = new Map<string, TopologyEdge>();
  for (const edge of edges) {
    const [from, to] = [byId.get(edge.from), byId.get(edge.to)];
    if (!from || !to) continue;
    if (!crosses(from, to)) {
      const drawn = rank(from) > rank(to) ? reversed(edge) : edge;
      joined.set(`${drawn.from} ${drawn.to}`, drawn);
      continue;
    }
    const joint = jointOf(to, edge);
    joints.set(joint.id, joint);
    // Both ends come before the joint, as seen from the client; the arrow heads tell which way it flows.
    const { flow, label } = edge;
    const writes = edge.arrow === "both" || edge.arrow === "to";
    const reads = edge.arrow === "both" || edge.arrow === "from";
    joined.set(`${from.id} ${joint.id}`, { from: from.id, to: joint.id, flow, label, arrow: reads ? "from" : "none" });
    joined.set(`${to.id} ${joint.id}`, { from: to.id, to: joint.id, flow, arrow: writes ? "from" : "none" });
  }
  return { stacks, regions, nodes: [...nodes, ...joints.values()], edges: [...joined.values()] };
}

/** Column of the picture: what is global, the regions, what is shared across them. */
function rank({ place }: TopologyNode): number {
  if (typeof place === "object") return 1;
  return place === "global" ? 0 : 2;
}

/** The same line drawn from its other end, so that it does not run against the columns. */
function reversed(edge: TopologyEdge): TopologyEdge {
  const arrow = ({ to: "from", from: "to", both: "both", none: "none" } as const)[edge.arrow];
  return { ...edge, from: edge.to, to: edge.from, arrow };
}

function crosses(from: TopologyNode, to: TopologyNode): boolean {
  return typeof from.place === "object" && typeof to.place === "object" && from.place.region !== to.place.region;
}

function jointOf(target: TopologyNode, { flow }: TopologyEdge): TopologyNode {
  return {
    id: `${target.id} ${flow}`,
    title: flow === "replication" ? target.together : "Across regions",
    name: target.name,
    label: target.label,
    family: target.family,
    place: "across",
    stack: undefined,
    details: [],
    resources: 0,
    together: target.together,
    encrypted: false,
  };
}
