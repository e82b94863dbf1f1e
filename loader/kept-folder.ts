import { accessSync, constants, mkdirSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { packageRoot } from "./package-root";

/** The folder whose `node_modules` this package is in, or that this package has: everything below is installed, and not edited. */
export function installationRoot(): string {
  const own = packageRoot();
  const at = own.lastIndexOf(`${sep}node_modules${sep}`);
  return at < 0 ? own : own.slice(0, at);
}

/** Where this package keeps what it can make again; whoever installs packages anew removes it. */
export const installedCache = (root = installationRoot()): string => join(root, "node_modules", ".cache", "evenkeel");

/** The same for what is made of this package's own files: several copies of its repository may have the same packages installed. */
function ownCache(): string {
  const root = installationRoot();
  return packageRoot() === root ? join(root, ".evenkeel") : installedCache(root);
}

/**
 * A folder for what is made of this package's own files, or of texts alone, and is the same for all projects that use it: in
 * `node_modules/.cache/evenkeel` where it is installed, or in `.evenkeel` of the current folder where that cannot be written.
 */
export function keptFolder(name: string, cache = ownCache()): string {
  const folder = join(cache, name);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return resolve(".evenkeel", name);
  }
}
