import { slug } from "github-slugger";
import { type DefaultTheme, defineConfig } from "vitepress";
import { deadLinks } from "../dead-links.js";
import { readHome } from "../home.js";
import { asOnGitHub, type Markdown, type PageEnvironment, searchedHtml } from "../markdown.js";
import { type Group, navigation, pagesOf } from "../navigation.js";
import { addressOf, pageFiles, sitePath, titleOf } from "../pages.js";
import { searchOptions } from "../search.js";

const home = readHome();
const pages = pageFiles();
/** A hull on a level line. */
const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M1 6h14c0 5-3 8-7 8s-7-3-7-8z" fill="#3451b2"/><path d="M0 3h16v1.5H0z" fill="#7a8fd6"/></svg>';

/** The site of the documentation: every Markdown file of the repository, where it stands. `npm run site` builds it. */
export default defineConfig({
  title: "Evenkeel",
  description: home.tagline,
  lang: "en",
  // Otherwise browsers ask for a favicon.ico.
  head: [["link", { rel: "icon", href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  srcDir: "..",
  outDir: "../.evenkeel/site/built",
  cacheDir: "../.evenkeel/site/cache",
  srcExclude: ["**/node_modules/**", "dist/**", "coverage/**", "cdktf.out/**"],
  rewrites: sitePath,
  markdown: {
    attrs: { disable: true },
    anchor: { slugify: slug },
    toc: { slugify: slug },
    config: (markdown) => asOnGitHub(markdown as unknown as Markdown),
    theme: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
  },
  themeConfig: {
    nav: [
      { text: "First hour", link: addressOf("docs/first-hour.md") },
      { text: "How to", link: addressOf("docs/how-to/own-service.md") },
      { text: "Reference", link: addressOf("docs/reference/environment.md") },
      { text: "How is this different", link: addressOf("docs/comparison.md") },
    ],
    sidebar: navigation.map((group) => sidebarOf(group)),
    outline: [2, 3],
    search: {
      provider: "local",
      options: {
        miniSearch: { searchOptions },
        _render: (source: string, env: PageEnvironment, markdown: unknown) =>
          searchedHtml(source, env, markdown as Markdown),
      },
    },
  },
  transformPageData(page) {
    if (page.relativePath !== "index.md") return undefined;
    const actions = [
      { theme: "brand", text: "First hour", link: addressOf("docs/first-hour.md") },
      { theme: "alt", text: "Overview", link: addressOf("README.md") },
      { theme: "alt", text: "How is this different", link: addressOf("docs/comparison.md") },
    ];
    const hero = { name: "Evenkeel", tagline: home.tagline, actions };
    return {
      title: "Evenkeel",
      titleTemplate: false,
      frontmatter: { ...page.frontmatter, hero, features: home.promises },
    };
  },
  buildEnd({ outDir, site }) {
    const dead = deadLinks(outDir, site.base);
    if (dead.length > 0) throw new Error(`The site has links to nowhere:\n${dead.join("\n")}`);
    const shown = new Set(["site/index.md", ...navigation.flatMap(pagesOf)]);
    const hidden = pages.filter((file) => !shown.has(file));
    if (hidden.length > 0) throw new Error(`Not in site/navigation.ts: ${hidden.join(", ")}`);
  },
});

function sidebarOf({ title, pages, groups = [] }: Group, nested = false): DefaultTheme.SidebarItem {
  return {
    text: title,
    collapsed: nested,
    items: [
      ...pages.map((file) => ({ text: file === "README.md" ? "Overview" : titleOf(file), link: addressOf(file) })),
      ...groups.map((group) => sidebarOf(group, true)),
    ],
  };
}
