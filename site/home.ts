import { readFileSync } from "node:fs";

/** What the first page shows: all of it is written in the README. */
export interface Home {
  readonly tagline: string;
  readonly promises: readonly { readonly title: string; readonly details: string }[];
}

/** Reads the README's first paragraph, and its promises. @throws Error if the README has them in another form */
export function readHome(readme = readFileSync("README.md", "utf8")): Home {
  const tagline = /^# .+\n\n((?:.+\n)+)/.exec(readme)?.[1];
  const section = /^## Four promises\n\n([\s\S]*?)(?=^## )/m.exec(readme)?.[1] ?? "";
  const promises = [...section.matchAll(/^\d\. \*\*(.+?)\.?\*\* ([\s\S]*?)(?=^\d\. |(?![\s\S]))/gm)].map(
    ([, title, details]) => ({
      title: plain(title ?? ""),
      details: plain(details ?? ""),
    }),
  );
  if (tagline === undefined || promises.length === 0) {
    throw new Error(
      "README.md: begin it with a title and a paragraph, and list the promises below '## Four promises' as `1. **…** …`",
    );
  }
  return { tagline: plain(tagline), promises };
}

/** Markdown without links and marks, in one line. */
function plain(markdown: string): string {
  return markdown
    .replace(/\[([^\]]+)\]\([^)]+\)/g, "$1")
    .replaceAll("`", "")
    .replace(/\s+/g, " ")
    .trim();
}
