import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Construct } from "constructs";
import { ConstructError } from "../core";
import { bundlerOptions, handlerFileProblem, type ZippedFile } from "../service-function";
import type { FunctionLayerConfig } from "./config";

/** What file managers leave in folders. */
const leftovers = new Set([".DS_Store", "Thumbs.db", "desktop.ini"]);

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

/** Names with forward slashes. Whether a file may be run depends on it alone, as not every checkout keeps modes. */
function filesBelow(scope: Construct, root: string, folder: string): ZippedFile[] {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ConstructError(scope, `there is no folder ${folder}`, "create it, or correct its path");
  }
  const found = readdirSync(root, { recursive: true, withFileTypes: true }).filter(
    (entry) => !entry.isDirectory() && !leftovers.has(entry.name),
  );
  const [first] = found;
  if (!first) throw new ConstructError(scope, `the folder ${folder} has no files`, "put what functions need into it");
  return found.map((entry) => {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    const name = path.relative(root, file).replaceAll(path.sep, "/");
    if (!entry.isFile()) {
      throw new ConstructError(scope, `${folder}/${name} is no plain file`, "copy what it points to");
    }
    const bytes = readFileSync(file);
    return { name, bytes, executable: isProgram(name, bytes) };
  });
}

/** Lambda runs each file of `extensions/`; scripts and programs are known by how they begin. */
const isProgram = (name: string, bytes: Buffer): boolean =>
  /^extensions\/[^/]+$/.test(name) || bytes.subarray(0, 2).toString("latin1") === "#!" || isElf(bytes);

const isElf = (bytes: Buffer): boolean => bytes.subarray(0, 4).equals(Buffer.from([0x7f, 0x45, 0x4c, 0x46]));

function bundleOf(
  scope: Construct,
  entry: string,
  runtimes: FunctionLayerConfig["compatibleRuntimes"],
  projectRoot: string,
): Uint8Array {
  const [what, remedy] = handlerFileProblem(projectRoot, entry)?.split("; ") ?? [];
  if (what !== undefined) throw new ConstructError(scope, what, remedy ?? "");
  const esbuild = require("esbuild") as typeof import("esbuild");
  const [oldest = "nodejs20.x"] = [...runtimes].sort();
  const options = bundlerOptions({ entry, handler: "", runtime: oldest, sourceMap: false, external: [], projectRoot });
  try {
    // One file for each: what is imported dynamically is in it too.
    const { outputFiles } = esbuild.buildSync({ ...options, splitting: false });
    return outputFiles[0]?.contents ?? new Uint8Array();
  } catch (error) {
    throw new ConstructError(scope, `cannot bundle ${entry}: ${(error as Error).message}`, "fix the source");
  }
}
