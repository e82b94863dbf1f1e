import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type { Construct } from "constructs";
import { ConstructError } from "../core";
import type { ZippedFile } from "./zip";

/** What file managers leave in folders, and Python writes when it runs, with times in it. */
const leftovers = new Set([".DS_Store", "Thumbs.db", "desktop.ini", "__pycache__"]);

const isLeftover = (name: string): boolean => name.split("/").some((part) => leftovers.has(part));

/**
 * The files below a folder. Names have forward slashes. Whether a file may be run depends on it alone, as not every checkout keeps modes.
 * @param root absolute path
 * @param folder how messages name it
 * @throws ConstructError if it is missing or empty, or has something that is no file
 */
export function filesBelow(scope: Construct, root: string, folder: string): ZippedFile[] {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ConstructError(scope, `there is no folder ${folder}`, "create it, or correct its path");
  }
  const found = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => {
      const file = path.join(entry.parentPath ?? entry.path, entry.name);
      return { entry, file, name: path.relative(root, file).replaceAll(path.sep, "/") };
    })
    .filter(({ name }) => !isLeftover(name));
  const [first] = found;
  if (!first) throw new ConstructError(scope, `the folder ${folder} has no files`, "put what functions need into it");
  return found.map(({ entry, file, name }) => {
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
