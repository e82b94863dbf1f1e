import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import type MiniSearch from "minisearch";
import type { BrowserContext, Page } from "playwright-core";
import { environmentReference } from "../../../config/reference";
import { deadLinks } from "../../../site/dead-links";
import { hasChromium, startChromium, untilTrue } from "../../support/chromium";
import { buildSite, searchOf, serveSite } from "../../support/site/built-site";
import { temporaryFolder } from "../../support/temporary-folder";

const minutes = 60_000;
const folder = join(temporaryFolder("site-"), "built");

beforeAll(async () => {
  await buildSite(folder);
}, 10 * minutes);

describe("The site", () => {
  const pages = () =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".html"));

  test("has no link to a page, a place in a page, a picture or a file of the repository that is not there", () => {
    expect(pages().length).toBeGreaterThan(200);
    expect(deadLinks(folder)).toEqual([]);
  });

  test("notices links that lead nowhere", () => {
    const page = join(folder, "dead.html");
    writeFileSync(
      page,
      '<a href="/nowhere.html">x</a><a href="/overview.html#nowhere">x</a><img alt="" src="none.svg"><a href="#top">x</a>',
    );
    expect(deadLinks(folder)).toEqual([
      "dead.html: /nowhere.html is not there",
      "dead.html: /overview.html#nowhere is a place that is not there",
      "dead.html: none.svg is not there",
      "dead.html: #top is a place that is not there",
    ]);
    rmSync(page);
  });

  test("loads nothing from elsewhere", () => {
    const styles = readdirSync(join(folder, "assets")).filter((file) => file.endsWith(".css"));
    const found = (files: readonly string[], loaded: RegExp) =>
      files.flatMap((file) => readFileSync(join(folder, file), "utf8").match(loaded) ?? []);
    expect(found(pages(), /<(?:script|img|link|iframe)\b[^>]*?(?:src|href)="(?:https?:)?\/\/[^"]*"/g)).toEqual([]);
    expect(styles.length).toBeGreaterThan(0);
    expect(
      found(
        styles.map((file) => join("assets", file)),
        /@import|url\((?:https?:)?\/\//g,
      ),
    ).toEqual([]);
  });
});

describe("The search of the site", () => {
  const fields = [
    ...new Set([...environmentReference().matchAll(/^\| `([^`]+)` \|.*\|.*\|.*\|$/gm)].map(([, field]) => field ?? "")),
  ];
  let search: MiniSearch;
  beforeAll(async () => {
    search = await searchOf(folder);
  });
  const found = (words: string, among: number) => search.search(words).slice(0, among);

  test("knows all fields of an environment", () => {
    expect(fields.length).toBeGreaterThan(400);
  });

  test("finds each field of an environment by its path, with its row of the reference among the first results", () => {
    const missed = fields.filter(
      (field) =>
        !found(field, 5).some(
          ({ id, title }) => title === field && id.startsWith("/docs/reference/environment.html#field-"),
        ),
    );
    expect(missed).toEqual([]);
  });

  test("finds each field by its name alone, with a row of that name among the first results", () => {
    const names = [
      ...new Set(
        fields.map(
          (field) =>
            field
              .replace(/(\[\]|\.\*)+$/, "")
              .split(/[.]/)
              .at(-1) ?? "",
        ),
      ),
    ];
    const missed = names.filter(
      (name) =>
        !found(name, 10).some(
          ({ id, title }) =>
            id.includes("/reference/environment.html#field-") && title.split(/[.[\]*]+/).includes(name),
        ),
    );
    expect(missed).toEqual([]);
  });
});

(hasChromium() ? describe : describe.skip)("The site in Chromium", () => {
  let browser: BrowserContext;
  let server: Server;
  let address: string;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    ({ server, address } = await serveSite(folder));
    browser = await startChromium();
    page = await browser.newPage();
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on(
      "request",
      (request) =>
        request.url().startsWith(address) || request.url().startsWith("data:") || problems.push(request.url()),
    );
  }, 5 * minutes);
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  /** Opens a page, and waits until Vue runs it: before, no key and no button does anything. */
  const open = async (path: string) => {
    await page.goto(`${address}/${path}`);
    await untilTrue(page, "Boolean(document.getElementById('app')?.__vue_app__)");
  };

  const picture = async (name: string) => {
    const pictures = process.env.EVENKEEL_PICTURES;
    if (!pictures) return;
    if (!existsSync(pictures)) mkdirSync(pictures, { recursive: true });
    await page.screenshot({ path: join(pictures, `${name}.png`) });
  };

  test(
    "shows what the README says first",
    async () => {
      await page.goto(address);
      expect(await page.getByRole("heading", { level: 1 }).innerText()).toContain("Evenkeel");
      expect(await page.locator(".VPFeature").count()).toBe(4);
      await picture("home");
    },
    2 * minutes,
  );

  test(
    "finds a field, and leads to its row",
    async () => {
      await open("docs/first-hour.html");
      await page.keyboard.press("Control+k");
      await page.getByRole("searchbox").fill("timeToLiveAttribute");
      const first = page.locator(".VPLocalSearchBox .result").first();
      await first.waitFor();
      await picture("search");
      await first.click();
      await page.waitForURL(/\/docs\/reference\/environment\.html#field-tables-timeToLiveAttribute$/);
      const row = page.locator('[id="field-tables-timeToLiveAttribute"]');
      expect(await row.innerText()).toContain("tables[].timeToLiveAttribute");
      await untilTrue(
        page,
        "(() => { const { top } = document.getElementById('field-tables-timeToLiveAttribute').getBoundingClientRect(); return top > 0 && top < innerHeight; })()",
      );
      await picture("field");
    },
    2 * minutes,
  );

  test(
    "is read in the dark, and on a phone",
    async () => {
      await open("docs/first-hour.html");
      await page
        .evaluate("document.documentElement.classList.contains('dark')")
        .then((dark) => expect(dark).toBe(false));
      await page.locator(".VPNavBar .VPSwitchAppearance").first().click();
      await untilTrue(page, "document.documentElement.classList.contains('dark')");
      await picture("dark");
      await page.setViewportSize({ width: 390, height: 844 });
      // Tables and code scroll by themselves; the page does not.
      expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
      await picture("phone");
      await page.setViewportSize({ width: 1280, height: 720 });
    },
    2 * minutes,
  );

  test("reports no error, and asks no other server", () => {
    expect(problems).toEqual([]);
  });
});
