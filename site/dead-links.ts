import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/**
 * Looks through a built site for links to pages, places in pages, pictures and files that are not there.
 * @param base the path that the site has on its server
 * @returns a line for each of them
 */
export function deadLinks(folder: string, base = "/"): string[] {
  const pages = new Map(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((file) => file.replaceAll("\\", "/"))
      .filter((file) => file.endsWith(".html"))
      .map((file) => [file, readPage(join(folder, file))]),
  );
  const problemOf = (from: string, href: string): string | undefined => {
    const [path = "", fragment = ""] = href.replace(/\?[^#]*/, "").split("#");
    const target = targetOf(from, path, base);
    if (target === undefined) return "leads out of the site";
    const page = pages.get(target);
    if (page === undefined) return existsSync(join(folder, target)) ? undefined : "is not there";
    return fragment === "" || page.ids.has(decodeURIComponent(fragment)) ? undefined : "is a place that is not there";
  };
  return [...pages].flatMap(([from, { links }]) =>
    [...links].flatMap((href) => {
      const problem = problemOf(from, href);
      return problem === undefined ? [] : [`${from}: ${href} ${problem}`];
    }),
  );
}

interface Page {
  readonly ids: ReadonlySet<string>;
  readonly links: ReadonlySet<string>;
}

function readPage(file: string): Page {
  const html = readFileSync(file, "utf8").replace(/<script\b[\s\S]*?<\/script>/g, "");
  const values = (pattern: RegExp) => [...html.matchAll(pattern)].map(([, value]) => decoded(value ?? ""));
  const links = values(/<[a-z][^>]*?\s(?:href|src)="([^"]*)"/g);
  return {
    ids: new Set(values(/<[a-z][^>]*?\sid="([^"]*)"/g)),
    links: new Set(links.filter((link) => !/^([a-z][a-z+.-]*:|\/\/)/i.test(link))),
  };
}

function targetOf(from: string, path: string, base: string): string | undefined {
  if (path === "") return from;
  if (path.startsWith("/") && !path.startsWith(base)) return undefined;
  const target = path.startsWith("/") ? path.slice(base.length) : posix.join(posix.dirname(from), path);
  return target === "" || target.endsWith("/") ? `${target}index.html` : target;
}

const decoded = (value: string): string =>
  value.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
