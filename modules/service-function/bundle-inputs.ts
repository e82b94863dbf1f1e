import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** One file as it was: the SHA-256 of its content, and a mark of its place, size and times on this machine. */
export interface InputFile {
  /** `-` for a file that was looked for and did not exist. */
  readonly sha256: string;
  /** Equal only while nobody wrote to the file; empty for one that was written to moments before. */
  readonly mark: string;
}

/** Everything outside the options that a bundle came from, by path from the project folder. */
export interface BundleInputs {
  readonly files: Readonly<Record<string, InputFile>>;
  /** SHA-256 of the names in each folder that imports were resolved in: a new file may win over the one found. */
  readonly folders: Readonly<Record<string, string>>;
}

const lockFiles = [
  "package-lock.json",
  "npm-shrinkwrap.json",
  "yarn.lock",
  "pnpm-lock.yaml",
  "node_modules/.package-lock.json",
];
const missing = "-";

/** Records the present state of all that a bundle was made from. */
export function recordInputs(projectRoot: string, sources: readonly string[]): BundleInputs {
  // esbuild marks what is not a plain file with a prefix: `(disabled):node_modules/...`.
  const files = sources.map((source) => source.replace(/^\([^)]*\):/, ""));
  const folders = [...new Set(files.flatMap(foldersAbove))].sort();
  const manifests = folders
    .map((folder) => path.posix.join(folder, "package.json"))
    // In folders of ours a new manifest changes the folder's names, in installed packages the lock file.
    .filter((file) => hashFile(projectRoot, file) !== missing);
  const all = [...new Set([...files, ...lockFiles, ...manifests])].sort();
  return {
    files: Object.fromEntries(all.map((file) => [file, recordFile(projectRoot, file)])),
    folders: Object.fromEntries(
      folders.filter((folder) => !isInstalled(folder)).map((folder) => [folder, hashNames(projectRoot, folder)]),
    ),
  };
}

/**
 * Compares all that a bundle was made from with what is there now: `same`, `touched` when files were written to but
 * have the content they had, or `changed`.
 */
export function compareInputs(projectRoot: string, { files, folders }: BundleInputs): "same" | "touched" | "changed" {
  // As git does: reading a thousand files takes ten times as long as asking for their times.
  const touched = Object.entries(files).filter(([file, { mark }]) => mark === "" || markOf(projectRoot, file) !== mark);
  if (touched.some(([file, { sha256 }]) => hashFile(projectRoot, file) !== sha256)) return "changed";
  if (Object.entries(folders).some(([folder, hash]) => hashNames(projectRoot, folder) !== hash)) return "changed";
  return touched.length > 0 ? "touched" : "same";
}

export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** The folders from a file's own up to the project folder; of a file outside the project, its own. */
function foldersAbove(file: string): string[] {
  const folder = path.posix.dirname(file);
  return folder === "." || folder.startsWith("..") || path.posix.isAbsolute(folder)
    ? [folder]
    : [folder, ...foldersAbove(folder)];
}

function isInstalled(folder: string): boolean {
  return folder.split("/").includes("node_modules");
}

/** The mark is taken before the content: what is written in between then differs from it. */
function recordFile(projectRoot: string, file: string): InputFile {
  const mark = markOf(projectRoot, file);
  return { mark, sha256: hashFile(projectRoot, file) };
}

/** The coarsest file times in use are full seconds, on FAT even two: a younger file may change unseen. */
const coarsestTimeMs = 2100;

function markOf(projectRoot: string, file: string): string {
  const stat = statSync(path.resolve(projectRoot, file), { throwIfNoEntry: false });
  if (!stat) return missing;
  if (Date.now() - Math.max(stat.mtimeMs, stat.ctimeMs) < coarsestTimeMs) return "";
  return [stat.ino, stat.size, stat.mtimeMs, stat.ctimeMs].join(" ");
}

function hashFile(projectRoot: string, file: string): string {
  try {
    return sha256(readFileSync(path.resolve(projectRoot, file)));
  } catch {
    return missing;
  }
}

/** Only names that can win an import: sources, and `node_modules`. Other folders lose against any file. */
function hashNames(projectRoot: string, folder: string): string {
  try {
    const names = readdirSync(path.resolve(projectRoot, folder));
    const relevant = names.filter((name) => name === "node_modules" || /\.([cm]?[jt]s|[jt]sx|json|css)$/.test(name));
    return sha256(relevant.sort().join("\n"));
  } catch {
    return missing;
  }
}
