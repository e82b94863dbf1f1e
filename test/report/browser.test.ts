import { mkdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import type { BrowserContext, Page } from "playwright-core";
import { runProcess } from "../../terraform";
import { hasChromium, startChromium, untilTrue } from "../support/chromium";
import { temporaryFolder } from "../support/temporary-folder";

const minutes = 60_000;
/** Pictures to look at, below a folder that git ignores. */
const pictures = resolve(".evenkeel", "test", "report");
const widths = [1280, 390];
const schemes = ["light", "dark"] as const;
/** Contrast does not depend on the width, nor sizes on the colours: each once is enough. */
const checked = [
  [1280, "light"],
  [390, "dark"],
] as const;

const isHere = hasChromium();
if (!isHere) process.stderr.write("Chromium is not installed here: the report is not opened in a browser.\n");

(isHere ? describe : describe.skip)("The report of prod in Chromium", () => {
  let chromium: BrowserContext;
  let page: Page;
  let address: string;
  /** What the browser complained about, and what it asked for. */
  const complaints: string[] = [];
  const requests = new Set<string>();

  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    const file = join(temporaryFolder("report-"), "prod.html");
    const command = [join("dist", "cli", "main.js"), "report", "prod", "--output", file];
    expect(await runProcess(process.execPath, command, { env: process.env })).toMatchObject({
      code: 0,
      stdout: `${file}\n`,
    });
    address = pathToFileURL(file).href;
    chromium = await startChromium();
    await chromium.addInitScript({ path: require.resolve("axe-core/axe.min.js") });
    page = chromium.pages()[0] ?? (await chromium.newPage());
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", ({ message }) => complaints.push(message));
    page.on("request", (request) => requests.add(request.url()));
  }, 3 * minutes);
  afterAll(() => chromium?.close(), minutes);

  /** Opens it anew at a width, in light or dark. */
  async function open(width = 1280, colorScheme: (typeof schemes)[number] = "light"): Promise<void> {
    await page.emulateMedia({ colorScheme, media: "screen" });
    await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
    await page.goto(address);
  }
  const rows = () => page.locator("details.stack tbody tr:visible");
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const focused = () => page.evaluate<string>("document.activeElement.id || document.activeElement.className");

  describe.each(widths)("%i pixels wide", (width) => {
    test.each(schemes)(
      "is not wider than the screen in %s",
      async (scheme) => {
        await open(width, scheme);
        await page.screenshot({ path: join(pictures, `${width}-${scheme}.png`), fullPage: true });
        await page.locator("#stack-prod-data > summary").click();
        await page.locator("#stack-prod-data").scrollIntoViewIfNeeded();
        await page.screenshot({ path: join(pictures, `${width}-${scheme}-resources.png`) });
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      },
      minutes,
    );
  });

  test.each(checked)(
    "has no violation of WCAG 2.2 AA at %i pixels in %s",
    async (width, scheme) => {
      await open(width, scheme);
      // One stack is open; rows are alike.
      await page.locator("#stack-prod-events > summary").click();
      // What has scrolled behind the contents counts as too small.
      await page.evaluate("scrollTo(0, 0)");
      const run = `axe.run({ resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })`;
      const { violations, passes } = await page.evaluate<AxeResults>(run);
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html).slice(0, 3)])).toEqual([]);
      expect(passes.map(({ id }) => id)).toEqual(expect.arrayContaining(["color-contrast", "target-size"]));
    },
    2 * minutes,
  );

  test(
    "is searched by keyboard alone",
    async () => {
      await open();
      await press("Tab");
      expect(await focused()).toBe("skip");
      await press("Enter", "/");
      expect(await focused()).toBe("search");
      await page.keyboard.type("orders_ eu-west-1");
      expect(await rows().locator("th").allInnerTexts()).toContain("aws_dynamodb_table.orders_table");
      const all = await page.locator("details.stack tbody tr").count();
      expect(await page.locator(".found").innerText()).toBe(`${await rows().count()} of ${all} resources match.`);
      expect(await page.locator("details.stack:visible h3").allInnerTexts()).toContain("prod-data");
      // Only what holds data.
      const before = await rows().count();
      await press("Tab", "Space");
      expect(await focused()).toBe("holding");
      expect(await rows().count()).toBeLessThan(before);
      expect(await page.locator("details.stack tbody tr:visible .holds").count()).toBe(await rows().count());
      await press("Escape");
      expect([await rows().count(), await page.locator("details.stack:visible").count()]).toEqual([0, 9]);
      await press("/");
      await page.keyboard.type("no such thing");
      expect(await page.locator(".found").innerText()).toBe("No resource matches.");
      expect(await page.locator("details.stack:visible").count()).toBe(0);
    },
    minutes,
  );

  test(
    "opens a stack, and moves the picture, by keyboard",
    async () => {
      await open(390);
      await page.locator("#stack-prod-keys > summary").focus();
      await press("Enter");
      expect(await rows().count()).toBeGreaterThan(10);
      await page.locator(".canvas").focus();
      await press("ArrowRight");
      await untilTrue(page, "document.querySelector('.canvas').scrollLeft > 0");
      const size = () => page.evaluate<number>("document.querySelector('.canvas svg').getBoundingClientRect().width");
      const fitted = await size();
      await page.locator("#actual-size").focus();
      await press("Space");
      expect(await size()).toBeGreaterThan(fitted);
    },
    minutes,
  );

  test(
    "goes to the stack that its address names",
    async () => {
      await page.goto("about:blank");
      await page.goto(`${address}#stack-prod-events`);
      expect(await page.locator("details.stack[open]").getAttribute("id")).toBe("stack-prod-events");
    },
    minutes,
  );

  test(
    "prints everything, light and without what a screen needs",
    async () => {
      await open(1280, "dark");
      await page.emulateMedia({ media: null });
      await page.evaluate(`addEventListener("beforeprint", () => {
        document.body.dataset.closed = document.querySelectorAll("details:not([open])").length;
      })`);
      const file = join(pictures, "print.pdf");
      await page.pdf({ path: file, preferCSSPageSize: true, printBackground: true });
      expect(await page.evaluate("document.body.dataset.closed")).toBe("0");
      expect(statSync(file).size).toBeGreaterThan(100_000);
      expect(await page.locator("details[open]").count()).toBe(0);
      await page.emulateMedia({ media: "print", colorScheme: "light" });
      for (const selector of ["nav", "form.search", ".skip"]) {
        expect([selector, await page.locator(selector).isVisible()]).toEqual([selector, false]);
      }
    },
    2 * minutes,
  );

  test("asked for nothing but itself, and had nothing to complain of", () => {
    expect([...requests].filter((url) => !url.startsWith(address))).toEqual([]);
    expect(requests.size).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
  });
});
