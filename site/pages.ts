import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";

// Paths are relative to the root of the repository, which is the current folder of whoever builds the site.

/** Markdown that is no page: what is generated, what the changelog is made from, and the pieces of the site itself. */
const noPages = /^(node_modules|dist|coverage|cdktf\.out|site\/source)\//;

/** All Markdown files of the repository that are pages of the site, by path, sorted. Folders with a dot in front are left out. */
export function pageFiles(): string[] {
  return markdownBelow("").sort();
}

function markdownBelow(folder: string): string[] {
  return readdirSync(folder || ".", { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.name.startsWith(".") || noPages.test(`${path}/`)) return [];
    if (entry.isDirectory()) return markdownBelow(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** The path in the site of a Markdown file of the repository: `modules/http-api/README.md` is `modules/http-api/index.md`. */
export function sitePath(file: string): string {
  if (file === "README.md") return "overview.md";
  if (file === "site/index.md") return "index.md";
  if (file.startsWith("site/source/")) return file.slice("site/".length);
  return file.replace(/(^|\/)README\.md$/, "$1index.md");
}

/** The address of a page within the site, as links name it: `/modules/http-api/`. */
export function addressOf(file: string): string {
  return `/${sitePath(file)
    .replace(/(^|\/)index\.md$/, "$1")
    .replace(/\.md$/, ".html")}`;
}

/** The title of a page: its first heading, without marks. */
export function titleOf(file: string): string {
  const heading = /^# (.+)$/m.exec(readFileSync(file, "utf8"))?.[1];
  if (heading === undefined) throw new Error(`${file}: has no heading; begin the page with # and its title`);
  return heading.replaceAll("`", "");
}

/** The address of the page that shows a file or a folder of the repository. */
export function sourceAddress(target: string): string {
  return `/source/${target}.html`;
}
