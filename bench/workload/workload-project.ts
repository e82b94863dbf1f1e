import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const own = ["environment.ts", "grown.ts", "main.ts"];

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

/** Makes a project of an environment in this folder. @returns the project's folder */
export function workloadProject(scratch: string, environment: "environment" | "grown" = "environment"): string {
  const folder = join(scratch, "workload");
  mkdirSync(folder, { recursive: true });
  for (const file of own) symlinkSync(resolve("bench", "workload", file), join(folder, file));
  const config = environment === "grown" ? "grown.config.ts" : "evenkeel.config.ts";
  symlinkSync(resolve("bench", "workload", config), join(folder, "evenkeel.config.ts"));
  const app = "node --require evenkeel/register main.ts";
  writeFileSync(join(folder, "cdktf.json"), JSON.stringify({ language: "typescript", app }));
  linkToolkit(folder);
  return folder;
}

/** Links the toolkit, its services and all that it needs into a folder, so that a project can be there. */
export function linkToolkit(folder: string): void {
  for (const name of shared) symlinkSync(resolve(name), join(folder, name), "junction");
}
