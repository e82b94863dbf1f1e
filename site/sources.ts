import { readdirSync, readFileSync, statSync } from "node:fs";
import { posix } from "node:path";
import { addressOf, pageFiles, sourceAddress } from "./pages";
import { isRepositoryLink, resolveLink } from "./repository-links";

/** What a page of the site shows of a file or folder that pages link to. */
export interface Source {
  readonly path: string;
  readonly markdown: string;
}

/** Everything that pages link to and that is no page itself, as Markdown. */
export function linkedSources(): Source[] {
  const files = pageFiles();
  const pages = new Set(files);
  const dead: string[] = [];
  const all = new Set<string>();
  for (const file of files) {
    for (const href of linksIn(readFileSync(file, "utf8")).filter(isRepositoryLink)) {
      const link = resolveLink(file, href, pages);
      if ("dead" in link) dead.push(link.dead);
      else if (link.source !== undefined) all.add(link.source);
    }
  }
  if (dead.length > 0) throw new Error(`Links to nowhere:\n${dead.join("\n")}`);
  return [...all].sort().map((path) => ({ path, markdown: `# \`${path}\`\n\n${contentOf(path, all, pages)}` }));
}

/** The targets of the links of a Markdown text, blocks and spans of code and pictures aside. */
function linksIn(markdown: string): string[] {
  const prose = markdown.replace(/^( *)(```|~~~)[\s\S]*?^\1\2/gm, "").replace(/`[^`\n]*`/g, "code");
  const links = prose.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)/gm);
  return [...links].map(([, inline, defined]) => inline ?? defined ?? "").filter((href) => !/\.(svg|png)$/.test(href));
}

function contentOf(path: string, shown: ReadonlySet<string>, pages: ReadonlySet<string>): string {
  if (statSync(path).isDirectory()) return folderOf(path, shown, pages);
  const text = readFileSync(path, "utf8").trimEnd();
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([marks]) => marks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

function folderOf(path: string, shown: ReadonlySet<string>, pages: ReadonlySet<string>): string {
  const entries = readdirSync(path, { withFileTypes: true }).filter(({ name }) => !name.startsWith("."));
  return entries
    .map((entry) => {
      const target = posix.join(path, entry.name);
      const page = [target, posix.join(target, "README.md")].find((file) => pages.has(file));
      const address = page === undefined ? (shown.has(target) ? sourceAddress(target) : undefined) : addressOf(page);
      const name = `\`${entry.name}${entry.isDirectory() ? "/" : ""}\``;
      return `- ${address === undefined ? name : `[${name}](${address})`}`;
    })
    .join("\n");
}
