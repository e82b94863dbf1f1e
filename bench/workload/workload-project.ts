import { mkdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";

const own = ["environment.ts", "evenkeel.config.ts", "main.ts"];

/** What services of a project are bundled from, and the toolkit itself. */
const shared = [
  "dist",
  "forecast",
  "handlers",
  "node_modules",
  "package-lock.json",
  "package.json",
  "runtime",
  "services",
];

/** Makes a project of the environment in this folder. @returns the project's folder */
export function workloadProject(scratch: string): string {
  const folder = join(scratch, "workload");
  mkdirSync(folder, { recursive: true });
  for (const file of own) symlinkSync(resolve("bench", "workload", file), join(folder, file));
  linkToolkit(folder);
  return folder;
}

/** Links the toolkit, its services and all that it needs into a folder, so that a project can be there. */
export function linkToolkit(folder: string): void {
  for (const name of shared) symlinkSync(resolve(name), join(folder, name), "junction");
}
