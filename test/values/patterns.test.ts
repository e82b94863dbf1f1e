import { RE2JS } from "re2js";
import { limitsOf, typesWithValues } from "../../values/limits-of";
import { matcherOf, translate } from "../../values/patterns";
import { natively } from "../../values/patterns/native";
import { sampleOf } from "./sample";

const patterns = [
  ...new Set(
    typesWithValues.flatMap((type) => Object.values(limitsOf(type) ?? {}).flatMap(({ pattern }) => pattern ?? [])),
  ),
];
const native = patterns.flatMap((pattern) =>
  translate(pattern).all.flatMap((written) => {
    const expression = natively(written);
    return expression ? [{ pattern, written, expression }] : [];
  }),
);

const characters = [
  "",
  "a",
  "Z",
  "0",
  "_",
  "-",
  ".",
  "/",
  ":",
  "$",
  "\\",
  "[",
  "]",
  "^",
  " ",
  "\t",
  "\n",
  "\u000b",
  "\u0000",
  "\u00a0",
  "é",
  "ÿ",
  "Ā",
  "中",
  "😀",
  "\u2028",
  "aws.",
  "a b",
  "--",
];

describe("Patterns of values", () => {
  test("say the same by JavaScript's own engine, where it is used, as by RE2", () => {
    expect(native.length).toBeGreaterThan(50);
    const different = native.filter(({ pattern, written, expression }) => {
      const sample = sampleOf(pattern) ?? "a";
      const texts = characters.flatMap((text) => [text, sample + text, text + sample]);
      const re2 = RE2JS.compile(written);
      return texts.some((text) => re2.matcher(text).find() !== expression.test(text));
    });
    expect(different).toEqual([]);
  });

  test.each(["^(a+)+$", "^a*a*$", "a*$", "^(a|b*)$|c", "^(ab)*$", "(?i)^a$", "^a*?$", "^a{1,9}b+$"])(
    "are left to RE2 where they could backtrack or are written otherwise: %s",
    (pattern) => expect(natively(pattern)).toBeUndefined(),
  );

  test("take as long as the text is, whatever they are", () => {
    const long = "a".repeat(50_000);
    for (const pattern of ["(a+)+b", "(a|a)*b", "(.*)*x", "a*a*a*a*b"]) expect(matcherOf(pattern)(long)).toBe(false);
  });
});
