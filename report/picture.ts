import { drawTopology, MissingPackageError, type Topology } from "../topology";
import type { Picture } from "./html/topology";

/** The picture of what stands where; in its place what to install, where the layout engine is missing. */
export async function pictureOf(topology: Topology, title: string): Promise<Picture> {
  try {
    return { svg: await drawTopology(topology, title) };
  } catch (error) {
    if (error instanceof MissingPackageError) return { missing: error.message };
    throw error;
  }
}
