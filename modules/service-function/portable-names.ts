import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Metafile } from "esbuild";
import type { ZippedFile } from "./zip";

/**
 * Tells which sources, relative to the project folder, are outside of it. For an installed toolkit, whose handlers are bundled from its own folder,
 * the packages beside it are not: they are beside it everywhere.
 */
function outsideOf(projectRoot: string): (file: string) => boolean {
  const [top = ""] = `${projectRoot}${path.sep}`.split(`${path.sep}node_modules${path.sep}`);
  const inside = top.endsWith(path.sep) ? top : `${top}${path.sep}`;
  return (file) =>
    (file.startsWith("../") || path.isAbsolute(file)) && !path.resolve(projectRoot, file).startsWith(inside);
}

/**
 * The files of a bundle under names, and with sources in their maps, that do not depend on where the project is.
 *
 * esbuild puts a hash into the name of each file but the first, and takes into it the paths of all sources, relative to the project. Within the project
 * these are the same everywhere. A source outside of it, such as one behind a link, has another path at each depth of the project: the code is
 * the same then, and the names are not, nor the imports of them. So the files are numbered in the order of these imports.
 * @param main the name of the file that Lambda loads, which stays
 */
export function withPortableNames(
  files: readonly ZippedFile[],
  { inputs, outputs }: Metafile,
  main: string,
  projectRoot: string,
): readonly ZippedFile[] {
  const isOutside = outsideOf(projectRoot);
  // esbuild adds a prefix to anything that is not a plain file.
  if (!Object.keys(inputs).some((file) => isOutside(file.replace(/^\([^)]*\):/, "")))) return files;
  const names = numbered(main, outputs);
  const hashed = /[\w.-]+?-[A-Z0-9]{8}\.mjs/g;
  const renamed = (text: string) => text.replace(hashed, (name) => names.get(name) ?? name);
  return files.map(({ name, bytes }) => {
    const isMap = name.endsWith(".map");
    const text = renamed(Buffer.from(bytes).toString());
    return { name: renamed(name), bytes: Buffer.from(isMap ? withPortableSources(text, projectRoot) : text) };
  });
}

/** New names of the files that one imports, directly or through others. They have the same length: maps count columns. */
function numbered(main: string, outputs: Metafile["outputs"]): ReadonlyMap<string, string> {
  const found = new Map([[main, main]]);
  for (const [name] of found) {
    for (const { path: imported, external } of outputs[name]?.imports ?? []) {
      const file = path.basename(imported);
      if (external || found.has(file)) continue;
      const number = String(found.size).padStart(8, "0");
      found.set(file, file.replace(/[A-Z0-9]{8}(?=\.mjs$)/, number));
    }
  }
  return found;
}

/** A source map that names sources outside of the project by their packages. */
function withPortableSources(text: string, projectRoot: string): string {
  const isOutside = outsideOf(projectRoot);
  const map = JSON.parse(text) as { sources: string[] };
  const sources = map.sources.map((source) =>
    isOutside(source) ? inPackage(path.resolve(projectRoot, source)) : source,
  );
  return `${JSON.stringify({ ...map, sources }, undefined, 2)}\n`;
}

/** A file as `<name of its package>/<path in it>`; with the path from the root of the disk where it is in none. */
function inPackage(file: string): string {
  for (let folder = path.dirname(file); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const name = packageName(path.join(folder, "package.json"));
    if (name !== undefined) return path.posix.join(name, path.relative(folder, file).replaceAll(path.sep, "/"));
  }
  return path.relative(path.parse(file).root, file).replaceAll(path.sep, "/");
}

/** A manifest without a name is none of a package: it says which format the files beside it have. */
function packageName(manifest: string): string | undefined {
  if (!existsSync(manifest)) return undefined;
  const { name } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly name?: unknown };
  return typeof name === "string" ? name : undefined;
}
