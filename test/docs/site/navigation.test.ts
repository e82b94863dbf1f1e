import { readHome } from "../../../site/home";
import { navigation, pagesOf } from "../../../site/navigation";
import { addressOf, pageFiles, titleOf } from "../../../site/pages";
import { resolveLink } from "../../../site/repository-links";
import { linkedSources } from "../../../site/sources";

const pages = pageFiles();

describe("The navigation of the site", () => {
  const shown = navigation.flatMap(pagesOf);

  test("has every page of the repository, once", () => {
    expect([...shown, "site/index.md"].sort()).toEqual([...pages].sort());
  });

  test("has a title for each page", () => {
    for (const page of shown) expect(titleOf(page)).toMatch(/\w/);
  });

  test("gives no two pages one address", () => {
    expect(new Set(pages.map(addressOf)).size).toBe(pages.length);
  });
});

describe("Links between files of the repository", () => {
  const known = new Set(pages);

  test("lead to pages, or to files and folders that are shown as they are", () => {
    const sources = linkedSources();
    expect(sources.map(({ path }) => path)).toContain("test/full/docs/pages.test.ts");
    expect(sources.find(({ path }) => path === "modules")?.markdown).toContain("[`http-api/`](/modules/http-api/)");
  });

  test.each([
    ["README.md", "docs/regions.md#moving-the-state", { address: "/docs/regions.html#moving-the-state" }],
    ["docs/regions.md", "../gates", { address: "/gates/" }],
    ["docs/regions.md", "../gates/rules", { address: "/source/gates/rules.html", source: "gates/rules" }],
    [
      "README.md",
      "docs/nowhere.md",
      { dead: expect.stringContaining("README.md: docs/nowhere.md is not in the repository") },
    ],
    ["README.md", "../elsewhere", { dead: expect.stringContaining("is not in the repository") }],
    ["README.md", "package.json#exports", { dead: expect.stringContaining("names a place in what is no page") }],
  ])("of %s: %s", (from, href, expected) => {
    expect(resolveLink(from, href, known)).toEqual(expected);
  });
});

describe("The first page of the site", () => {
  test("takes its words from the README", () => {
    const { tagline, promises } = readHome();
    expect(tagline).toMatch(/^A multi-region deployment toolkit/);
    expect(promises.map(({ title }) => title)).toContain("Promotion never destroys");
  });

  test("says what the README lacks", () => {
    expect(() => readHome("# A title\n\nand a paragraph\n")).toThrow("list the promises below '## Four promises'");
  });
});
