import type { Place, Topology, TopologyNode } from "./graph";
import { commonPrefix, withoutPrefix } from "./stack-names";
import { familyOrder } from "./style";

/** A box around nodes: a region, a stack's part of it, or what no client calls in that. */
export interface Container {
  readonly id: string;
  readonly label: string;
  readonly kind: "region" | "global" | "across" | "stack" | "without-client";
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
    containers: inner.map((stack) => {
      const own = nodes.filter((node) => node.stack === stack);
      const id = `${place} ${stack}`;
      return {
        id,
        label: stackLabel(stack, stacks, place),
        kind: "stack",
        containers: withoutClient(id, own),
        nodes: own.filter(({ startedBy }) => !startedBy),
      };
    }),
    nodes: nodes.filter(({ stack }) => !stack || !inner.includes(stack)),
  };
}

/** What no client calls, by what starts it. */
function withoutClient(stack: string, nodes: readonly TopologyNode[]): Container[] {
  const causes = new Map<string, TopologyNode[]>();
  for (const node of nodes) {
    if (!node.startedBy) continue;
    const cause = listed(node.startedBy);
    causes.set(cause, [...(causes.get(cause) ?? []), node]);
  }
  return [...causes].map(([cause, own]) => ({
    id: `${stack} ${cause}`,
    label: `No client calls ${own.length === 1 ? "this" : "these"}: started by ${cause}`,
    kind: "without-client",
    containers: [],
    nodes: own,
  }));
}

/** Several things in words: `events and a schedule`. */
export const listed = (things: readonly string[]): string =>
  things.length < 2 ? things.join("") : `${things.slice(0, -1).join(", ")} and ${things.at(-1)}`;

/** A stack's name without the prefix that all of them share, and without the region that the box around it shows. */
function stackLabel(stack: string, stacks: readonly string[], place: string): string {
  const short = withoutPrefix(stack, commonPrefix(stacks));
  return short.endsWith(`-${place}`) ? short.slice(0, -place.length - 1) : short;
}
