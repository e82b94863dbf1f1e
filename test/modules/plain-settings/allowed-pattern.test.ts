import { allowedPattern } from "../../../modules/plain-settings/allowed-pattern";

const matches = (pattern: string, value: string): boolean => {
  const read = allowedPattern(pattern);
  if ("problem" in read) throw new Error(read.problem);
  return read.matches(value);
};

describe("The allowed pattern of a setting", () => {
  test.each([
    ["[1-9]\\d?|100", "100", "101"],
    ["a|b", "b", "ab"],
    ["[a-z]+(-[a-z]+)*", "eu-west", "eu-"],
    ["(?i)yes|no", "YES", "maybe"],
    ["\\p{Lu}.*", "Ämter", "ämter"],
    ["[\\[\\]&]+", "[&]", "x"],
    ["a\\{1\\}", "a{1}", "a"],
    ["(?<year>\\d{4})", "2026", "26"],
  ])("%s takes %s, and not %s", (pattern, good, bad) => {
    expect(matches(pattern, good)).toBe(true);
    expect(matches(pattern, bad)).toBe(false);
  });

  test("is matched without going back in the text, however it is nested", () => {
    for (const pattern of ["(a+)+", "(a*)*", "(a|aa)+", "(.*a){20}", "(a|a?)+"]) {
      expect(matches(pattern, `${"a".repeat(4000)}!`)).toBe(false);
    }
  });

  test.each([
    ["(", "is not a valid regular expression (missing closing )); correct it"],
    ["a**", "is not a valid regular expression (invalid nested repetition operator); correct it"],
    ["a++", "is not a valid regular expression (invalid nested repetition operator); correct it"],
    ["a{1001}", "is not a valid regular expression (invalid repeat count); correct it"],
    [
      "(?=a)b",
      "is not a valid regular expression (invalid or unsupported Perl syntax); write it without lookaround and backreferences, which RE2 does not support",
    ],
    [
      "(a)\\1",
      "is not a valid regular expression (invalid escape sequence); write it without lookaround and backreferences, which RE2 does not support",
    ],
    [
      "[[:alpha:]]",
      "has [ or && inside [...], which Parameter Store reads as a set operation; escape it as \\[ or \\&",
    ],
    [
      "[a-z&&[^b]]",
      "has [ or && inside [...], which Parameter Store reads as a set operation; escape it as \\[ or \\&",
    ],
    [
      "[]a]",
      "has ] as the first character in [...], which RE2 and Parameter Store do not treat alike; escape it as \\]",
    ],
    ["a{b}", "has { without a number of repetitions; escape the character as \\{"],
    [
      "(?P<year>\\d)",
      "has a group that begins with (?P, which Parameter Store does not support; write (?<name>...) or (...)",
    ],
    ["\\Qa.b\\E", "has \\Q, which RE2 and Parameter Store do not treat alike; write the pattern without it"],
  ])("cannot be %s", (pattern, problem) => {
    expect(allowedPattern(pattern)).toEqual({ problem });
  });

  test("is shown shortened, on one line", () => {
    expect(allowedPattern("a".repeat(1000))).toMatchObject({ shown: `${"a".repeat(60)}...` });
    expect(allowedPattern("a\nb")).toMatchObject({ shown: '"a\\nb"' });
  });
});
