import { isStorable, textsNotStorable } from "../../../runtime/invocation/text";

describe("A text", () => {
  test.each(["", "a", "é", "\ud83d\ude00", "\ufffd", "\ufffe", "\u0001", "\u{10ffff}"])(
    "such as %j is storable",
    (text) => expect(isStorable(text)).toBe(true),
  );

  test.each(["\0", "a\0b", "\ud83d", "\ude00", "\ude00\ud83d", "a\ud83d b", "\ud83d\ud83d\ude00"])(
    "such as %j is not",
    (text) => expect(isStorable(text)).toBe(false),
  );
});

describe("Texts that are not storable", () => {
  test("are not all told when there are many", () => {
    expect(textsNotStorable(Array.from({ length: 10_000 }, () => "\0"))).toHaveLength(20);
  });

  test("are found wherever they are, in order, and names of properties by the object that has them", () => {
    const value = { a: "\0", b: [1, "x", { c: "\ud83d", d: null }], e: { "\0": 1 }, f: "fine" };
    expect(textsNotStorable(value)).toEqual([["a"], ["b", 2, "c"], ["e"]]);
    expect(textsNotStorable("\0")).toEqual([[]]);
    expect(textsNotStorable(undefined)).toEqual([]);
  });

  test("are looked for in what is nested deeply, and in what holds itself", () => {
    const deep = JSON.parse(`${"[".repeat(30_000)}"\\u0000"${"]".repeat(30_000)}`);
    expect(textsNotStorable(deep)).toEqual([Array.from({ length: 50 }, () => 0)]);
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(textsNotStorable(circle)).toEqual([]);
  });
});
