import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { temporaryFolder } from "./temporary-folder";

/** How Chromium is called on Debian, on other Linux, and as Chrome. */
const names = ["chromium", "chromium-browser", "google-chrome"];

let found: { readonly program: string | undefined } | undefined;

/**
 * Chromium's absolute path: what EVENKEEL_CHROMIUM names, else what is on PATH; undefined where neither runs. Synchronous, for
 * `describe.skip`. If EVENKEEL_REQUIRE (a list with commas) names `chromium`, a missing one is an error.
 */
export function chromiumProgram(): string | undefined {
  found ??= { program: candidates().find((program) => spawnSync(program, ["--version"]).status === 0) };
  const required = (process.env.EVENKEEL_REQUIRE ?? "").split(",").map((name) => name.trim());
  if (found.program === undefined && required.includes("chromium")) {
    throw new Error(
      "EVENKEEL_REQUIRE names chromium, but neither EVENKEEL_CHROMIUM nor PATH leads to one that runs here; install it (Debian: apt-get install chromium) or take chromium out of EVENKEEL_REQUIRE.",
    );
  }
  return found.program;
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

/** For the root user of a container, without anything that Chromium does in the background. */
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Chromium with a profile of its own, which goes away with the test file. Close it when the test is done. */
export function startChromium(): Promise<BrowserContext> {
  return chromium.launchPersistentContext(temporaryFolder("chromium-"), {
    executablePath: chromiumProgram(),
    headless: true,
    args,
  });
}
