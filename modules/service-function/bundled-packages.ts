import path from "node:path";
import type { Metafile } from "esbuild";

/**
 * The packages of which something is in a bundle, by their folders relative to the project's, sorted, each with the folders of those in the bundle that it
 * imports. What is imported and then shaken away is not among them. The project's own code has the folder "".
 */
export type BundledPackages = Readonly<Record<string, readonly string[]>>;

const modules = "/node_modules/";

/**
 * Folder of the package that a file is of, relative to the project's: `node_modules/@aws-sdk/client-ssm`, `../zod`, "" for a file of the project.
 * @param file relative to the project, as esbuild names it
 */
export function packageOf(projectRoot: string, file: string): string {
  // esbuild adds a prefix to anything that is not a plain file.
  const plain = path.resolve(projectRoot, file.replace(/^\([^)]*\):/, "")).replaceAll(path.sep, "/");
  const at = plain.lastIndexOf(modules);
  if (at < 0) return "";
  const [first = "", second = ""] = plain.slice(at + modules.length).split("/");
  const folder = plain.slice(0, at + modules.length) + (first.startsWith("@") ? `${first}/${second}` : first);
  return path.relative(projectRoot, folder).replaceAll(path.sep, "/");
}

/** @param loaded names of the files that are in the zip */
export function bundledPackages(
  projectRoot: string,
  { inputs, outputs }: Metafile,
  loaded: ReadonlySet<string>,
): BundledPackages {
  const folderOf = (file: string) => packageOf(projectRoot, file);
  const bundled = new Set(
    Object.entries(outputs)
      .filter(([output]) => loaded.has(path.basename(output)))
      .flatMap(([, output]) => Object.entries(output.inputs))
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([input]) => input),
  );
  const imports = new Map<string, Set<string>>();
  for (const input of bundled) {
    const from = folderOf(input);
    const to = imports.get(from) ?? new Set();
    for (const { path: imported } of inputs[input]?.imports ?? []) {
      if (bundled.has(imported) && folderOf(imported) !== from) to.add(folderOf(imported));
    }
    imports.set(from, to);
  }
  return Object.fromEntries(
    [...imports].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, to]) => [name, [...to].sort()]),
  );
}
