import { PathPattern, patternParts, routeParts } from "../../../modules/edge-distribution/path-pattern";

const cases: readonly [pattern: string, route: string, shared: boolean, covered: boolean][] = [
  ["/orders/*", "/orders/{id}", true, true],
  ["/orders*", "/orders", true, true],
  ["/orders/*", "/orders", false, false],
  ["/*.css", "/orders/{id}", true, false],
  ["/*.css", "/orders", false, false],
  ["/catalog/*", "/orders/{id}", false, false],
  ["/orders/a", "/orders/{id}", true, false],
  ["/orders/?", "/orders/{id}", true, false],
  ["/orders/a/b", "/orders/{id}", false, false],
  ["/orders/a/b", "/orders/{path+}", true, false],
  ["/orders/", "/orders/{id}", false, false],
  ["/*", "/a/{x+}", true, true],
  ["/o*/x", "/{p+}", true, false],
  ["/customers/*/orders", "/customers/{id}/orders", true, true],
  ["/customers/*/orders", "/customers/{id}/order", false, false],
  ["*", "/", true, true],
];

/** All texts of some characters up to a length. */
const words = (characters: string, length: number): string[] =>
  length === 0
    ? [""]
    : ["", ...[...characters].flatMap((char) => words(characters, length - 1).map((rest) => char + rest))];

describe("A path pattern", () => {
  test.each(cases)("%s meets the route %s: %p, and all of it: %p", (pattern, route, shared, covered) => {
    expect(new PathPattern(pattern).meets(routeParts(route))).toBe(shared);
    expect(new PathPattern(pattern).covers(routeParts(route))).toBe(covered);
  });

  test("takes what a narrower one takes", () => {
    const wider = (wide: string, narrow: string) => new PathPattern(wide).covers(patternParts(narrow));
    expect(wider("/a*", "/a/b")).toBe(true);
    expect(wider("/a*", "/a?c*")).toBe(true);
    expect(wider("/?", "/*")).toBe(false);
    expect(wider("/a/*/c", "/a/*")).toBe(false);
  });

  const routes = ["/", "/a", "/{x}", "/{x+}", "/a/{x}", "/{x}/a", "/{x}/{y}", "/{x}/{y+}", "/aa"];

  test.each(routes)("is compared with the route %s as their texts are", (route) => {
    const texts = words("a/", 6);
    const expression = (text: string, parts: readonly [RegExp, string][]) =>
      new RegExp(`^${parts.reduce((written, [from, to]) => written.replace(from, to), text)}$`);
    const ofRoute = texts.filter((text) =>
      expression(route, [
        [/\{\w+\+\}/g, ".*"],
        [/\{\w+\}/g, "[^/]+"],
      ]).test(text),
    );
    for (const pattern of words("a/*?", 4)) {
      const ofPattern = expression(pattern, [
        [/\?/g, "."],
        [/\*/g, ".*"],
      ]);
      const both = ofRoute.filter((text) => ofPattern.test(text));
      const compared = new PathPattern(pattern);
      expect([pattern, compared.meets(routeParts(route))]).toEqual([pattern, both.length > 0]);
      if (compared.covers(routeParts(route))) expect([pattern, both]).toEqual([pattern, ofRoute]);
    }
  });

  test("of the longest kind is told in a number of steps that its length bounds", () => {
    const long = new PathPattern("/*a".repeat(80));
    expect(long.meets(routeParts("/{p}b".repeat(100)))).toBe(false);
    expect(long.meets(routeParts("/{p}a".repeat(100)))).toBe(true);
    expect(long.covers(patternParts(`${"/*a".repeat(80)}b`))).toBe(false);
  });
});
