/** How the engine encodes tokens: what these functions deny holds none. */

/**
 * Numbers in a text count as well: the engine's own are so large that they have three digits behind an `e`, or very many in a row.
 */
const token = /TfToken\[| Map Token Value$|e\+?\d{3}|\d{190}/;
export const numberInText = /e\+?\d{3}|\d{190}/;

export const mayHoldToken = (text: string): boolean => token.test(text);

export const mayBeToken = (number: number): boolean => !(number > -1e288) || number === -123456789;

/** With `split`, literal text is at even places, and tokens are at odd ones. */
export const tokensInText = /(\$\{TfToken\[[a-zA-Z0-9:._-]+\]\})/;

/** A list token is the only element of its list; the engine reads, or refuses, a list that has one. */
export const mayBeListToken = (element: unknown): boolean =>
  typeof element === "string" ? element.includes("#{TfToken[") : typeof element === "number" && mayBeToken(element);

/** An object without a class: what only the engine knows how to read has a prototype, or a method of its own. */
export const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Names that hold no token and say nothing to the engine. They are names of arguments, over and over. */
const literalNames = new Set<string>();

/** More than there are arguments; keys of maps may be anything. */
const mostLiteralNames = 10_000;

/** Names by which the engine recognizes what only it knows how to read. */
const namesOfEngine: ReadonlySet<string> = new Set(["resolve", "_children", "_metadata"]);

/** The names in a plain object; undefined if one may hold a token, or the object may be the engine's own. */
export function literalNamesIn(value: Readonly<Record<string, unknown>>): readonly string[] | undefined {
  const names = Object.keys(value);
  return names.every(isLiteralName) ? names : undefined;
}

/** Whether a name in an object holds no token, and says nothing to the engine. */
export function isLiteralName(name: string): boolean {
  if (literalNames.has(name)) return true;
  if (mayHoldToken(name) || namesOfEngine.has(name)) return false;
  if (literalNames.size < mostLiteralNames) literalNames.add(name);
  return true;
}

/** Less than the depth at which the engine takes a value for one that contains itself. */
const deepest = 150;

/** @throws RangeError for what is left to the engine, which has the words for it */
export function checkDepth(depth: number): void {
  if (depth > deepest) throw new RangeError("deeper than the engine goes");
}

/** Whether a value has nothing that the engine would change. */
export function isLiteral(value: unknown, depth = 0): boolean {
  if (typeof value === "string") return !mayHoldToken(value);
  if (typeof value === "number") return !mayBeToken(value);
  if (depth > deepest) return false;
  if (Array.isArray(value)) return value.every((each) => !mayBeListToken(each) && isLiteral(each, depth + 1));
  if (!isPlain(value)) return value === null || typeof value === "boolean";
  return literalNamesIn(value)?.every((name) => isLiteral(value[name], depth + 1)) ?? false;
}
