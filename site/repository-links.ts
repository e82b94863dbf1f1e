import { existsSync } from "node:fs";
import { posix } from "node:path";
import { addressOf, sourceAddress } from "./pages";

/** Where a relative link of a Markdown file leads. */
export interface RepositoryLink {
  /** The address within the site. */
  readonly address: string;
  /** The file or folder of the repository, if the site has no page of it but its source. */
  readonly source?: string;
}

/** Whether a link names something of the repository: no other site, and no place within the page itself. */
export const isRepositoryLink = (href: string): boolean => !/^([a-z][a-z+.-]*:|#|\/\/)/i.test(href);

/** A link that leads nowhere, and what to do about it. */
export interface DeadLink {
  readonly dead: string;
}

/**
 * Resolves a link from one file of the repository to another, as GitHub does.
 * @param from the Markdown file, relative to the root of the repository
 */
export function resolveLink(from: string, href: string, pages: ReadonlySet<string>): RepositoryLink | DeadLink {
  const [path = "", ...anchor] = href.split("#");
  const target = posix.normalize(posix.join(posix.dirname(from), decodeURI(path))).replace(/\/$/, "");
  const fragment = anchor.length > 0 ? `#${anchor.join("#")}` : "";
  const readme = posix.join(target, "README.md");
  const page = [target, readme].find((file) => pages.has(file));
  if (page !== undefined) return { address: `${addressOf(page)}${fragment}` };
  if (target.startsWith("..") || !existsSync(target)) {
    return { dead: `${from}: ${href} is not in the repository; correct the path, or leave the link out` };
  }
  if (fragment !== "") {
    return { dead: `${from}: ${href} names a place in what is no page; link to the whole file` };
  }
  return { address: sourceAddress(target), source: target };
}
