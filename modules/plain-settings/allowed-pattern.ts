import { natively } from "../../values/patterns/native";
import { showName } from "../core";

/** A pattern that whole values are matched with, in linear time; or what is wrong with it. */
export type AllowedPattern =
  | { readonly matches: (value: string) => boolean /** Short enough for a message. */; readonly shown: string }
  | { readonly problem: string };

/**
 * Reads a regular expression that Parameter Store checks values with, and that a user has written: in the syntax that RE2,
 * which needs linear time for any text, and Parameter Store take for the same.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function allowedPattern(text: string): AllowedPattern {
  const problem = dialectProblem(text);
  if (problem !== undefined) return { problem };
  try {
    return {
      matches: wholeMatcher(text),
      shown: showName(text.length > 60 ? `${text.slice(0, 60)}...` : text),
    };
  } catch (error) {
    return { problem: `is not a valid regular expression${reasonOf(error)}; ${correctIt(text)}` };
  }
}

/** @throws Error what RE2 says of a pattern that is none */
function wholeMatcher(text: string): (value: string) => boolean {
  // RE2 has limits of its own for numbers of repetitions, and for brackets that do not match.
  const native = /^(?:\w|\\[dw.]|[|?.-]|\[(?:\w(?:-\w)?)+\])+$/.test(text) ? natively(`^(?:${text})$`) : undefined;
  if (native) return (value) => native.test(value);
  // Loaded only where a pattern needs it.
  const { RE2JS } = require("re2js") as typeof import("re2js");
  const compiled = RE2JS.compile(text);
  return (value) => compiled.matches(value);
}

/** What RE2 says, without the pattern. */
function reasonOf(error: unknown): string {
  const [, reason] = /^error parsing regexp: ([\w ()]+)/.exec(error instanceof Error ? error.message : "") ?? [];
  return reason === undefined ? "" : ` (${reason})`;
}

const correctIt = (text: string): string =>
  /\(\?<?[=!]|\\[1-9]/.test(text)
    ? "write it without lookaround and backreferences, which RE2 does not support"
    : "correct it";

/** Syntax that RE2 takes for something else than Parameter Store, whose patterns are those of Java. */
function dialectProblem(text: string): string | undefined {
  let inClass = false;
  for (let at = 0; at < text.length; at++) {
    const rest = text.slice(at, at + 16);
    if (rest.startsWith("\\")) {
      if (/^\\[CQ]/.test(rest))
        return `has ${rest.slice(0, 2)}, which RE2 and Parameter Store do not treat alike; write the pattern without it`;
      // Also the braces of \p{Lu} and \x{1F600}.
      at += (/^\\[pPx]\{\^?\w{1,12}\}/.exec(rest)?.[0].length ?? 2) - 1;
    } else if (inClass) {
      if (rest.startsWith("[") || rest.startsWith("&&")) {
        return "has [ or && inside [...], which Parameter Store reads as a set operation; escape it as \\[ or \\&";
      }
      if (rest.startsWith("]")) inClass = false;
    } else if (rest.startsWith("[")) {
      inClass = true;
      // A ] right at the beginning is a character in RE2.
      if (/^\[\^?\]/.test(rest))
        return "has ] as the first character in [...], which RE2 and Parameter Store do not treat alike; escape it as \\]";
    } else if (rest.startsWith("{")) {
      if (!/^\{\d{1,4}(?:,\d{0,4})?\}/.test(rest))
        return "has { without a number of repetitions; escape the character as \\{";
    } else if (rest.startsWith("(?P"))
      return "has a group that begins with (?P, which Parameter Store does not support; write (?<name>...) or (...)";
  }
  return undefined;
}
