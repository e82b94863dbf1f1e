/** A pattern as RE2 takes it: every one of `all` matches, and none of `none`. */
export interface Translation {
  readonly all: readonly string[];
  readonly none: readonly string[];
}

const only = (...all: string[]): Translation => ({ all, none: [] });

/** Patterns that look around, which RE2 cannot, and some that would be slow without it: written by hand. */
const byHand: Readonly<Record<string, Translation>> = {
  ".*\\S.*": only("^.*$", "\\S"),
  "(.*[\\n\\r\\t\\f\\ ]?)*": only(),
  "^(?![^:\\\\]*/action/|(?i).*<script>.*</script>.*)[^:\\\\]+$": {
    all: ["^[^:\\\\]+$"],
    none: ["/action/", "<[sS][cC][rR][iI][pP][tT]>.*</[sS][cC][rR][iI][pP][tT]>"],
  },
  "^(?! )[\\p{L}\\p{N}\\p{Z}-_]*(?<! )$": { all: ["^[\\p{L}\\p{N}\\p{Z}_-]*$"], none: ["^ ", " $"] },
  "^(?!\\s*$).+": { all: ["^."], none: ["^\\s*$"] },
  "^(?=[/\\.\\-_A-Za-z0-9]+)((?!aws\\.).*)|(\\$(\\.[\\w_-]+(\\[(\\d+|\\*)\\])*)*)$": {
    all: ["^[/._A-Za-z0-9-].*$|^\\$(\\.[\\w-]+(\\[(\\d+|\\*)\\])*)*$"],
    none: ["^aws\\."],
  },
  "(\\*\\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])": only(
    "^(\\*\\.)?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]$",
  ),
  // Three that say the same in a way that needs no second try.
  "[a-zA-Z](?:-?[a-zA-Z0-9]+)*": only("^[a-zA-Z](?:-?[a-zA-Z0-9])*$"),
  "^[a-z0-9](-*\\.?-*[a-z0-9])*$": only("^[a-z0-9](?:-*(?:\\.-*)?[a-z0-9])*$"),
  "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$": only("^[^@\\s]+@[^@\\s][^@\\s.]*\\.[^@\\s]+$"),
  // A space is a character like others in these, and a tab is not.
  "^[ \\t]*[^\\x00-\\x1F:\\x7F]+([ \\t]+[^\\x00-\\x1F:\\x7F]+)*[ \\t]*$": only(
    "^\\t*[^\\x{00}-\\x{1F}:\\x{7F}][^\\x{00}-\\x{08}\\x{0A}-\\x{1F}:\\x{7F}]*$",
  ),
  "^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$": only("^\\t*[ -~][\\t -~]*$"),
  "[\\s\\S]+": only("[\\x{0000}-\\x{10FFFF}]"),
  "(?!^[0-9]+$)([a-zA-Z0-9-_]+)": { all: ["^[a-zA-Z0-9_-]+$"], none: ["^[0-9]+$"] },
  "(?!aws:)[a-zA-Z+-=._:/]+": { all: ["^[a-zA-Z+-=._:/]+$"], none: ["^aws:"] },
  "^(?!aws:)[a-zA-Z+-=._:/]+$": { all: ["^[a-zA-Z+-=._:/]+$"], none: ["^aws:"] },
  "(^$|(?!.*\\/aws-service-role\\/.*)arn:aws:iam:[A-Za-z0-9_\\/.-]{0,63}:[A-Za-z0-9_\\/.-]{0,63}:[A-Za-z0-9][A-Za-z0-9:_\\/+=,@.-]{0,1023})":
    {
      all: ["^$|^arn:aws:iam:[A-Za-z0-9_/.-]{0,63}:[A-Za-z0-9_/.-]{0,63}:[A-Za-z0-9][A-Za-z0-9:_/+=,@.-]*$"],
      none: ["/aws-service-role/"],
    },
  "[0-9A-Za-z\\.\\-_]*(?<!\\.)": { all: ["^[0-9A-Za-z._-]*$"], none: ["\\.$"] },
  "(?!((^[ ]+.*)|(.*([\\u0000-\\u001f]|[\\u007f-\\u009f]|[:/|])+.*)|(.*[ ]+$))).+": {
    all: ["^.+$"],
    none: ["^ ", "[\\x{00}-\\x{1f}\\x{7f}-\\x{9f}:/|]", " $"],
  },
};

/** How AWS's models write what RE2 writes otherwise. */
const spellings: readonly (readonly [RegExp, string])[] = [
  // A pair of surrogates, as UTF-16 has characters above U+FFFF.
  [/\\u[dD]800\\u[dD][cC]00-\\u[dD][bB][fF][fF]\\u[dD][fF][fF][fF]/g, "\\x{10000}-\\x{10FFFF}"],
  [/\\u([0-9a-fA-F]{4})/g, "\\x{$1}"],
  [/\\x([0-9a-fA-F]{2})/g, "\\x{$1}"],
  [/\\Z/g, "\\z"],
  [/\[\\S\]/g, "\\S"],
  [/\\p\{(?:Print)\}/g, "[ -~]"],
  [/\\p\{(?:Graph)\}/g, "[[:graph:]]"],
  [/\\p\{(?:Alnum)\}/g, "[[:alnum:]]"],
  [/\\p\{(?:ASCII)\}/g, "[[:ascii:]]"],
  [/\\p\{(?:Alpha)\}/g, "[[:alpha:]]"],
  // Possessive quantifiers only keep a backtracking engine from trying again.
  [/([^\\][*+?}])\+/g, "$1"],
  // RE2 repeats a thousand times at most; lengths are limits of their own.
  [/\{(\d+),(?:\d{5,}|[1-9]\d{3})\}/g, "{$1,}"],
];

/** Services compare the whole value, unless the pattern says how it begins and not how it ends. */
function anchored(pattern: string): string {
  const bare = pattern.replace(/\\./g, "").replace(/\[[^\]]*\]/g, "");
  const beginsOnly = bare.startsWith("^") && !bare.includes("$") && !pattern.includes("\\z");
  return beginsOnly ? pattern : `^(?:${pattern})$`;
}

/** A pattern of AWS's models for RE2. It may still have what RE2 cannot; then compiling it fails. */
export function translate(pattern: string): Translation {
  const hand = byHand[pattern];
  if (hand) return hand;
  if (/^\^?\(?\[\\[sS]\\[sS]\]\*\)?\$?$/.test(pattern)) return only();
  return only(anchored(spellings.reduce((text, [from, to]) => text.replace(from, to), pattern)));
}
