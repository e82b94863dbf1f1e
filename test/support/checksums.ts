import { createHash } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join, relative } from "node:path";

/**
 * What every file below a folder holds, by its path.
 * @param leftOut folders that are not looked at
 */
export function checksums(folder: string, leftOut: readonly string[] = []): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const file = join(at, entry.name);
      if (leftOut.includes(relative(folder, file))) continue;
      if (entry.isDirectory()) visit(file);
      else found[relative(folder, file)] = entry.isSymbolicLink() ? readlinkSync(file) : digest(readFileSync(file));
    }
  };
  visit(folder);
  return found;
}

const digest = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
