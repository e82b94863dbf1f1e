import path from "node:path";
import type { Construct } from "constructs";
import { ConstructError } from "../core";
import { bundlerOptions, filesBelow, functionRuntimes, handlerFileProblem, type ZippedFile } from "../service-function";
import type { FunctionLayerConfig } from "./config";

/**
 * The files of a layer.
 * @throws ConstructError if the folder is missing or empty, has something that is no file, or a bundle takes the place of a file
 */
export function layerFiles(
  scope: Construct,
  { folder, bundles, compatibleRuntimes }: FunctionLayerConfig,
  projectRoot: string,
): ZippedFile[] {
  const files = folder === undefined ? [] : filesBelow(scope, path.resolve(projectRoot, folder), folder);
  const bundled = Object.entries(bundles).map(([name, entry]) => {
    if (files.some((file) => file.name === name)) {
      throw new ConstructError(scope, `has ${name} as a file of ${folder} and as a bundle`, "rename one of them");
    }
    return { name, bytes: bundleOf(scope, entry, compatibleRuntimes, projectRoot) };
  });
  return [...files, ...bundled];
}

function bundleOf(
  scope: Construct,
  entry: string,
  runtimes: FunctionLayerConfig["compatibleRuntimes"],
  projectRoot: string,
): Uint8Array {
  const [what, remedy] = handlerFileProblem(projectRoot, entry)?.split("; ") ?? [];
  if (what !== undefined) throw new ConstructError(scope, what, remedy ?? "");
  const esbuild = require("esbuild") as typeof import("esbuild");
  const [oldest = "nodejs20.x"] = functionRuntimes.filter((runtime) => runtimes.includes(runtime)).sort();
  const options = bundlerOptions({ entry, handler: "", runtime: oldest, sourceMap: false, external: [], projectRoot });
  try {
    // One file for each: what is imported dynamically is in it too.
    const { outputFiles } = esbuild.buildSync({ ...options, splitting: false });
    return outputFiles[0]?.contents ?? new Uint8Array();
  } catch (error) {
    throw new ConstructError(scope, `cannot bundle ${entry}: ${(error as Error).message}`, "fix the source");
  }
}
