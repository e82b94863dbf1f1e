import { layOut } from "./layout";
import { readGraph } from "./read-graph";
import { renderSvg } from "./render-svg";

/**
 * Draws what a cdktf output folder deploys: regions, the stacks' parts in them, what flows between them, and where
 * traffic goes when a region fails. References in the synthesized JSON are the only source; AWS is not called.
 * @param outputFolder folder with `manifest.json` and `stacks/`, as `cdktf synth` writes it
 * @param title heading of the picture
 * @returns an SVG document; the same bytes for the same input
 * @throws OutputFolderError if the folder is not a cdktf output folder, or contains no stacks
 */
export async function topologySvg(outputFolder: string, title: string): Promise<string> {
  const topology = readGraph(outputFolder);
  return renderSvg(topology, await layOut(topology), title);
}
