import { listed } from "./containers";
import { drawEdge } from "./draw-edge";
import { drawContainer, drawNode } from "./draw-node";
import type { Topology } from "./graph";
import type { Layout } from "./layout";
import { drawLegend } from "./legend";
import { fonts } from "./node-text";
import { styleSheet } from "./style";
import { fitText } from "./text-width";
import { element, escapeXml } from "./xml";

const margin = 20;
const heading = 44;
const beforeLegend = 18;
/** A small environment still needs room for its title and legend. */
const narrowest = 520;

/** The picture as a self-contained SVG document: the same bytes for the same topology. */
export function renderSvg(topology: Topology, layout: Layout, title: string): string {
  const inside = Math.max(layout.width, narrowest);
  const top = margin + heading;
  const legend = drawLegend(topology, margin, top + layout.height + beforeLegend, inside);
  const [width, height] = [inside + 2 * margin, top + layout.height + beforeLegend + legend.height + margin];
  const shownTitle = fitText(title, fonts.heading, inside);
  const shift = `translate(${margin + Math.floor((inside - layout.width) / 2)} ${top})`;
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      "aria-labelledby": "topology-title topology-description",
    },
    `\n${element("title", { id: "topology-title" }, escapeXml(title))}`,
    `\n${element("desc", { id: "topology-description" }, escapeXml(describe(topology)))}`,
    `\n${element("style", {}, styleSheet())}`,
    `\n${element("rect", { class: "page", width, height, rx: 12 })}`,
    `\n${element("text", { class: "ink", x: margin, y: margin + 20, "font-size": fonts.heading.size, "font-weight": 700 }, escapeXml(shownTitle))}`,
    `\n${element("g", { transform: shift }, ...lines(layout))}`,
    `\n${legend.svg}\n`,
  )}\n`;
}

/** Boxes at the bottom, then lines, then nodes, so that no line hides a name. */
function lines({ containers, nodes, edges }: Layout): string[] {
  return [...containers.map(drawContainer), ...edges.map(drawEdge), ...nodes.map(drawNode)].map((svg) => `\n${svg}`);
}

/** The description for readers who cannot see the picture. */
function describe({ regions, stacks, nodes, edges }: Topology): string {
  const label = new Map(nodes.map((node) => [node.id, `${node.title} ${node.name}`]));
  const region = (id: string): string => {
    const place = nodes.find((node) => node.id === id)?.place;
    return typeof place === "object" ? ` in ${place.region}` : "";
  };
  const failovers = edges
    .filter(({ flow }) => flow === "failover")
    .map(({ from, to }) => `${label.get(from)} fails over to ${label.get(to)}${region(to)}.`);
  const resources = nodes.reduce((sum, node) => sum + node.resources, 0);
  return [
    `${resources} Terraform resources in ${stacks.length} stacks and ${regions.length} regions (${regions.join(", ")}).`,
    ...failovers,
    ...nodes.flatMap(({ id, startedBy }) =>
      startedBy ? [`No client calls ${label.get(id)}${region(id)}: it is started by ${listed(startedBy)}.`] : [],
    ),
  ].join(" ");
}
