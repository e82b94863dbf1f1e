import { z } from "zod";
import { ConfigError, parseConfig, withRule } from "../../../modules/core";

const inner = z.strictObject({
  size: z.int().min(1).max(5),
  mode: z.enum(["eventual", "strong"]).default("eventual"),
});
const schema = withRule(
  z.strictObject({
    name: z.string().regex(/^[a-z]+$/, "has capitals; use lower case"),
    inner,
    list: z.array(inner).default([]),
    map: z.record(z.string().regex(/^[a-z]+$/, "use lower case"), inner).default({}),
    kind: z
      .discriminatedUnion("type", [
        z.strictObject({ type: z.literal("a"), alpha: z.string() }),
        z.strictObject({ type: z.literal("b"), beta: z.string() }),
      ])
      .optional(),
    apiToken: z.string().max(3).optional(),
  }),
  (value, report) => {
    if (value.inner.size > 2 && value.inner.mode === "strong")
      report(["inner", "size"], "is too much for strong; use 2");
  },
);
const good = { name: "x", inner: { size: 1 } };

function issues(input: unknown): string[] {
  try {
    parseConfig(schema, input, "test");
  } catch (error) {
    if (error instanceof ConfigError)
      return error.message
        .split("\n")
        .slice(1)
        .map((line) => line.trim());
    throw error;
  }
  return [];
}

describe("parseConfig", () => {
  test("returns the config with its defaults", () => {
    expect(parseConfig(schema, good, "test")).toEqual({
      ...good,
      inner: { size: 1, mode: "eventual" },
      list: [],
      map: {},
    });
  });

  test.each<[string, unknown, string]>([
    ["a missing field", { name: "x" }, "inner: is required; add an object (received nothing)"],
    ["a wrong type", { ...good, name: 4 }, "name: has the wrong type; use a string (received 4)"],
    [
      "a fraction",
      { ...good, inner: { size: 1.5 } },
      "inner.size: has the wrong type; use a whole number (received 1.5)",
    ],
    ["a low number", { ...good, inner: { size: 0 } }, "inner.size: is too small; use at least 1 (received 0)"],
    ["a high number", { ...good, inner: { size: 9 } }, "inner.size: is too large; use at most 5 (received 9)"],
    ["a broken pattern", { ...good, name: "X" }, 'name: has capitals; use lower case (received "X")'],
    [
      "a misspelt value",
      { ...good, inner: { size: 1, mode: "stong" } },
      'inner.mode: is not one of the allowed values; did you mean "strong"? (received "stong")',
    ],
    [
      "a misspelt field",
      { ...good, inner: { size: 1, mod: 1 } },
      'inner.mod: unknown field; did you mean "mode"? (received 1)',
    ],
    [
      "a field far from any",
      { ...good, inner: { size: 1, zzzzz: 1 } },
      "inner.zzzzz: unknown field; use one of size, mode (received 1)",
    ],
    [
      "a misspelt field in a list",
      { ...good, list: [{ sise: 1, size: 1 }] },
      'list[0].sise: unknown field; did you mean "size"? (received 1)',
    ],
    [
      "a misspelt field in a map",
      { ...good, map: { m: { size: 1, sise: 2 } } },
      'map.m.sise: unknown field; did you mean "size"? (received 2)',
    ],
    [
      "a name that is not allowed",
      { ...good, map: { M: { size: 1 } } },
      'map.M: this name is not allowed; use lower case (received {"size":1})',
    ],
    [
      "a field of the other variant",
      { ...good, kind: { type: "a", alpha: "x", alpa: "y" } },
      'kind.alpa: unknown field; did you mean "alpha"? (received "y")',
    ],
    [
      "an unknown variant",
      { ...good, kind: { type: "c" } },
      'kind.type: is not one of the allowed values; use one of a, b (received "c")',
    ],
    ["no object at all", "x", '(root): has the wrong type; use an object (received "x")'],
  ])("refuses %s", (_, input, message) => {
    expect(issues(input)).toEqual([message]);
  });

  test("reports all mistakes at once, rules over several fields included", () => {
    expect(issues({ name: "X", inner: { size: 4, mode: "strong" }, extra: 1 })).toHaveLength(3);
  });

  test("tells a mistake once that two rules find, or one rule twice", () => {
    const twice = withRule(z.strictObject({ regions: z.array(z.string()) }), ({ regions }, report) => {
      for (const region of regions) report(["regions"], `has no table in ${region}; add one`);
    });
    const wrong = (): unknown => parseConfig(twice, { regions: ["a", "b", "a"] }, "test");
    expect(wrong).toThrow(/^test: 2 mistakes\n.* in a; .*\n.* in b; /);
  });

  test("never shows a value whose path names a secret", () => {
    expect(issues({ ...good, apiToken: "hunter2" })).toEqual([
      "apiToken: is too large; use at most 3 characters (received (hidden))",
    ]);
  });

  test("lets a rule's own defect through when nothing else is wrong", () => {
    const broken = withRule(z.strictObject({}), () => {
      throw new Error("defect");
    });
    expect(() => parseConfig(broken, {}, "test")).toThrow("defect");
  });
});
