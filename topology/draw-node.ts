import { type PlacedContainer, type PlacedNode, withoutClientLine } from "./layout";
import { fonts, nodePadding, nodeText, wrapped } from "./node-text";
import { element, escapeXml } from "./xml";

/** A region or a stack: a box with its name in the upper left corner. */
export function drawContainer(placed: PlacedContainer): string {
  const { container, x, y, width, height } = placed;
  const { kind, label } = container;
  if (kind === "without-client") return drawWithoutClient(placed);
  const stack = kind === "stack";
  const font = stack ? fonts.stack : fonts.region;
  return [
    element("rect", {
      class: `${stack ? "stack" : "region"} frame`,
      x,
      y,
      width,
      height,
      rx: stack ? 6 : 10,
      "stroke-dasharray": kind === "region" || stack ? undefined : "5 4",
    }),
    element(
      "text",
      {
        class: stack ? "soft" : "ink",
        x: x + 14,
        y: y + (stack ? 19 : 23),
        "font-size": font.size,
        "font-weight": stack ? undefined : 700,
      },
      escapeXml(label),
    ),
  ].join("");
}

/** What no client calls, with the reason in as many lines as it needs. */
function drawWithoutClient({ container, x, y, width, height }: PlacedContainer): string {
  const frame = { class: "region frame", x, y, width, height, rx: 5, "stroke-dasharray": "3 3" };
  const lines = wrapped(container.label).map((line, index) =>
    element(
      "text",
      { class: "soft", x: x + 8, y: y + 17 + index * withoutClientLine, "font-size": fonts["without-client"].size },
      escapeXml(line),
    ),
  );
  return [element("rect", frame), ...lines].join("");
}

/** A node: its type, its name and its details; the title shows them in full. */
export function drawNode({ node, x, y, width, height }: PlacedNode): string {
  const text = nodeText(node, width);
  const left = x + nodePadding.left;
  return element(
    "g",
    {},
    element("title", {}, escapeXml(description(node))),
    element("rect", { class: "node frame", x, y, width, height, rx: 5 }),
    element("rect", { class: node.family, x, y, width: 5, height, rx: 2.5 }),
    element("text", { class: "soft", x: left, y: y + 16, "font-size": fonts.title.size }, escapeXml(text.title)),
    element(
      "text",
      { class: "ink", x: left, y: y + 34, "font-size": text.labelSize, "font-weight": 700 },
      escapeXml(text.label),
    ),
    text.details === ""
      ? ""
      : element(
          "text",
          { class: "soft", x: left, y: y + 51, "font-size": fonts.details.size },
          escapeXml(text.details),
        ),
    node.encrypted ? drawLock(x + width - nodePadding.right - 8, y + 6) : "",
  );
}

function description({ title, name, details, resources, encrypted }: PlacedNode["node"]): string {
  const parts = [
    ...details,
    ...(resources > 0 ? [`${resources} Terraform ${resources === 1 ? "resource" : "resources"}`] : []),
    ...(encrypted ? ["encrypted with a KMS key of this environment"] : []),
  ];
  return parts.length > 0 ? `${title} ${name}: ${parts.join(", ")}` : `${title} ${name}`;
}

/** A padlock, 9 pixels wide, 11 high. */
export function drawLock(x: number, y: number): string {
  return element("path", {
    class: "security",
    "fill-rule": "evenodd",
    transform: `translate(${x} ${y})`,
    d: "M0 5h1.5V3a3 3 0 0 1 6 0v2H9v6H0ZM3 5h3V3a1.5 1.5 0 0 0-3 0Z",
  });
}
