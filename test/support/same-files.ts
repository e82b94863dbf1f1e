import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** The files of two folders that differ, or are in one of them only. Throws where there are none at all. */
export function differentFiles(one: string, other: string): string[] {
  const files = [...new Set([one, other].flatMap(filesOf))];
  if (files.length === 0) throw new Error(`there are no files in ${one}`);
  const read = (folder: string, file: string) => {
    const path = join(folder, file);
    return statSync(path, { throwIfNoEntry: false }) ? readFileSync(path).toString("latin1") : undefined;
  };
  return files.filter((file) => read(one, file) !== read(other, file));
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));
