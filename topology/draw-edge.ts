import type { Box, PlacedEdge, Point } from "./layout";
import { fonts } from "./node-text";
import type { flows } from "./style";
import { decimal, element, escapeXml } from "./xml";

const corner = 5;
const head = { length: 9, half: 4.5 };

/** A line with rounded corners, its arrow heads and its label. */
export function drawEdge({ edge, points, label }: PlacedEdge): string {
  if (points.length < 2) return "";
  const backwards = [...points].reverse();
  const atEnd = edge.arrow === "to" || edge.arrow === "both";
  const atStart = edge.arrow === "from" || edge.arrow === "both";
  return [
    element("path", { class: `line-${edge.flow}`, d: linePath(trimmed(trimmed(points, atEnd), atStart, true)) }),
    atEnd ? arrowHead(points, edge.flow) : "",
    atStart ? arrowHead(backwards, edge.flow) : "",
    label && edge.label ? edgeLabel(edge.label, label, edge.flow) : "",
  ].join("");
}

function edgeLabel(text: string, { x, y, width, height }: Box, flow: keyof typeof flows): string {
  return element(
    "text",
    {
      class: `halo head-${flow}`,
      x: x + width / 2,
      y: y + height - 4,
      "font-size": fonts.edge.size,
      "text-anchor": "middle",
    },
    escapeXml(text),
  );
}

/** Ends a line under its arrow head instead of at its tip. */
function trimmed(points: readonly Point[], trim: boolean, start = false): Point[] {
  const line = start ? [...points].reverse() : [...points];
  const [last, before] = [line.at(-1), line.at(-2)];
  if (trim && last && before) line[line.length - 1] = towards(last, before, head.length - 2);
  return start ? line.reverse() : line;
}

function towards(from: Point, to: Point, distance: number): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(1, distance / length);
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}

function linePath(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (!before) return `M${at(point)}`;
      if (!after) return `L${at(point)}`;
      const radius = Math.min(corner, distance(before, point) / 2, distance(point, after) / 2);
      return `L${at(towards(point, before, radius))}Q${at(point)} ${at(towards(point, after, radius))}`;
    })
    .join("");
}

const distance = (from: Point, to: Point): number => Math.hypot(to.x - from.x, to.y - from.y);
const at = ({ x, y }: Point): string => `${decimal(x)} ${decimal(y)}`;

/** A triangle whose tip is the last point. */
function arrowHead(points: readonly Point[], flow: keyof typeof flows): string {
  const [tip, before] = [points.at(-1), points.at(-2)];
  if (!tip || !before) return "";
  const base = towards(tip, before, head.length);
  const [dx, dy] = [(tip.x - base.x) / head.length, (tip.y - base.y) / head.length];
  const left = { x: base.x - dy * head.half, y: base.y + dx * head.half };
  const right = { x: base.x + dy * head.half, y: base.y - dx * head.half };
  return element("path", { class: `head-${flow}`, d: `M${at(tip)}L${at(left)}L${at(right)}Z` });
}
