import type { RE2JS } from "re2js";
import { translate } from "./translate";

/** Says whether a text matches, in a time that is linear in its length. */
export type Matcher = (text: string) => boolean;

const matchers = new Map<string, Matcher>();

/** The matcher of a pattern of AWS's models. @throws Error if the pattern has what RE2 cannot */
export function matcherOf(pattern: string): Matcher {
  const known = matchers.get(pattern);
  if (known) return known;
  const { all, none } = translate(pattern);
  const has = all.map(compiled);
  const hasNot = none.map(compiled);
  const matcher: Matcher = (text) => has.every((test) => test(text)) && !hasNot.some((test) => test(text));
  matchers.set(pattern, matcher);
  return matcher;
}

function compiled(pattern: string): Matcher {
  return natively(pattern) ?? withRe2(pattern);
}

/**
 * A class or a literal text, at most one of them repeated, and anchors: these cannot backtrack, so that JavaScript's own
 * engine is as linear and needs no loading.
 */
const simple = /^\^?(?:\[(?:\\[\w.$*/:-]|[^\]\\[])*\]|\\[SswdW]|[\w /:=-]|\\[.$/-])*(?:[*+]|\{\d+(?:,\d*)?\})?\$?$/;

function natively(pattern: string): Matcher | undefined {
  const bare = pattern.replace(/^\^\(\?:(.*)\)\$$/, "^$1$").replace(/^\^\(([^()]*)\)\$$/, "^$1$");
  if (bare !== "^.*$" && (!simple.test(bare) || bare.includes("\\p"))) return undefined;
  try {
    const expression = new RegExp(bare, "u");
    return (text) => expression.test(text);
  } catch {
    return undefined;
  }
}

let loaded: { RE2JS: typeof RE2JS } | undefined;

/** RE2 takes a while to load: a synthesis without patterns for it goes without. */
function withRe2(pattern: string): Matcher {
  loaded ??= require("re2js") as { RE2JS: typeof RE2JS };
  const expression = loaded.RE2JS.compile(pattern);
  return (text) => expression.matcher(text).find();
}
