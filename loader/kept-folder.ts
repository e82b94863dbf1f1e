import { accessSync, constants, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
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

/** Writes a file, and its folder, so that other processes see all of it or nothing. */
export function writeWhole(path: string, data: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, data);
  renameSync(temporary, path);
}

/**
 * Removes all files of a name but the newest few, also those that a process has not written to the end. A file does not say whether anybody
 * still reads it, as another version of Node.js does: one that is removed too early is written again by the next process that misses it.
 * @param prefix what their names begin with
 */
export function removeOldFiles(folder: string, prefix: string): void {
  const files = readdirSync(folder)
    .filter((file) => file.startsWith(prefix))
    .map((file) => join(folder, file))
    .map((path) => ({ path, written: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((left, right) => right.written - left.written);
  for (const { path } of files.slice(mostFiles)) rmSync(path, { force: true });
}

/** More than the versions of Node.js that one installation is used with. */
const mostFiles = 6;
