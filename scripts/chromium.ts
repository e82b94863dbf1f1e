import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** How Chromium is called on Debian, on other Linux, and as Chrome. */
const names = ["chromium", "chromium-browser", "google-chrome"];

/** For the root user of a container, without anything that Chromium does in the background. */
export const chromiumArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The absolute path of a Chromium that runs: what EVENKEEL_CHROMIUM names, else what is on PATH; undefined where none does. */
export function chromiumProgram(): string | undefined {
  return candidates().find((program) => spawnSync(program, ["--version"]).status === 0);
}

function candidates(): string[] {
  const { EVENKEEL_CHROMIUM: named, PATH = "" } = process.env;
  if (named) return [named];
  const folders = PATH.split(delimiter).filter((folder) => folder !== "");
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).filter(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
