import { eventPattern, eventPatternProblems, filterPattern } from "../../../values/languages";
import { seeded, told } from "./random";

// From https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html and the pages that it leads to.
const accepted: readonly object[] = [
  { source: ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"], detail: { state: ["running"] } },
  { detail: { state: [{ "anything-but": "initializing" }] } },
  { detail: { "x-limit": [{ "anything-but": 123 }] } },
  { detail: { "x-limit": [{ "anything-but": [100, 200, 300] }] } },
  { detail: { state: [{ "anything-but": ["stopped", "overloaded"] }] } },
  { detail: { Region: [{ "anything-but": { prefix: "us-" } }] } },
  { detail: { state: [{ "anything-but": { prefix: ["init", "error"] } }] } },
  { detail: { FileName: [{ "anything-but": { suffix: [".txt", ".rtf"] } }] } },
  { detail: { state: [{ "anything-but": { "equals-ignore-case": ["initializing", "stopped"] } }] } },
  { detail: { FilePath: [{ "anything-but": { wildcard: "*/lib/*" } }] } },
  { detail: { service: [{ prefix: { "equals-ignore-case": "eventb" } }] } },
  { detail: { FileName: [{ suffix: ".png" }, { suffix: { "equals-ignore-case": ".PNG" } }] } },
  { detail: { LastName: [""] } },
  { detail: { UserID: [null] } },
  { detail: { Name: [{ "equals-ignore-case": "alice" }], flag: [true, false], count: [100, 1.5] } },
  { detail: { ProductName: [{ exists: true }], Other: [{ exists: false }] } },
  { detail: { Price: [{ numeric: ["=", 100] }], Weight: [{ numeric: [">", 10, "<=", 20] }] } },
  { detail: { a: [{ numeric: ["<", 10] }], b: [{ numeric: [">=", -5e9] }], c: [{ numeric: ["<=", 5e9] }] } },
  { detail: { "source-ip": [{ cidr: "10.0.0.0/24" }, { cidr: "2001:db8::/32" }, { cidr: "10.0.0.7/24" }] } },
  { detail: { path: [{ wildcard: "dir/*.png" }, { wildcard: "*" }, { wildcard: "a\\*b\\\\c*" }] } },
  { detail: { $or: [{ "c-count": [{ numeric: [">", 0, "<=", 5] }] }, { "d-count": [{ numeric: ["<", 10] }] }] } },
  { $or: [{ source: ["a"] }, { source: ["b"], detail: { $or: [{ x: [1] }, { y: [2] }] } }] },
  { detail: { prefix: ["a field may be called like a comparison"] } },
];

const leaf = (value: unknown) => ({ source: ["orders"], detail: { state: value } });
const one = (comparison: unknown) => leaf([comparison]);

const refused: readonly (readonly [pattern: object, path: string, message: string])[] = [
  [{}, "", "is empty; add a field"],
  [leaf("running"), "detail.state", "must be a list, even for one value; put it in square brackets"],
  [leaf(7), "detail.state", "must be a list, even for one value"],
  [leaf({}), "detail.state", "is empty and would match nothing"],
  [leaf([]), "detail.state", "is an empty list and would match nothing"],
  [leaf([["running"]]), "detail.state.0", "is a list within a list"],
  [leaf({ prefix: "run" }), "detail.state.prefix", 'is a comparison outside of a list; write [{ "prefix": ... }]'],
  [one({}), "detail.state.0", "is not a comparison; use an object with one of anything-but, cidr"],
  [one({ startsWith: "x" }), "detail.state.0", "is not a comparison"],
  [one({ toString: "x" }), "detail.state.0", "is not a comparison"],
  [one({ prefix: "a", suffix: "b" }), "detail.state.0", "is not a comparison"],
  [one({ prefix: 5 }), "detail.state.0.prefix", "must be a string; put it in quotation marks"],
  [one({ prefix: ["a"] }), "detail.state.0.prefix", "must be a string"],
  [one({ prefix: { wildcard: "a*" } }), "detail.state.0.prefix", "is not a string; write a string, or"],
  [one({ suffix: { "equals-ignore-case": 1 } }), "detail.state.0.suffix", "must be a string"],
  [one({ "equals-ignore-case": null }), "detail.state.0.equals-ignore-case", "must be a string"],
  [one({ "equals-ignore-case": ["a"] }), "detail.state.0.equals-ignore-case", "must be a string"],
  [one({ exists: "true" }), "detail.state.0.exists", "must be true or false; write it without quotation marks"],
  [one({ exists: 1 }), "detail.state.0.exists", "must be true or false"],
  [one({ wildcard: "a**b" }), "detail.state.0.wildcard", "has two wildcards in a row; write one *"],
  [one({ wildcard: "a\\b" }), "detail.state.0.wildcard", "has a backslash that escapes no asterisk or backslash"],
  [one({ wildcard: "a\\" }), "detail.state.0.wildcard", "has a backslash that escapes no asterisk or backslash"],
  [one({ wildcard: 5 }), "detail.state.0.wildcard", "must be a string"],
  [one({ cidr: "10.0.0.0" }), "detail.state.0.cidr", "is not an address range"],
  [one({ cidr: "10.0.0.0/33" }), "detail.state.0.cidr", "is not an address range"],
  [one({ cidr: "10.0.0.1/32" }), "detail.state.0.cidr", 'is a single address; write the value "10.0.0.1"'],
  [one({ cidr: ["10.0.0.0/8"] }), "detail.state.0.cidr", "is not an address range"],
  [one({ numeric: 5 }), "detail.state.0.numeric", "must be a list of comparisons and numbers"],
  [one({ numeric: [] }), "detail.state.0.numeric", "must be a list of comparisons and numbers"],
  [one({ numeric: ["==", 5] }), "detail.state.0.numeric", 'has the unknown comparison "=="; use =, <, <=, > or >='],
  [one({ numeric: [5, ">"] }), "detail.state.0.numeric", "has the unknown comparison 5"],
  [one({ numeric: [">"] }), "detail.state.0.numeric", "has no number; write one after the comparison"],
  [one({ numeric: [">", "5"] }), "detail.state.0.numeric", "must be a number; write it without quotation marks"],
  [one({ numeric: [">", 6e9] }), "detail.state.0.numeric", "is 6000000000; use -5e9 to 5e9"],
  [one({ numeric: ["<", 5, ">", 0] }), "detail.state.0.numeric", "has a second comparison after <"],
  [one({ numeric: ["=", 5, "<", 9] }), "detail.state.0.numeric", "has a second comparison after ="],
  [one({ numeric: [">", 0, ">", 5] }), "detail.state.0.numeric", 'has ">" as its second comparison'],
  [one({ numeric: [">", 0, "<"] }), "detail.state.0.numeric", "has no upper bound"],
  [one({ numeric: [">", 5, "<", 5] }), "detail.state.0.numeric", "has an upper bound that is not above the lower one"],
  [one({ numeric: [">", 0, "<", 5, "<", 6] }), "detail.state.0.numeric", "has more than two comparisons"],
  [one({ "anything-but": [] }), "detail.state.0.anything-but", "is an empty list; add the values to exclude"],
  [one({ "anything-but": ["a", 1] }), "detail.state.0.anything-but", "is a list of mixed or unsupported types"],
  [one({ "anything-but": [true] }), "detail.state.0.anything-but", "is a list of mixed or unsupported types"],
  [one({ "anything-but": null }), "detail.state.0.anything-but", "is not something that anything-but can exclude"],
  [one({ "anything-but": 6e9 }), "detail.state.0.anything-but", "is 6000000000"],
  [one({ "anything-but": { exists: true } }), "detail.state.0.anything-but", "is not supported in anything-but; use"],
  [one({ "anything-but": { prefix: "" } }), "detail.state.0.anything-but", "is empty; write at least one character"],
  [one({ "anything-but": { suffix: [] } }), "detail.state.0.anything-but", "is an empty list"],
  [one({ "anything-but": { wildcard: ["a*", "b**"] } }), "detail.state.0.anything-but", "has two wildcards in a row"],
  [{ $or: { source: ["a"] } }, "$or", "must be a list of at least two patterns"],
  [{ $or: [{ source: ["a"] }] }, "$or", "must be a list of at least two patterns"],
  [{ $or: [{ source: ["a"] }, "b"] }, "$or.1", "is not a pattern; list objects with fields under $or"],
  [{ $or: [{ source: ["a"] }, {}] }, "$or.1", "is not a pattern"],
  [
    { detail: { $or: [{ prefix: ["a"] }, { b: [1] }] } },
    "detail.$or.0.prefix",
    "is the name of a comparison, not of a field",
  ],
  [leaf(["x".repeat(2048)]), "", "characters as JSON, but AWS allows 2048; match fewer values"],
];

describe("An event pattern", () => {
  test.each(accepted.map((pattern) => JSON.stringify(pattern)))("may be %s", (text) => {
    expect(eventPattern(text)).toBeUndefined();
  });

  test.each(refused.map((row) => [JSON.stringify(row[0]).slice(0, 100), ...row] as const))(
    "is not %s",
    (_, pattern, path, message) => {
      const problems = eventPatternProblems(pattern);
      expect(problems).toHaveLength(1);
      expect(problems[0]?.path.join(".")).toBe(path);
      expect(problems[0]?.problem).toMatch(told);
      expect(problems[0]?.problem).toContain(message);
      expect(eventPattern(JSON.stringify(pattern))).toContain(message);
    },
  );

  test("as text names the place, and must be JSON", () => {
    expect(eventPattern('{"detail":{"state":["a",{"prefix":5}]}}')).toBe(
      "its detail.state[1].prefix must be a string; put it in quotation marks",
    );
    expect(eventPattern("{source: orders}")).toMatch(/^is not valid JSON; /);
    for (const text of ["[]", "5", "null", '"text"']) expect(eventPattern(text)).toMatch(/^is not an event pattern; /);
  });

  test("unfolds into at most 1000 combinations", () => {
    const alternatives = (count: number) => Array.from({ length: count }, (_, at) => ({ [`f${at}`]: [at] }));
    const joined = (first: number, second: number) => ({
      a: { $or: alternatives(first) },
      b: { $or: alternatives(second) },
    });
    expect(eventPatternProblems(joined(20, 50))).toEqual([]);
    expect(eventPatternProblems(joined(20, 51)).map(({ problem }) => problem)).toEqual([
      "has more than 1000 combinations of $or alternatives, which AWS does not allow; use fewer alternatives, or several rules",
    ]);
  });

  test("that is nested as deep as a file can hold is refused without an overflow", () => {
    let pattern: object = { leaf: ["a"] };
    for (let depth = 0; depth < 200_000; depth += 1) pattern = { inner: pattern };
    expect(eventPatternProblems(pattern).map(({ problem }) => problem)).toEqual([
      "is nested too deeply; match fields nearer to the top",
    ]);
  });

  test("tells all that is wrong at once", () => {
    const pattern = { source: "orders", detail: { a: [], b: [{ exists: 0 }] } };
    expect(eventPatternProblems(pattern).map(({ path }) => path.join("."))).toEqual([
      "source",
      "detail.a",
      "detail.b.0.exists",
    ]);
  });

  test("may have any number within ±5e9 as operand, and none outside", () => {
    const random = seeded(7);
    for (let round = 0; round < 500; round += 1) {
      const inside = (random(0, 1e6) / 1e6 - 0.5) * 1e10;
      expect(eventPatternProblems(one({ numeric: ["=", inside] }))).toEqual([]);
      const outside = (random(0, 1) ? 1 : -1) * (5e9 + random(1, 1e9));
      expect(eventPatternProblems(one({ numeric: ["=", outside] }))).toHaveLength(1);
    }
  });
});

describe("A filter pattern", () => {
  const prefixInAnyCase = '{"body":{"a":[{"prefix":{"equals-ignore-case":"x"}}]}}';
  const excludedPrefix = '{"body":{"a":[{"anything-but":{"prefix":"x"}}]}}';
  const wildcard = '{"a":[{"wildcard":"x*"}]}';

  test.each([
    "{}",
    '{"body":{"a":[{"numeric":["=",5]}],"b":[""],"c":[null],"d":[{"anything-but":["x"]}]}}',
    '{"a":[{"prefix":"x"}]}',
  ])("of all services may be %s", (text) => {
    for (const service of ["lambda", "pipes", "sns"] as const) expect(filterPattern(text, service)).toBeUndefined();
  });

  test("has the unknown comparisons of its service", () => {
    expect(filterPattern(prefixInAnyCase, "pipes")).toBeUndefined();
    expect(filterPattern(prefixInAnyCase, "lambda")).toContain("its body.a[0].prefix must be a string");
    expect(filterPattern(excludedPrefix, "sns")).toBeUndefined();
    expect(filterPattern(excludedPrefix, "lambda")).toContain("which this service does not support in anything-but");
    expect(filterPattern(wildcard, "sns")).toBeUndefined();
    expect(filterPattern(wildcard, "pipes")).toContain("is not a comparison");
  });

  test("has at most 4096 characters for Lambda and Pipes", () => {
    const text = JSON.stringify({ a: ["x".repeat(4090)] });
    expect(filterPattern(text, "lambda")).toContain("AWS allows 4096");
    expect(filterPattern(text, "sns")).toBeUndefined();
  });
});
