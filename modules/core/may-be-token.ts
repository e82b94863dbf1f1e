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

/** What only the engine knows how to read has a prototype or a method of its own. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false;
  const { resolve, _children, _metadata } = value as Record<string, unknown>;
  return typeof resolve !== "function" && (_children === undefined || _metadata === undefined);
}

/** Less than the depth at which the engine takes a value for one that contains itself. */
const deepest = 150;

/** @throws RangeError for what is left to the engine, which has the words for it */
export function checkDepth(depth: number): void {
  if (depth > deepest) throw new RangeError("deeper than the engine goes");
}
