import { drawEdge } from "./draw-edge";
import { drawLock } from "./draw-node";
import type { Family, Flow, Topology } from "./graph";
import { fonts } from "./node-text";
import { families, flows } from "./style";
import { textWidth } from "./text-width";
import { element, escapeXml } from "./xml";

/** The legend, as SVG, and its height in pixels. */
export interface Legend {
  readonly svg: string;
  readonly height: number;
}

interface Entry {
  readonly text: string;
  readonly width: number;
  draw(x: number, y: number): string;
}

const symbol = { line: 34, swatch: 12, gap: 7 } as const;
const lineHeight = 22;
const betweenEntries = 22;

/** Explains the lines, colours and signs that the picture uses; entries wrap into as many rows as needed. */
export function drawLegend({ nodes, edges }: Topology, left: number, top: number, width: number): Legend {
  const rows: { readonly entry: Entry; readonly x: number }[][] = [[]];
  let x = 0;
  for (const entry of entries(nodes, edges)) {
    if (x > 0 && x + entry.width > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push({ entry, x });
    x += entry.width + betweenEntries;
  }
  const svg = rows.flatMap((row, index) =>
    row.map(({ entry, x: at }) => entry.draw(left + at, top + index * lineHeight)),
  );
  return { svg: svg.join(""), height: rows.length * lineHeight };
}

function entries(nodes: Topology["nodes"], edges: Topology["edges"]): Entry[] {
  const usedFlows = (Object.keys(flows) as Flow[]).filter((flow) => edges.some((edge) => edge.flow === flow));
  const usedFamilies = (Object.keys(families) as Family[]).filter((family) =>
    nodes.some((node) => node.family === family),
  );
  return [
    ...usedFlows.map((flow) => entry(flows[flow].title, symbol.line, (x, y) => sampleLine(flow, x, y))),
    ...usedFamilies.map((family) =>
      entry(families[family].title, symbol.swatch, (x, y) =>
        element("rect", { class: family, x, y: y + 4, width: symbol.swatch, height: symbol.swatch, rx: 2.5 }),
      ),
    ),
    ...(nodes.some(({ encrypted }) => encrypted)
      ? [entry("encrypted with a KMS key", symbol.swatch, (x, y) => drawLock(x + 1, y + 4))]
      : []),
  ];
}

function entry(text: string, symbolWidth: number, drawSymbol: (x: number, y: number) => string): Entry {
  const offset = symbolWidth + symbol.gap;
  return {
    text,
    width: offset + textWidth(text, fonts.legend),
    draw: (x, y) =>
      drawSymbol(x, y) +
      element("text", { class: "soft", x: x + offset, y: y + 14, "font-size": fonts.legend.size }, escapeXml(text)),
  };
}

function sampleLine(flow: Flow, x: number, y: number): string {
  const arrow = flow === "replication" ? "both" : "to";
  const points = [
    { x, y: y + 10 },
    { x: x + symbol.line, y: y + 10 },
  ];
  return drawEdge({ edge: { from: "", to: "", flow, arrow }, points });
}
