const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g;

/**
 * Whether an object of a JSON text, which has been parsed before, has a member twice. Parsers take the first or the last of
 * them, so what a firewall or an authorizer read may be another value than what a handler acts on.
 * @see https://www.rfc-editor.org/rfc/rfc8259#section-4
 */
export function hasDuplicateMembers(text: string): boolean {
  /** The names so far of each object that is open; undefined for an array. */
  const open: (Set<string> | undefined)[] = [];
  let isName = false;
  for (const [token] of text.matchAll(tokens)) {
    if (token === "{" || token === "[") {
      open.push(token === "{" ? new Set() : undefined);
      isName = token === "{";
    } else if (token === "}" || token === "]") {
      open.pop();
      isName = false;
    } else if (token === ",") {
      isName = open.at(-1) !== undefined;
    } else if (isName) {
      const names = open.at(-1);
      const name: string = JSON.parse(token);
      if (names?.has(name)) return true;
      names?.add(name);
      isName = false;
    }
  }
  return false;
}
