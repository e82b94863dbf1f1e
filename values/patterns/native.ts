import { linearPatterns } from "./linear";

/**
 * A pattern for JavaScript's own engine, if it cannot backtrack there for longer than the text is: it is anchored in front, one
 * class or character at most is repeated without a bound, and no group is; or somebody has looked at it. RE2 writes some things
 * otherwise; what has no exact counterpart is left to it.
 * @returns undefined where RE2 has to do it
 */
export function natively(pattern: string): RegExp | undefined {
  let source = "";
  let depth = 0;
  let repeated = 0;
  let optional = 0;
  let outerChoice = false;
  let afterGroup = false;
  let repeatedGroup = false;
  for (let rest = pattern; rest !== ""; ) {
    const [token, written] = tokenAt(rest);
    if (written === undefined) return undefined;
    if (token === "|" && depth === 0) outerChoice = true;
    if (token.startsWith("(")) depth += 1;
    if (token === ")") depth -= 1;
    if (token === "?") optional += 1;
    else if (/^[*+]$|^\{\d+,\d*\}$/.test(token)) {
      if (afterGroup) repeatedGroup = true;
      repeated += 1;
    } else if (/^\{/.test(token) && afterGroup) repeatedGroup = true;
    afterGroup = token === ")";
    source += written;
    rest = rest.slice(token.length);
  }
  const anchored = pattern.startsWith("^") && !outerChoice;
  const mayBacktrack = repeatedGroup || repeated > 1 || optional > 4 || (repeated > 0 && !anchored);
  if (mayBacktrack && !linearPatterns.has(pattern)) return undefined;
  try {
    return new RegExp(source, "u");
  } catch {
    return undefined;
  }
}

/** RE2's white space is that of ASCII. */
const space = "\\t\\n\\f\\r ";

/** The first token of a pattern, and how JavaScript writes it. */
function tokenAt(text: string): readonly [string, string | undefined] {
  const token =
    /^(?:\(\?:|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]|\{\d+(?:,\d*)?\}|\\[xp]\{\w+\}|\\.|.)/su.exec(text)?.[0] ?? text;
  if (/^[*+?}]\?/.test(text) || token.startsWith("(?") !== (token === "(?:") || /^\(\?[^:]/.test(text))
    return [token, undefined];
  if (token.startsWith("[")) return [token, classOf(token)];
  if (token === ".") return [token, "[^\\n]"];
  if (token === "\\s" || token === "\\S") return [token, `[${token === "\\S" ? "^" : ""}${space}]`];
  return [token, token.startsWith("\\") ? escapeOf(token, false) : token];
}

function classOf(token: string): string | undefined {
  if (/\[:|\\S|^\[\^?\]/.test(token)) return undefined;
  const parts = token.slice(1, -1).match(/\\[xp]\{\w+\}|\\.|[^\\]/gsu) ?? [];
  const written = parts.map((part) => (part === "\\s" ? space : part.startsWith("\\") ? escapeOf(part, true) : part));
  return written.includes(undefined) ? undefined : `[${written.join("")}]`.replace("[[", "[\\[");
}

function escapeOf(token: string, inClass: boolean): string | undefined {
  if (token.startsWith("\\x{")) return `\\u${token.slice(2)}`;
  if (/^\\(?:[dDwWntrf]|p\{\w+\})$/.test(token)) return token;
  if (token === "\\z") return "$";
  const character = token.slice(1);
  if (/^\w$/.test(character) && character !== "_") return undefined;
  if (character === "-") return inClass ? "\\-" : "-";
  return /[\^$\\.*+?()[\]{}|/]/.test(character) ? token : character;
}
