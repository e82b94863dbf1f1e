import { valueProblems } from "../../values";
import type { Limits } from "../../values/constraint";
import { type AttributeLimits, limitsOf, typesWithValues } from "../../values/limits-of";
import { matcherOf, translate } from "../../values/patterns";
import { sampleOf } from "./sample";

interface Line {
  readonly type: string;
  readonly path: string;
  readonly limits: AttributeLimits;
}

const lines: Line[] = typesWithValues.flatMap((type) =>
  Object.entries(limitsOf(type) ?? {}).map(([path, limits]) => ({ type, path, limits })),
);

const having = (kind: keyof Limits): Line[] => lines.filter(({ limits }) => limits[kind] !== undefined);

/** The arguments with one value at a path, in the form of Terraform's JSON. */
function valuesWith(path: string, value: unknown): Record<string, unknown> {
  const built = path.split(".").reduceRight<unknown>((inner, name) => {
    if (name === "*") return [inner];
    return name === "{}" ? { [String(inner)]: "a" } : { [name]: inner };
  }, value);
  return built as Record<string, unknown>;
}

/** What is said of a value at a path, and nothing of rules over several arguments. */
function said({ type, path }: Line, value: unknown): string {
  const depth = path.split(".").filter((name) => name !== "*" && name !== "{}").length;
  return valueProblems(type, valuesWith(path, value), { evaluated: true })
    .filter((problem) => problem.path.filter((part) => typeof part === "string").length >= depth)
    .map(({ problem }) => problem)
    .join(" | ");
}

const text = (length: number): string => "a".repeat(Math.max(0, length));
/** A text that is no choice, and as long as one. */
const unlikeAny = ([first = ""]: readonly string[] = []): string => `${first.slice(0, -1)}~`;
const wrongly = (list: readonly Line[], is: (line: Line) => boolean): string[] =>
  list.filter(is).map(({ type, path }) => `${type}.${path}`);

describe("Every limit of the data", () => {
  test("is known for more than a thousand attributes", () => {
    expect(lines.length).toBeGreaterThan(1500);
    expect(having("maxLength").length).toBeGreaterThan(400);
    expect(having("pattern").length).toBeGreaterThan(300);
  });

  test("of length takes the longest and the shortest text, and none beyond", () => {
    // A text of a gigabyte is too much for a test.
    const longest = having("maxLength").filter(({ limits }) => Number(limits.maxLength) <= 1_000_000);
    const shortest = having("minLength").filter(({ limits }) => Number(limits.minLength) > 0);
    const most = ({ limits }: Line) => Number(limits.maxLength);
    const least = ({ limits }: Line) => Number(limits.minLength);
    expect(wrongly(longest, (line) => !said(line, text(most(line) + 1)).includes(`use at most ${most(line)}`))).toEqual(
      [],
    );
    expect(wrongly(longest, (line) => /long; use at most \d+$/.test(said(line, text(most(line)))))).toEqual([]);
    expect(
      wrongly(shortest, (line) => !said(line, text(least(line) - 1)).includes(`use at least ${least(line)}`)),
    ).toEqual([]);
    expect(wrongly(shortest, (line) => /long; use|is empty/.test(said(line, text(least(line)))))).toEqual([]);
  });

  test("of numbers takes the smallest and the largest, and none beyond", () => {
    const smallest = having("min");
    const largest = having("max");
    const beyond = (limit: number, by: number) =>
      Math.abs(limit) > 2 ** 53 ? limit * (1 + Math.sign(limit) * by) : limit + by;
    expect(smallest.length).toBeGreaterThan(60);
    expect(
      wrongly(smallest, (line) => !said(line, beyond(Number(line.limits.min), -1)).includes("use at least")),
    ).toEqual([]);
    expect(wrongly(smallest, (line) => said(line, line.limits.min).includes("use at least"))).toEqual([]);
    expect(wrongly(largest, (line) => !said(line, beyond(Number(line.limits.max), 1)).includes("use at most"))).toEqual(
      [],
    );
    expect(wrongly(largest, (line) => said(line, line.limits.max).includes("use at most"))).toEqual([]);
  });

  test("of entries takes the fewest and the most, and none beyond", () => {
    const entries = (line: Line, count: number): string => {
      const map = `${line.path}.{}` in (limitsOf(line.type) ?? {});
      const names = Array.from({ length: count }, (_, index) => `a${index}`);
      return said(line, map ? Object.fromEntries(names.map((name) => [name, "a"])) : names);
    };
    const most = having("maxItems").filter(({ limits }) => Number(limits.maxItems) <= 10_000);
    const fewest = having("minItems").filter(({ limits }) => Number(limits.minItems) > 1);
    expect(most.length).toBeGreaterThan(30);
    expect(wrongly(most, (line) => !entries(line, Number(line.limits.maxItems) + 1).includes("use at most"))).toEqual(
      [],
    );
    expect(
      wrongly(most, (line) => /has .* entr.*use at most/.test(entries(line, Number(line.limits.maxItems)))),
    ).toEqual([]);
    expect(
      wrongly(fewest, (line) => !entries(line, Number(line.limits.minItems) - 1).includes("use at least")),
    ).toEqual([]);
  });

  test("of choices takes each of them, and no other", () => {
    const choices = having("enum");
    const refused = /is not one of|is not a value that AWS accepts/;
    expect(wrongly(choices, (line) => !refused.test(said(line, unlikeAny(line.limits.enum))))).toEqual([]);
    expect(
      wrongly(choices, (line) => (line.limits.enum ?? []).some((value) => refused.test(said(line, value)))),
    ).toEqual([]);
  });

  test("of form can be checked by RE2, takes a text that matches, and not one that does not", () => {
    const patterns = [...new Set(having("pattern").map(({ limits }) => String(limits.pattern)))];
    const others = ["\u0000", "\n", " ", "a\nb", "ä b", "-", "zz:9", ""];
    const unlike = (pattern: string) => others.find((other) => !matcherOf(pattern)(other));
    const samples = patterns.map((pattern) => ({ pattern, sample: sampleOf(pattern) }));
    const unmatched = samples.filter(({ pattern, sample }) => sample === undefined || !matcherOf(pattern)(sample));
    expect(unmatched).toEqual([]);
    const anything = patterns.filter((pattern) => unlike(pattern) === undefined);
    expect(anything.filter((pattern) => translate(pattern).all.length > 0)).toEqual([]);
    expect(anything.length).toBeLessThan(6);
    // Not every attribute, as other limits are told first: each pattern where it stands alone.
    const alone = having("pattern").filter(({ limits }) => limits.enum === undefined && limits.minLength === undefined);
    const wrong = alone.filter((line) => {
      const other = unlike(String(line.limits.pattern));
      return other !== undefined && said(line, other) === "";
    });
    expect(wrong.map(({ type, path }) => `${type}.${path}`)).toEqual([]);
  });
});
