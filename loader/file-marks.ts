import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** Changes whenever anybody writes to a file, replaces it, or adds a name to a folder; `-` if there is none. */
export function markOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}` : "-";
}

/** Whether what was marked may have changed without a new mark: a clock that ticks slowly gives two changes one time. */
export function isFresh(mark: string, now: number): boolean {
  const [, , modified, changed] = mark.split(" ").map(Number);
  return Math.max(modified ?? 0, changed ?? 0) > now - 2000;
}

/** The folders of some files, and all above them up to a root. */
export function foldersUpTo(root: string, files: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = dirname(file); folder.length > root.length && !folders.has(folder); folder = dirname(folder)) {
      folders.add(folder);
    }
  }
  return folders;
}

/** The manifests in some folders. */
export const manifestsIn = (folders: Iterable<string>): string[] =>
  [...folders].flatMap((folder) =>
    readdirSync(folder).includes("package.json") ? [join(folder, "package.json")] : [],
  );
