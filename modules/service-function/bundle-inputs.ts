import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** All inputs of a bundle besides the options. Each synthesis reads those of all handlers, which lists take the least time for. */
export interface BundleInputs {
  /** Paths relative to the project folder. */
  readonly files: readonly string[];
  /**
   * For each file, its inode, size and times on this machine, which stay as long as nobody writes to the file; empty if the file was written to
   * moments before.
   */
  readonly marks: readonly string[];
  /** For each file, the SHA-256 of its content, or `-` if it did not exist; with blanks between them, as they are hardly ever read. */
  readonly hashes: string;
  /** SHA-256 of the file names in each folder where imports were resolved: a new file could take precedence. */
  readonly folders: Readonly<Record<string, string>>;
}

/** What one run has found of inputs: most are in several bundles, and are looked at once. */
export class SeenInputs {
  readonly marks = new FoundOnce(markOf);
  readonly names = new FoundOnce(hashNames);
}

/** What is found of files or folders. */
class FoundOnce {
  private readonly byPath = new Map<string, string>();
  private readonly finders = new Map<string, (name: string) => string>();

  constructor(private readonly find: (path: string) => string) {}

  /** Finds it of what has a name in a project folder. */
  in(projectRoot: string): (name: string) => string {
    const finder = this.finders.get(projectRoot) ?? this.finderIn(projectRoot);
    this.finders.set(projectRoot, finder);
    return finder;
  }

  private finderIn(projectRoot: string): (name: string) => string {
    const known = new Map<string, string>();
    const located = locator(projectRoot);
    return (name) => {
      let found = known.get(name);
      if (found === undefined) {
        // The toolkit's own handlers are bundled from its folder, which is not the project's: their inputs have other names there.
        const path = located(name);
        found = this.byPath.get(path) ?? this.find(path);
        this.byPath.set(path, found);
        known.set(name, found);
      }
      return found;
    };
  }
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
  const all = [...new Set([...files, ...lockFiles, ...manifests])].sort();
  return {
    ...recordFiles(projectRoot, all),
    folders: Object.fromEntries(
      folders
        .filter((folder) => !isInstalled(folder))
        .map((folder) => [folder, hashNames(path.resolve(projectRoot, folder))]),
    ),
  };
}

/**
 * Compares the recorded inputs of a bundle with the current state: `same`, `touched` if files were written to but have
 * the same content, or `changed`.
 * @param seen what this run has found of files and folders before: most are inputs of several bundles
 */
export function compareInputs(
  projectRoot: string,
  { files, marks, hashes, folders }: BundleInputs,
  seen = new SeenInputs(),
): "same" | "touched" | "changed" {
  const [markNow, namesNow] = [seen.marks.in(projectRoot), seen.names.in(projectRoot)];
  // Like git: reading a thousand files takes ten times as long as checking their times.
  const isTouched = (file: string, index: number) => marks[index] === "" || markNow(file) !== marks[index];
  const touched = files.filter(isTouched);
  if (touched.length > 0) {
    const hashOf = new Map(hashes.split(" ").map((hash, index) => [files[index], hash]));
    if (touched.some((file) => hashFile(path.resolve(projectRoot, file)) !== hashOf.get(file))) return "changed";
  }
  if (Object.entries(folders).some(([folder, hash]) => namesNow(folder) !== hash)) return "changed";
  return touched.length > 0 ? "touched" : "same";
}

/** The same inputs with the times that their files have now; undefined if the content of one has changed meanwhile. */
export function markAgain(projectRoot: string, { files, hashes, folders }: BundleInputs): BundleInputs | undefined {
  const now = recordFiles(projectRoot, files);
  return now.hashes === hashes ? { ...now, folders } : undefined;
}

export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** Where names in a project folder lead, as `resolve` gives it, which takes longer than to ask for the file there: each folder is resolved once. */
function locator(projectRoot: string): (name: string) => string {
  const folders = new Map<string, string>();
  return (name) => {
    const at = name.lastIndexOf("/");
    if (at <= 0) return path.resolve(projectRoot, name);
    const folder = name.slice(0, at + 1);
    let located = folders.get(folder);
    if (located === undefined) {
      located = path.resolve(projectRoot, folder);
      folders.set(folder, located);
    }
    return located + path.sep + name.slice(at + 1);
  };
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
  const paths = files.map(locator(projectRoot));
  const marks = paths.map(markOf);
  return { files, marks, hashes: paths.map(hashFile).join(" ") };
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
