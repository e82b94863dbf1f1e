import { checkEventPattern } from "../../../modules/event-bus/event-pattern";

/** What is said of a pattern, as `path: message`. */
function problemsOf(pattern: Readonly<Record<string, unknown>>): string[] {
  const problems: string[] = [];
  checkEventPattern(pattern, (path, message) => problems.push(`${path.join(".")}: ${message}`));
  return problems;
}

const texts = ["account", "detail-type", "id", "region", "replay-name", "resources", "source", "time", "version"];

/** Every shape that JSON can have where a pattern has the values of a field, and where an event can match it. */
const shapes: readonly (readonly [shape: unknown, ofTexts: boolean, ofDetail: boolean, within: boolean])[] = [
  ["a", false, false, false],
  [5, false, false, false],
  [true, false, false, false],
  [null, false, false, false],
  [{}, false, false, false],
  [{ prefix: "a" }, false, false, false],
  [{ name: "a" }, false, false, false],
  [{ name: {} }, false, false, false],
  [{ name: ["a"] }, false, true, true],
  [{ name: { inner: ["a"] } }, false, true, true],
  [{ prefix: ["a"] }, false, true, true],
  [[], false, false, false],
  [[["a"]], false, false, false],
  [[{}], false, false, false],
  [[{ name: ["a"] }], false, false, false],
  [[5], false, false, true],
  [[true], false, false, true],
  [[null], false, false, true],
  [[{ numeric: ["=", 5] }], false, false, true],
  [["a", 5], false, false, true],
  [["a"], true, false, true],
  [["a", "b"], true, false, true],
  [[{ prefix: "a" }], true, false, true],
  [[{ prefix: { "equals-ignore-case": "a" } }], true, false, true],
  [[{ "equals-ignore-case": "a" }], true, false, true],
];

const rule = { source: ["shop.orders"] };
/** Where a shape stands, with the pattern around it and the path that is told. */
const places: readonly (readonly [
  kind: "texts" | "detail" | "within",
  path: string,
  around: (shape: unknown) => object,
])[] = [
  ...texts.map((name) => ["texts", name, (shape: unknown) => ({ ...rule, [name]: shape })] as const),
  ...texts.map(
    (name) => ["texts", `$or.1.${name}`, (shape: unknown) => ({ ...rule, $or: [rule, { [name]: shape }] })] as const,
  ),
  ["texts", "$or.1.$or.0.region", (shape) => ({ ...rule, $or: [rule, { $or: [{ region: shape }, rule] }] })],
  ["detail", "detail", (shape) => ({ ...rule, detail: shape })],
  ["within", "detail.state", (shape) => ({ ...rule, detail: { state: shape } })],
  ["within", "detail.source", (shape) => ({ ...rule, detail: { source: shape } })],
  ["within", "detail.order.detail", (shape) => ({ ...rule, detail: { order: { detail: shape } } })],
  ["within", "detail.$or.0.state", (shape) => ({ ...rule, detail: { $or: [{ state: shape }, { b: [1] }] } })],
];

const cases = places.flatMap(([kind, path, around]) =>
  shapes.map(([shape, ofTexts, ofDetail, within]) => {
    const matches = { texts: ofTexts, detail: ofDetail, within }[kind];
    return [path, JSON.stringify(shape), matches, around(shape)] as const;
  }),
);

describe("The pattern of a rule", () => {
  // Within $or, names of comparisons are no names of fields.
  const known = cases.filter(([path, shape]) => !(path.startsWith("detail.$or") && shape === '{"prefix":["a"]}'));

  test.each(known.filter(([, , matches]) => matches))("may have %s as %s", (_path, _shape, _matches, pattern) => {
    expect(problemsOf({ ...pattern })).toEqual([]);
  });

  test.each(known.filter(([, , matches]) => !matches))(
    "is refused with %s as %s, once and at its place",
    (path, _shape, _matches, pattern) => {
      const problems = problemsOf({ ...pattern });
      expect(problems).toHaveLength(1);
      expect(problems[0]?.startsWith(path)).toBe(true);
      expect(problems[0]).toMatch(/; \S/);
    },
  );

  test("may only have fields that events have, in alternatives too", () => {
    expect(problemsOf({ ...rule, state: ["a"] })).toEqual([
      expect.stringMatching(/^state: is not a field of an event; use /),
    ]);
    expect(problemsOf({ ...rule, $or: [{ state: ["a"] }, rule] })).toEqual([
      expect.stringMatching(/^\$or\.0\.state: is not a field of an event; use /),
    ]);
  });

  test.each([
    [{ prefix: { "equals-ignore-case": "EVEN" } }, "would also match the heartbeat"],
    [{ suffix: { "equals-ignore-case": "BEAT" } }, "would also match the heartbeat"],
    [{ prefix: { "equals-ignore-case": "AWS." } }, "is a source of AWS services"],
  ])("is refused with the source %j, whatever its case", (source, message) => {
    expect(problemsOf({ source: [source] })).toEqual([expect.stringContaining(`source.0: ${message}`)]);
  });

  test("with alternatives as deep as a file can hold is refused without an overflow", () => {
    let pattern: Readonly<Record<string, unknown>> = rule;
    for (let depth = 0; depth < 100_000; depth += 1) pattern = { ...rule, $or: [pattern, rule] };
    expect(problemsOf(pattern)).toEqual([expect.stringContaining("is nested too deeply")]);
  });
});
