import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { chromiumArguments, chromiumProgram } from "./chromium";

/**
 * Takes the picture of a report for the documentation: docs/pictures/report.png. Run by `npm run pictures`, with Chromium on PATH or
 * named by EVENKEEL_CHROMIUM.
 */
const picture = join("docs", "pictures", "report.png");
/** In pixels, and in bytes: it is in every clone and in the package. */
const size = { width: 1280, height: 1000 };
const limit = 150_000;

async function main(): Promise<void> {
  const program = chromiumProgram();
  if (program === undefined) throw new Error("Chromium is missing: install it, or name it in EVENKEEL_CHROMIUM");
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-picture-"));
  try {
    const file = join(folder, "prod.html");
    const verb = [resolve(__dirname, "..", "cli", "main.js"), "report", "prod", "--output", file];
    const { status } = spawnSync(process.execPath, verb, { stdio: ["ignore", "ignore", "inherit"] });
    if (status !== 0) throw new Error(`evenkeel report ended with ${status}`);
    const browser = await chromium.launch({ executablePath: program, args: chromiumArguments });
    try {
      const page = await browser.newPage({ viewport: size, colorScheme: "light" });
      await page.goto(pathToFileURL(file).href);
      await page.screenshot({ path: picture });
    } finally {
      await browser.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const { size: bytes } = statSync(picture);
  if (bytes > limit) throw new Error(`${picture} has ${bytes} bytes, more than ${limit}; make it smaller`);
  process.stdout.write(`${picture}: ${bytes} bytes\n`);
}

void main();
