const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** A text as XML may contain it, in elements and in attributes; characters that XML does not allow are dropped. */
export function escapeXml(text: string): string {
  return (
    text
      // Control characters and lone surrogates make a document unreadable, escaped or not.
      .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
      .replace(/[&<>"']/g, (character) => escapes[character] ?? "")
  );
}

/** An element; attributes that are undefined are left out, content is taken as it is. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...content: readonly string[]
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(typeof value === "number" ? decimal(value) : String(value))}"`)
    .join("");
  return content.length > 0 ? `<${name}${written}>${content.join("")}</${name}>` : `<${name}${written}/>`;
}

/** A coordinate, to a tenth of a pixel. */
export function decimal(value: number): string {
  return String(Math.round(value * 10) / 10);
}
