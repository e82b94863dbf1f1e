import type { ELK, ElkExtendedEdge, ElkNode, LayoutOptions } from "elkjs/lib/elk-api";
import { UserError } from "../errors";
import { type Container, containersOf } from "./containers";
import type { Flow, Topology, TopologyEdge, TopologyNode } from "./graph";
import { fonts, nodeHeight, nodeWidth, wrapped } from "./node-text";
import { familyOrder } from "./style";
import { textWidth } from "./text-width";

/** A rectangle in the picture, in pixels from its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode extends Box {
  readonly node: TopologyNode;
  /** Id of the container that it is in. */
  readonly container: string;
}

export interface PlacedContainer extends Box {
  readonly container: Container;
}

export interface PlacedEdge {
  readonly edge: TopologyEdge;
  /** Lines of right angles. */
  readonly points: readonly Point[];
  readonly label?: Box;
}

/** Where everything is drawn. Containers come before those inside them. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly containers: readonly PlacedContainer[];
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** @see https://eclipse.dev/elk/reference/options.html */
const options: LayoutOptions = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.hierarchyHandling": "INCLUDE_CHILDREN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.json.shapeCoords": "ROOT",
  "elk.json.edgeCoords": "ROOT",
  "elk.randomSeed": "1",
  "elk.padding": "[top=0,left=0,bottom=0,right=0]",
  ...spacing(),
};

const regionOptions: LayoutOptions = { "elk.padding": "[top=34,left=12,bottom=12,right=12]", ...spacing() };
const stackOptions: LayoutOptions = { "elk.padding": "[top=28,left=10,bottom=10,right=10]", ...spacing() };
const withoutClientOptions = (lines: number): LayoutOptions => ({
  "elk.padding": `[top=${10 + lines * withoutClientLine},left=8,bottom=8,right=8]`,
  ...spacing(),
});

/** Height in pixels of each line that says why no client calls something. */
export const withoutClientLine = 14;

function spacing(): LayoutOptions {
  return {
    "elk.spacing.nodeNode": "14",
    "elk.spacing.edgeNode": "12",
    "elk.spacing.edgeEdge": "10",
    "elk.spacing.edgeLabel": "3",
    "elk.layered.spacing.nodeNodeBetweenLayers": "28",
    "elk.layered.spacing.edgeNodeBetweenLayers": "12",
    "elk.layered.spacing.edgeEdgeBetweenLayers": "10",
    "elk.layered.crossingMinimization.semiInteractive": "true",
    "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  };
}

/** An optional package that a command needs is not installed. */
export class MissingPackageError extends UserError {
  override readonly name = "MissingPackageError";
}

/** The layout engine: an optional peer dependency, because of its licence and its size. */
function layoutEngine(): ELK {
  try {
    const { default: Engine } = require("elkjs/lib/elk.bundled.js") as typeof import("elkjs/lib/elk.bundled.js");
    return new Engine();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new MissingPackageError(
      "The picture needs the package elkjs, which is not installed; run `npm install --save-dev elkjs@0.12` and repeat the command.",
    );
  }
}

/** Arranges the picture with the Eclipse Layout Kernel: clients on the left, what regions share on the right. */
export async function layOut(topology: Topology): Promise<Layout> {
  const containers = containersOf(topology);
  const graph: ElkNode = {
    id: "root",
    layoutOptions: options,
    children: containers.map((container, index) => ({
      ...elkContainer(container, nodeWidth(alike(container, containers)), index),
    })),
    edges: [...topology.edges.map(elkEdge), ...columnEdges(topology, containers)],
  };
  const root: ElkNode = await layoutEngine().layout(graph);
  const placed = { containers: [] as PlacedContainer[], nodes: [] as PlacedNode[] };
  for (const container of containers) collect(container, root, placed);
  const edges = topology.edges.map((edge, index) => placedEdge(edge, root.edges?.[index]));
  return { width: Math.ceil(root.width ?? 0), height: Math.ceil(root.height ?? 0), ...placed, edges };
}

/** The nodes that have the same width as those of a container: its own, and for a region those of all regions. */
function alike({ kind }: Container, containers: readonly Container[]): TopologyNode[] {
  const nodesOf = (container: Container): TopologyNode[] => [
    ...container.nodes,
    ...container.containers.flatMap(nodesOf),
  ];
  return containers.filter((other) => other.kind === kind).flatMap(nodesOf);
}

function elkContainer({ id, kind, label, containers, nodes }: Container, width: number, position: number): ElkNode {
  const lines = kind === "without-client" ? wrapped(label) : [label];
  const font = kind === "stack" || kind === "without-client" ? fonts[kind] : fonts.region;
  return {
    id,
    layoutOptions: {
      ...(kind === "stack"
        ? stackOptions
        : kind === "without-client"
          ? withoutClientOptions(lines.length)
          : regionOptions),
      "elk.position": `(0,${position * 1000})`,
      "elk.nodeSize.constraints": "MINIMUM_SIZE",
      "elk.nodeSize.minimum": `(${Math.max(...lines.map((line) => textWidth(line, font))) + (kind === "without-client" ? 20 : 32)},0)`,
    },
    children: [
      ...containers.map((inner, index) => elkContainer(inner, width, index)),
      ...nodes.map((node) => ({
        id: node.id,
        width,
        height: nodeHeight(node),
        layoutOptions: { "elk.position": `(0,${familyOrder.indexOf(node.family) * 1000})` },
      })),
    ],
  };
}

function elkEdge({ from, to, flow, label }: TopologyEdge, index: number): ElkExtendedEdge {
  const size = { width: textWidth(label ?? "", fonts.edge) + 4, height: 15 };
  const [source, target] = pointsBack(flow) ? [to, from] : [from, to];
  return { id: `edge ${index}`, sources: [source], targets: [target], labels: label ? [{ text: label, ...size }] : [] };
}

/** Keeps what is global in the first column if no other line does; not drawn. */
function columnEdges({ nodes, edges }: Topology, containers: readonly Container[]): ElkExtendedEdge[] {
  const [global, region] = ["global", "region"].map((kind) => containers.find((container) => container.kind === kind));
  const globals = new Set(nodes.filter(({ place }) => place === "global").map(({ id }) => id));
  if (!global || !region || edges.some(({ from, to }) => globals.has(from) && !globals.has(to))) return [];
  return [{ id: "columns", sources: [global.id], targets: [region.id] }];
}

/** Failed events go back into the previous column, where they do not push other nodes apart. */
const pointsBack = (flow: Flow): boolean => flow === "dead-letter";

function collect(
  container: Container,
  parent: ElkNode,
  placed: { readonly containers: PlacedContainer[]; readonly nodes: PlacedNode[] },
): void {
  const drawn = parent.children?.find(({ id }) => id === container.id);
  if (!drawn) return;
  placed.containers.push({ container, ...boxOf(drawn) });
  for (const inner of container.containers) collect(inner, drawn, placed);
  for (const node of container.nodes) {
    const child = drawn.children?.find(({ id }) => id === node.id);
    if (child) placed.nodes.push({ node, container: container.id, ...boxOf(child) });
  }
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: Partial<Box>): Box {
  return { x, y, width, height };
}

function placedEdge(edge: TopologyEdge, drawn: ElkExtendedEdge | undefined): PlacedEdge {
  const points = (drawn?.sections ?? []).flatMap(({ startPoint, bendPoints = [], endPoint }) => [
    startPoint,
    ...bendPoints,
    endPoint,
  ]);
  const label = drawn?.labels?.[0];
  return { edge, points: pointsBack(edge.flow) ? points.reverse() : points, label: label && boxOf(label) };
}
