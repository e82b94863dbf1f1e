import type { Family } from "./graph";

/** How references of a resource are read: as a line, as a line from the target, or not at all. */
export type Reading = "data" | "upstream" | "replication" | "dead-letter" | "routing" | "origin" | "endpoint" | "none";

/** Readings by attribute, `*` for all others; `data` by default. */
export type Readings = Readonly<Record<string, Reading>>;

/** A resource type that people would draw. */
export interface NodeType {
  readonly title: string;
  readonly family: Family;
  /** Attributes that may hold its name, in order; the construct path otherwise. */
  readonly name?: readonly string[];
  /** Attribute that refers to the resource whose name it shares. */
  readonly nameOf?: string;
  /** What it is together with its replicas. */
  readonly together?: string;
  /** Drawn outside of the regions: before them (`global`) or where they meet (`across`). */
  readonly place?: "global" | "across";
  /** Resources of one stack that have the same values in these attributes are drawn as one. */
  readonly mergedBy?: readonly string[];
  /** Blocks that are counted like parts, with their singular: replicas that are not resources of their own. */
  readonly blocks?: Readonly<Record<string, string>>;
  readonly readings?: Readings;
  /** What it is to a function that it starts, by an argument that it has; `*` for all others: `events`. */
  readonly starts?: Readonly<Record<string, string>>;
}

/** A resource type that belongs to something else. */
export interface DetailType {
  /** Attributes that refer to what it belongs to, in order; else whatever refers to it; else what is nearest. */
  readonly of?: readonly string[];
  /** Among those that refer to it, the type that tells what it belongs to. */
  readonly by?: string;
  /** What it counts as, singular; plain parts are only counted in the total. */
  readonly counts?: string;
  /** What it is drawn as, if none of `of` leads anywhere. */
  readonly otherwise?: NodeType;
  readonly readings?: Readings;
}

/** Attributes that place or protect something and carry no data. */
const placement =
  /^(provider|depends_on|lifecycle|tags|vpc_.*|subnet.*|network.*|security_groups?|availability_zones)$/;

/** How a reference is read, by the resource's type and the attribute that contains it. */
export function readingOf(type: NodeType | DetailType, path: readonly string[]): Reading {
  const [attribute = ""] = path;
  if (placement.test(attribute)) return "none";
  if (path.some((step) => /^(dead_letter_config|on_failure|redrive_policy)$/.test(step))) return "dead-letter";
  const readings =
    "otherwise" in type && type.otherwise ? { ...type.readings, ...type.otherwise.readings } : type.readings;
  return readings?.[attribute] ?? readings?.["*"] ?? "data";
}

/** Whether a type is drawn by itself. */
export function isNodeType(type: NodeType | DetailType): type is NodeType {
  return "title" in type;
}
