import { readFileSync } from "node:fs";
import { join } from "node:path";

/** By which name the files of a project import the toolkit, which says the engine: as evenkeel.config.ts does. */
export function toolkitName(folder: string): string {
  const source = readFileSync(join(folder, "evenkeel.config.ts"), "utf8");
  return /from\s+["'](evenkeel(?:\/[\w-]+)?)["']/.exec(source)?.[1] ?? "evenkeel";
}
