/** What a line of the picture stands for. */
export type Flow = "data" | "failover" | "replication" | "dead-letter";

/** What a node is drawn as; `other` for resource types that the table of types does not know. */
export type Family = "entry" | "compute" | "data" | "messaging" | "security" | "operations" | "other";

/** Where a node is drawn: in a region, or in one of the two containers beside them. */
export type Place = { readonly region: string } | "global" | "across";

/** One thing as people think of it: a function, a table, a DNS name. */
export interface TopologyNode {
  readonly id: string;
  /** Its type: `Function`. */
  readonly title: string;
  /** Its name: `prod-orders`. */
  readonly name: string;
  /** The name without the prefix that all stacks share: `orders`. */
  readonly label: string;
  readonly family: Family;
  readonly place: Place;
  /** Stack that holds it; undefined for a node that only stands for a relation between regions. */
  readonly stack: string | undefined;
  /** Counts of the resources that belong to it: `6 alarms`. */
  readonly details: readonly string[];
  /** Number of Terraform resources that the node stands for. */
  readonly resources: number;
  /** What it is together with its replicas in other regions: `Global table`. */
  readonly together: string;
  /** Whether it uses a KMS key that is in the picture. */
  readonly encrypted: boolean;
  /**
   * What starts something that computes and that no client's request reaches: `events`, `a schedule`. Undefined if clients call it,
   * or if it is not known what does.
   */
  readonly startedBy?: readonly string[];
}

/** A line between two nodes; `from` is nearer to the client. */
export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
  readonly flow: Flow;
  /** Which end has an arrow head. */
  readonly arrow: "to" | "from" | "both" | "none";
  readonly label?: string;
}

/** Everything that the picture shows; independent of where it is drawn. */
export interface Topology {
  /** In the order in which stacks are deployed. */
  readonly stacks: readonly string[];
  /** The primary region comes first. */
  readonly regions: readonly string[];
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
}
