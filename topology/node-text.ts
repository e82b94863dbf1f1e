import type { TopologyNode } from "./graph";
import { type Font, fitText, shrinkFont, textWidth } from "./text-width";

export const fonts = {
  heading: { size: 18, bold: true },
  region: { size: 14, bold: true },
  stack: { size: 12 },
  "without-client": { size: 11 },
  title: { size: 11 },
  label: { size: 13, bold: true },
  details: { size: 11 },
  edge: { size: 11 },
  legend: { size: 12 },
} as const satisfies Record<string, Font>;

/** Space between a node's border and its text, in pixels; the coloured edge is on the left, the lock on the right. */
export const nodePadding = { left: 14, right: 10, lock: 16 } as const;

const widest = 168;
const narrowest = 110;

/** The three lines of a node, shortened to fit. */
export interface NodeText {
  readonly title: string;
  readonly label: string;
  /** Size of the label, smaller if that avoids shortening it. */
  readonly labelSize: number;
  readonly details: string;
}

/** Text of a node within a width in pixels. */
export function nodeText({ title, label, details }: TopologyNode, width: number): NodeText {
  const space = width - nodePadding.left - nodePadding.right;
  const font = shrinkFont(label, fonts.label, space, 11);
  return {
    title: fitText(title, fonts.title, space - nodePadding.lock),
    label: fitText(label, font, space),
    labelSize: font.size,
    details: detailsLine(details, space),
  };
}

/** Width in pixels of all nodes: what the longest text needs, within limits. */
export function nodeWidth(nodes: readonly TopologyNode[]): number {
  const needed = nodes.flatMap(({ title, label, details }) => [
    textWidth(title, fonts.title) + nodePadding.lock,
    textWidth(label, fonts.label),
    textWidth(details.slice(0, 2).join(" · "), fonts.details),
  ]);
  const padding = nodePadding.left + nodePadding.right;
  return Math.min(widest, Math.max(narrowest, ...needed.map((width) => width + padding)));
}

/** As many details as fit as a whole, most frequent first. */
function detailsLine(details: readonly string[], space: number): string {
  for (let count = details.length; count > 0; count -= 1) {
    const more = count < details.length ? " …" : "";
    const line = details.slice(0, count).join(" · ") + more;
    if (textWidth(line, fonts.details) <= space) return line;
  }
  return fitText(details[0] ?? "", fonts.details, space);
}

/** Height of a node in pixels. */
export function nodeHeight({ details }: TopologyNode): number {
  return details.length > 0 ? 60 : 44;
}

const longestLine = 25;

/** A text in lines of about the width of a node. */
export function wrapped(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > longestLine) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
