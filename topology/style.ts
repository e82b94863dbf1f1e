import type { Family, Flow } from "./graph";

/** A colour on a light and on a dark page. */
interface Shade {
  readonly light: string;
  readonly dark: string;
}

const shade = (light: string, dark: string): Shade => ({ light, dark });

export const families: Readonly<Record<Family, { readonly title: string; readonly colour: Shade }>> = {
  entry: { title: "where clients arrive", colour: shade("#2563eb", "#6ea8fe") },
  compute: { title: "computes", colour: shade("#c2570c", "#fb9a4b") },
  data: { title: "holds data", colour: shade("#15803d", "#4ade80") },
  messaging: { title: "carries messages", colour: shade("#be185d", "#f472b6") },
  security: { title: "keys and secrets", colour: shade("#7c3aed", "#b794f6") },
  operations: { title: "watches", colour: shade("#52606d", "#a3b1bf") },
  other: { title: "other", colour: shade("#8a6d1d", "#d9b84a") },
};

/** From what clients reach first; containers and columns are in this order, from top to bottom. */
export const familyOrder = Object.keys(families) as readonly Family[];

export const flows: Readonly<
  Record<Flow, { readonly title: string; readonly colour: Shade; readonly dashes?: string; readonly width: number }>
> = {
  data: { title: "requests and data", colour: shade("#475569", "#a9b6c6"), width: 1.6 },
  failover: { title: "failover", colour: shade("#d11f1f", "#ff7b7b"), dashes: "7 4", width: 2.4 },
  replication: { title: "replication", colour: shade("#15803d", "#4ade80"), width: 1.8 },
  "dead-letter": { title: "failed events", colour: shade("#be185d", "#f472b6"), dashes: "2 3", width: 1.6 },
};

const paint: Readonly<Record<string, { readonly property: string; readonly colour: Shade }>> = {
  page: { property: "fill", colour: shade("#ffffff", "#0d1117") },
  region: { property: "fill", colour: shade("#f3f6fa", "#151b23") },
  stack: { property: "fill", colour: shade("#ffffff", "#0d1117") },
  node: { property: "fill", colour: shade("#ffffff", "#1c232d") },
  ink: { property: "fill", colour: shade("#18212b", "#e6edf3") },
  soft: { property: "fill", colour: shade("#52606d", "#a3b1bf") },
  frame: { property: "stroke", colour: shade("#b6c2cf", "#3d4854") },
  halo: { property: "stroke", colour: shade("#f3f6fa", "#151b23") },
};

/** The style sheet: every colour once for light pages, once for dark ones. */
export function styleSheet(): string {
  const rules = (tone: keyof Shade): string =>
    [
      ...Object.entries(paint).map(([name, { property, colour }]) => `.${name}{${property}:${colour[tone]}}`),
      ...Object.entries(families).map(([name, { colour }]) => `.${name}{fill:${colour[tone]}}`),
      ...Object.entries(flows).map(
        ([name, { colour }]) => `.line-${name}{stroke:${colour[tone]}}.head-${name}{fill:${colour[tone]}}`,
      ),
    ].join("");
  const lines = Object.entries(flows).map(
    ([name, { width, dashes }]) =>
      `.line-${name}{fill:none;stroke-width:${width}${dashes ? `;stroke-dasharray:${dashes}` : ""}}`,
  );
  return [
    "text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}",
    ".frame{stroke-width:1}.halo{stroke-width:4;paint-order:stroke;stroke-linejoin:round}",
    ...lines,
    rules("light"),
    `@media screen and (prefers-color-scheme:dark){${rules("dark")}}`,
  ].join("");
}
