import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../loader";

const configOf = (folder: string): string => join(folder, "evenkeel.config.ts");

/** Whether a folder is that of a project. */
export const hasProject = (folder: string): boolean => existsSync(configOf(folder));

/**
 * By which name the files of a project import the toolkit, which says the engine: as evenkeel.config.ts does. `evenkeel` in a folder
 * without that file.
 */
export function toolkitName(folder: string): string {
  const source = hasProject(folder) ? readFileSync(configOf(folder), "utf8") : "";
  return /from\s+["'](evenkeel(?:\/cdktn)?)["']/.exec(source)?.[1] ?? "evenkeel";
}

/** Version of this package. */
export const toolkitVersion = (): string =>
  (JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as { version: string }).version;
