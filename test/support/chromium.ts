import { setTimeout as delay } from "node:timers/promises";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { chromiumArguments, chromiumProgram } from "../../scripts/chromium";
import { temporaryFolder } from "./temporary-folder";

let found: { readonly program: string | undefined } | undefined;

/**
 * Whether Chromium can be run here; synchronous, for `describe.skip`. If EVENKEEL_REQUIRE (a list with commas) names `chromium`, a
 * missing one is an error.
 */
export function hasChromium(): boolean {
  found ??= { program: chromiumProgram() };
  const required = (process.env.EVENKEEL_REQUIRE ?? "").split(",").map((name) => name.trim());
  if (found.program === undefined && required.includes("chromium")) {
    throw new Error(
      "EVENKEEL_REQUIRE names chromium, but neither EVENKEEL_CHROMIUM nor PATH leads to one that runs here; install it (Debian: apt-get install chromium) or take chromium out of EVENKEEL_REQUIRE.",
    );
  }
  return found.program !== undefined;
}

/** Starts Chromium with a profile of its own, which goes away with the test file. Close it when the test is done. */
export function startChromium(): Promise<BrowserContext> {
  return chromium.launchPersistentContext(temporaryFolder("chromium-"), {
    executablePath: found?.program,
    headless: true,
    args: chromiumArguments,
  });
}

/**
 * Waits until an expression is true in a page. Playwright's `waitForFunction` evaluates it from within the page when it is not true at once, which a
 * Content-Security-Policy forbids.
 * @throws Error when it is still false after 30 seconds
 */
export async function untilTrue(page: Page, expression: string): Promise<void> {
  const end = Date.now() + 30_000;
  while (!(await page.evaluate<boolean>(expression))) {
    if (Date.now() > end) throw new Error(`This has not become true in the page: ${expression}`);
    await delay(50);
  }
}
