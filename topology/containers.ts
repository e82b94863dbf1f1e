import type { Place, Topology, TopologyNode } from "./graph";
import { commonPrefix, withoutPrefix } from "./stack-names";
import { familyOrder } from "./style";

/** A box around nodes: a region, or a stack's part of it. */
export interface Container {
  readonly id: string;
  readonly label: string;
  readonly kind: "region" | "global" | "across" | "stack";
  readonly containers: readonly Container[];
  readonly nodes: readonly TopologyNode[];
}

/** The picture's boxes: what is global, then the regions, then what is shared across them. */
export function containersOf({ nodes, stacks, regions }: Topology): Container[] {
  return ["global", ...regions, "across"]
    .filter((place) => nodes.some((node) => placeId(node.place) === place))
    .map((place) =>
      outer(
        place,
        nodes.filter((node) => placeId(node.place) === place),
        stacks,
      ),
    );
}

const placeId = (place: Place): string => (typeof place === "string" ? place : place.region);

function outer(place: string, nodes: readonly TopologyNode[], stacks: readonly string[]): Container {
  const kind = place === "global" || place === "across" ? place : "region";
  const label = kind === "across" ? "across regions" : place;
  const inner = kind === "across" ? [] : stacks.filter((stack) => nodes.some((node) => node.stack === stack));
  const firstFamily = (stack: string): number =>
    Math.min(...nodes.filter((node) => node.stack === stack).map(({ family }) => familyOrder.indexOf(family)));
  inner.sort((left, right) => firstFamily(left) - firstFamily(right));
  return {
    id: `place ${place}`,
    label,
    kind,
    containers: inner.map((stack) => ({
      id: `${place} ${stack}`,
      label: stackLabel(stack, stacks, place),
      kind: "stack",
      containers: [],
      nodes: nodes.filter((node) => node.stack === stack),
    })),
    nodes: nodes.filter(({ stack }) => !stack || !inner.includes(stack)),
  };
}

/** A stack's name without the prefix that all of them share, and without the region that the box around it shows. */
function stackLabel(stack: string, stacks: readonly string[], place: string): string {
  const short = withoutPrefix(stack, commonPrefix(stacks));
  return short.endsWith(`-${place}`) ? short.slice(0, -place.length - 1) : short;
}
