import { escapeXml } from "../../topology";

/** HTML that is taken as it stands. */
export class Html {
  constructor(readonly text: string) {}
}

/** What a template may contain: text is escaped, what is undefined or false is left out, lists are joined. */
export type Content = Html | string | number | undefined | false | readonly Content[];

/**
 * HTML from a template. Whatever stands in it is escaped, in elements and in quoted attributes, unless a template made it as well.
 * So text that users wrote can only ever be text.
 */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(parts.map((part, index) => part + written(contents[index])).join(""));
}

/** Takes text for HTML: only for what this toolkit itself has made. */
export const trusted = (text: string): Html => new Html(text);

function written(content: Content): string {
  if (content === undefined || content === false) return "";
  if (content instanceof Html) return content.text;
  if (typeof content === "string" || typeof content === "number") return escapeXml(String(content));
  return content.map(written).join("");
}
