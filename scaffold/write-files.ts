import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UserError } from "../errors";

/** A file would be overwritten, or changed where it cannot be. */
export class ScaffoldError extends UserError {
  override readonly name = "ScaffoldError";
}

/** @throws ScaffoldError naming every file that exists already */
export function checkNewFiles(folder: string, paths: Iterable<string>): void {
  const existing = [...paths].filter((path) => existsSync(join(folder, path)));
  if (existing.length === 0) return;
  throw new ScaffoldError(
    `${existing.join(", ")} ${existing.length > 1 ? "exist" : "exists"} already, and nothing is overwritten; choose another name, or move what is there away`,
  );
}

/**
 * Writes new files below a folder, all or none.
 * @throws ScaffoldError naming every file that exists already
 */
export function writeNewFiles(folder: string, files: ReadonlyMap<string, string>): void {
  checkNewFiles(folder, files.keys());
  for (const [path, text] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    // Also not what came into being a moment ago.
    writeFileSync(file, text, { flag: "wx" });
  }
}
