import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** All inputs of a bundle besides the options. Each synthesis reads those of all handlers: long texts take the least time for that. */
export interface BundleInputs {
  readonly files: readonly FolderOfInputs[];
  /** For each file, the SHA-256 of its content, or `-` if it did not exist; with blanks between them, as they are hardly ever read. */
  readonly hashes: string;
  /** Each folder where imports were resolved, with the SHA-256 of the file names in it: a new file could take precedence. */
  readonly folders: readonly (readonly [folder: string, names: string])[];
}

/**
 * A folder, relative to the project folder, and its files: the name of each and its mark, with slashes between them all, which neither has. The mark is
 * its inode, size and times on this machine, which stay as long as nobody writes to the file; empty if the file was written to moments before.
 */
export type FolderOfInputs = readonly [folder: string, files: string];

interface Input {
  readonly name: string;
  readonly mark: string;
}

function inputsOf(files: string): Input[] {
  const parts = files.split("/");
  const inputs: Input[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    inputs.push({ name: parts[index] as string, mark: parts[index + 1] as string });
  }
  return inputs;
}

const pathsIn = (folder: string, inputs: readonly Input[]): string[] =>
  inputs.map(({ name }) => path.posix.join(folder, name));

/** Paths of all input files, relative to the project folder. */
export const inputFiles = ({ files }: Pick<BundleInputs, "files">): string[] =>
  files.flatMap(([folder, inputs]) => pathsIn(folder, inputsOf(inputs)));

/** What one run has found of inputs: most are in several bundles, and are looked at once. */
export class SeenInputs {
  private readonly marks = new Map<string, string>();
  private readonly names = new Map<string, string>();
  private readonly same = new Map<string, Set<string>>();
  private readonly paths = new Map<string, Map<string, string>>();

  /** Files of a folder that are not as they were recorded. */
  touchedIn(projectRoot: string, [folder, files]: FolderOfInputs): string[] {
    // The toolkit's own handlers are bundled from its folder, which is not the project's: their inputs have other names there.
    const at = this.pathOf(projectRoot, folder);
    const same = foundIn(this.same, at, () => new Set<string>());
    if (same.has(files)) return [];
    const touched = inputsOf(files).filter(({ name, mark }) => mark === "" || this.markIn(at, name) !== mark);
    if (touched.length === 0) same.add(files);
    return pathsIn(folder, touched);
  }

  /** The names that a folder has now. */
  namesIn(projectRoot: string, folder: string): string {
    const at = this.pathOf(projectRoot, folder);
    return foundIn(this.names, at, () => hashNames(at));
  }

  private markIn(at: string, name: string): string {
    const file = at + path.sep + name;
    return foundIn(this.marks, file, () => markOf(file));
  }

  private pathOf(projectRoot: string, folder: string): string {
    const ofProject = foundIn(this.paths, projectRoot, () => new Map<string, string>());
    return foundIn(ofProject, folder, () => path.resolve(projectRoot, folder));
  }
}

function foundIn<T>(known: Map<string, T>, key: string, find: () => T): T {
  let found = known.get(key);
  if (found === undefined) {
    found = find();
    known.set(key, found);
  }
  return found;
}

const lockFiles = [
  "package-lock.json",
  "npm-shrinkwrap.json",
  "yarn.lock",
  "pnpm-lock.yaml",
  "node_modules/.package-lock.json",
];
const missing = "-";

/** Records the current state of all inputs of a bundle. */
export function recordInputs(projectRoot: string, sources: readonly string[]): BundleInputs {
  // esbuild adds a prefix to anything that is not a plain file: `(disabled):node_modules/...`.
  const files = sources.map((source) => source.replace(/^\([^)]*\):/, ""));
  const folders = [...new Set(files.flatMap(foldersAbove))].sort();
  const manifests = folders
    .map((folder) => path.posix.join(folder, "package.json"))
    // A new manifest in our own folders changes the folder's names, in installed packages the lock file.
    .filter((file) => hashFile(path.resolve(projectRoot, file)) !== missing);
  return {
    ...recordFiles(projectRoot, [...new Set([...files, ...lockFiles, ...manifests])]),
    folders: folders
      .filter((folder) => !isInstalled(folder))
      .map((folder) => [folder, hashNames(path.resolve(projectRoot, folder))]),
  };
}

/**
 * Compares the recorded inputs of a bundle with the current state: `same`, `touched` if files were written to but have
 * the same content, or `changed`.
 * @param seen what this run has found of files and folders before: most are inputs of several bundles
 */
export function compareInputs(
  projectRoot: string,
  inputs: BundleInputs,
  seen = new SeenInputs(),
): "same" | "touched" | "changed" {
  // Like git: reading a thousand files takes ten times as long as checking their times.
  const touched = inputs.files.flatMap((folder) => seen.touchedIn(projectRoot, folder));
  if (touched.length > 0) {
    const files = inputFiles(inputs);
    const hashOf = new Map(inputs.hashes.split(" ").map((hash, index) => [files[index], hash]));
    if (touched.some((file) => hashFile(path.resolve(projectRoot, file)) !== hashOf.get(file))) return "changed";
  }
  if (inputs.folders.some(([folder, names]) => seen.namesIn(projectRoot, folder) !== names)) return "changed";
  return touched.length > 0 ? "touched" : "same";
}

/** The same inputs with the times that their files have now; undefined if the content of one has changed meanwhile. */
export function markAgain(projectRoot: string, inputs: BundleInputs): BundleInputs | undefined {
  const now = recordFiles(projectRoot, inputFiles(inputs));
  return now.hashes === inputs.hashes ? { ...now, folders: inputs.folders } : undefined;
}

export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** The folders from the file's own up to the project folder; for a file outside the project, only its own. */
function foldersAbove(file: string): string[] {
  const folder = path.posix.dirname(file);
  return folder === "." || folder.startsWith("..") || path.posix.isAbsolute(folder)
    ? [folder]
    : [folder, ...foldersAbove(folder)];
}

function isInstalled(folder: string): boolean {
  return folder.split("/").includes("node_modules");
}

/** Marks are taken before the contents, so that a write in between is detected. */
function recordFiles(projectRoot: string, files: readonly string[]): Omit<BundleInputs, "folders"> {
  const folders = new Map<string, string[]>();
  for (const file of [...files].sort()) {
    const { dir, base } = path.posix.parse(file);
    const mark = markOf(path.resolve(projectRoot, file));
    foundIn(folders, dir, () => []).push(`${base}/${mark}`);
  }
  const recorded = [...folders].map(([folder, inputs]): FolderOfInputs => [folder, inputs.join("/")]);
  const hashes = inputFiles({ files: recorded }).map((file) => hashFile(path.resolve(projectRoot, file)));
  return { files: recorded, hashes: hashes.join(" ") };
}

/** Some file systems store times in full seconds (FAT: two), so a recent file may change without a visible trace. */
const coarsestTimeMs = 2100;

function markOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat) return missing;
  if (Date.now() - Math.max(stat.mtimeMs, stat.ctimeMs) < coarsestTimeMs) return "";
  return `${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
}

function hashFile(file: string): string {
  try {
    return sha256(readFileSync(file));
  } catch {
    return missing;
  }
}

/**
 * Hashes only names that can affect imports: sources and `node_modules`. Any file takes precedence over other folders.
 */
function hashNames(folder: string): string {
  try {
    const names = readdirSync(folder);
    const relevant = names.filter((name) => name === "node_modules" || /\.([cm]?[jt]s|[jt]sx|json|css)$/.test(name));
    return sha256(relevant.sort().join("\n"));
  } catch {
    return missing;
  }
}
