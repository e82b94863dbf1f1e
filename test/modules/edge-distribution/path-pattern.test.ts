import { covers, overlap, patternParts, routeParts } from "../../../modules/edge-distribution/path-pattern";

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

describe("A path pattern", () => {
  test.each(cases)("%s meets the route %s: %p, and all of it: %p", (pattern, route, shared, covered) => {
    expect(overlap(patternParts(pattern), routeParts(route))).toBe(shared);
    expect(covers(patternParts(pattern), routeParts(route))).toBe(covered);
  });

  test("takes what a narrower one takes", () => {
    const wider = (wide: string, narrow: string) => covers(patternParts(wide), patternParts(narrow));
    expect(wider("/a*", "/a/b")).toBe(true);
    expect(wider("/a*", "/a?c*")).toBe(true);
    expect(wider("/?", "/*")).toBe(false);
    expect(wider("/a/*/c", "/a/*")).toBe(false);
  });

  test("of the longest kind is told in a number of steps that its length bounds", () => {
    const long = "/*a".repeat(80);
    expect(overlap(patternParts(long), patternParts("/?b".repeat(60)))).toBe(false);
    expect(covers(patternParts(long), patternParts(`${long}b`))).toBe(false);
  });
});
