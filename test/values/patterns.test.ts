import { RE2JS } from "re2js";
import { limitsOf, typesWithValues } from "../../values/limits-of";
import { matcherOf, translate } from "../../values/patterns";
import { linearPatterns } from "../../values/patterns/linear";
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

/** All texts of some characters, up to a length. */
const textsOf = (alphabet: readonly string[], length: number): string[] =>
  length === 0
    ? [""]
    : textsOf(alphabet, length - 1).flatMap((text) =>
        (text.length === length - 1 ? ["", ...alphabet] : [""]).map((next) => text + next),
      );

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

  test("are all in use, where somebody has looked at them", () => {
    const used = new Set(patterns.flatMap((pattern) => Object.values(translate(pattern)).flat()));
    expect([...linearPatterns].filter((pattern) => !used.has(pattern) || !natively(pattern))).toEqual([]);
  });

  test.each([
    "[a-zA-Z](?:-?[a-zA-Z0-9]+)*",
    "^[a-z0-9](-*\\.?-*[a-z0-9])*$",
    "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$",
    "^[ \\t]*[^\\x00-\\x1F:\\x7F]+([ \\t]+[^\\x00-\\x1F:\\x7F]+)*[ \\t]*$",
    "^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$",
    "[\\s\\S]+",
    "[\\S]+",
  ])("say the same as AWS's where they are written anew: %s", (pattern) => {
    expect(patterns).toContain(pattern);
    const whole = RE2JS.compile(`^(?:${pattern})$`);
    const texts = textsOf(["a", "0", "-", ".", "@", " ", "\t", "\n"], 5).concat(textsOf(["a", "-", ".", "@"], 6));
    const matcher = matcherOf(pattern);
    expect(texts.filter((text) => matcher(text) !== whole.matcher(text).find())).toEqual([]);
  });

  test("end soon in JavaScript's own engine, whatever text they are given", () => {
    let ended = 0;
    for (const { pattern, expression } of native) {
      const sample = sampleOf(pattern) || "a";
      for (const part of [
        sample,
        sample.slice(-1),
        sample.slice(0, 1),
        `${sample}-`,
        `${sample}.`,
        "a",
        "0",
        "-",
        ".",
      ]) {
        expression.test(`${sample}${part.repeat(3000)}\n!`);
        ended += 1;
      }
    }
    expect(ended).toBeGreaterThan(native.length);
  });

  test("take as long as the text is, whatever they are", () => {
    const long = "a".repeat(50_000);
    for (const pattern of ["(a+)+b", "(a|a)*b", "(.*)*x", "a*a*a*a*b"]) expect(matcherOf(pattern)(long)).toBe(false);
  });
});
