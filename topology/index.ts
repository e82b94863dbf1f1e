import type { Topology } from "./graph";
import { layOut } from "./layout";
import { readGraph } from "./read-graph";
import { renderSvg } from "./render-svg";

export type { Flow, Place, Topology, TopologyEdge, TopologyNode } from "./graph";
export { MissingPackageError } from "./layout";
export { readGraph as readTopology } from "./read-graph";
export { readResources } from "./read-resources";
export { listOf, literalOf, type Reference, type Resource } from "./resource";
export { styleSheet as pictureStyle } from "./style";
export { escapeXml } from "./xml";

/**
 * Draws what a cdktf output folder deploys: regions, the stacks' parts in them, what flows between them, and where
 * traffic goes when a region fails. References in the synthesized JSON are the only source; AWS is not called.
 * @param outputFolder folder with `manifest.json` and `stacks/`, as `cdktf synth` writes it
 * @param title heading of the picture
 * @returns an SVG document; the same bytes for the same input
 * @throws OutputFolderError if the folder is not a cdktf output folder, or contains no stacks
 */
export async function topologySvg(outputFolder: string, title: string): Promise<string> {
  return drawTopology(readGraph(outputFolder), title);
}

/** Draws what `readTopology` has read. @throws MissingPackageError if the layout engine is not installed */
export async function drawTopology(topology: Topology, title: string): Promise<string> {
  return renderSvg(topology, await layOut(topology), title);
}
