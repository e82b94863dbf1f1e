import type { TopologyEdge } from "./graph";
import type { Owners } from "./owners";
import { listOf, objectOf, type Reference, type Resource } from "./resource";
import { resourceType } from "./resource-types";
import { type Reading, readingOf } from "./type-row";

/** Where two nodes are connected more than once, the first of these is drawn. */
const precedence: readonly TopologyEdge["flow"][] = ["failover", "replication", "dead-letter", "data"];

export interface Edges {
  readonly edges: readonly TopologyEdge[];
  /** Nodes that name a KMS key: drawn with a lock, since lines from nearly everything would hide the others. */
  readonly encrypted: ReadonlySet<string>;
}

/** The lines between nodes: what the references of their resources mean. */
export function readEdges(resources: readonly Resource[], owners: Owners): Edges {
  const edges = new Map<string, TopologyEdge>();
  const encrypted = new Set<string>();
  for (const resource of resources) {
    const row = resourceType(resource.type);
    const from = owners.ownerOf(resource);
    for (const reference of resource.references) {
      const reading = readingOf(row, reference.path);
      const to = owners.ownerOf(reference.target);
      if (reading === "none" || to === from) continue;
      if (isKey(to) && reading !== "replication") {
        if (isKeyArgument(reference)) encrypted.add(from.id);
        continue;
      }
      // A key only leads to the topic of its alarms.
      if (isKey(from) && reading !== "replication") continue;
      const edge = edgeOf(reading, resource, reference, from.id, to.id);
      const key = [edge.from, edge.to].join(" ");
      edges.set(key, stronger(edges.get(key), edge));
    }
  }
  const endpoints = resources.filter(({ type }) => type === "aws_cloudwatch_event_endpoint").map(({ id }) => id);
  return { edges: throughEndpoints([...edges.values()], new Set(endpoints)), encrypted };
}

/** A publisher that uses an endpoint also has permission on the buses behind it; only its line to the endpoint is drawn. */
function throughEndpoints(edges: readonly TopologyEdge[], endpoints: ReadonlySet<string>): TopologyEdge[] {
  const ways = new Set(edges.map(({ from, to }) => `${from} ${to}`));
  const detour = ({ from, to, flow }: TopologyEdge) =>
    flow === "data" &&
    [...endpoints].some((endpoint) => ways.has(`${from} ${endpoint}`) && ways.has(`${endpoint} ${to}`));
  return edges.filter((edge) => !detour(edge));
}

const isKey = ({ type }: Resource): boolean => /^aws_kms_(replica_)?(external_)?key$/.test(type);

/** Policies grant permission to use a key; encryption is an argument that names the key. */
const isKeyArgument = ({ path }: Reference): boolean => path.some((step) => /kms|key_arn|key_id/.test(step));

function stronger(known: TopologyEdge | undefined, edge: TopologyEdge): TopologyEdge {
  if (!known) return edge;
  const [first, second] = [known, edge].sort(
    (left, right) => precedence.indexOf(left.flow) - precedence.indexOf(right.flow),
  );
  return { ...(first ?? edge), label: bothRanks(known.label, edge.label) ?? first?.label ?? second?.label };
}

/** Where an edge router chooses, each of two origins is the other's secondary. */
function bothRanks(...labels: readonly (string | undefined)[]): string | undefined {
  const ranks = new Set(labels.flatMap((label) => label?.split(" and ") ?? []));
  return ranks.has("primary") && ranks.has("secondary") ? "primary and secondary" : undefined;
}

function edgeOf(reading: Reading, resource: Resource, { path }: Reference, from: string, to: string): TopologyEdge {
  switch (reading) {
    case "upstream":
      return { from: to, to: from, flow: "data", arrow: "to" };
    case "replication":
      return { from, to, flow: "replication", arrow: replicationArrow(resource) };
    case "dead-letter":
      return { from, to, flow: "dead-letter", arrow: "to" };
    case "routing":
      return { from, to, arrow: "to", ...routing(resource) };
    case "origin":
      return { from, to, arrow: "to", ...ranked(originRank(resource, path)) };
    case "endpoint":
      return { from, to, arrow: "to", ...ranked(Number(path[1] ?? 0)) };
    default:
      return { from, to, flow: "data", arrow: "to" };
  }
}

/** Replicas of a table are written to in every region, those of a key only receive; clusters can swap roles. */
function replicationArrow({ type }: Resource): TopologyEdge["arrow"] {
  if (type.startsWith("aws_dynamodb_")) return "both";
  return type.startsWith("aws_kms_") ? "from" : "none";
}

type Meaning = Pick<TopologyEdge, "flow" | "label">;

const ranked = (rank: number | undefined): Meaning => {
  if (rank === undefined) return { flow: "data" };
  return rank === 0 ? { flow: "data", label: "primary" } : { flow: "failover", label: "secondary" };
};

/** @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html */
function routing({ body }: Resource): Meaning {
  const failover = objectOf(listOf(body.failover_routing_policy)[0]).type;
  if (failover) return ranked(failover === "PRIMARY" ? 0 : 1);
  const policy = ["latency", "weighted", "geolocation", "geoproximity"].find((name) => body[`${name}_routing_policy`]);
  return { flow: "data", label: policy };
}

/**
 * Position of an origin in its origin group; undefined outside of one.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
 */
function originRank({ body }: Resource, path: readonly string[]): number | undefined {
  const { origin_id: id } = objectOf(listOf(body.origin)[Number(path[1] ?? 0)]);
  for (const group of listOf(body.origin_group)) {
    const members = listOf(objectOf(group).member).map((member) => objectOf(member).origin_id);
    if (members.includes(id)) return members.indexOf(id);
  }
  return undefined;
}
