import type { RE2JS } from "re2js";
import { natively } from "./native";
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
  const expression = natively(pattern);
  return expression ? (text) => expression.test(text) : withRe2(pattern);
}

let loaded: { RE2JS: typeof RE2JS } | undefined;

/** RE2 takes a while to load: a synthesis without patterns for it goes without. */
function withRe2(pattern: string): Matcher {
  loaded ??= require("re2js") as { RE2JS: typeof RE2JS };
  const expression = loaded.RE2JS.compile(pattern);
  const answers = new Map<string, boolean>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = expression.matcher(text).find();
    if (text.length <= longestKept && answers.size < mostKept) answers.set(text, answer);
    return answer;
  };
}

/** Stacks say the same in many resources. */
const longestKept = 256;
const mostKept = 1000;
