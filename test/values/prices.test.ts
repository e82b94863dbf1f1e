import { assumedPriceRegion, pricedRegions, priceIds, priceIn, prices, pricesAsOf } from "../../values/prices";

describe("The table of prices", () => {
  test("has a price of the region that stands in on every line, and a day and a page of AWS", () => {
    for (const id of priceIds) {
      const { usd, asOf, source, per } = prices[id];
      expect(typeof usd === "number" ? usd : usd[assumedPriceRegion]).toBeGreaterThan(0);
      expect([id, per]).toEqual([id, expect.any(Number)]);
      expect(asOf).toMatch(/^2\d{3}-\d\d-\d\d$/);
      expect(source).toMatch(/^https:\/\/aws\.amazon\.com\//);
    }
  });

  test("says when it was read", () => {
    expect(pricesAsOf).toEqual({ oldest: "2026-09-24", newest: "2026-11-27" });
  });

  test("gives the price of a unit, of a region or of all", () => {
    expect(priceIn("dynamodb.writes", "eu-central-1")).toEqual({ usd: 0.7625e-6, from: "table", verified: true });
    expect(priceIn("kms.requests", "sa-east-1")).toEqual({ usd: 0.03 / 10_000, from: "table", verified: true });
    expect(priceIn("waf.acls", undefined).usd).toBe(5);
  });

  test("says where another region's price stands in, and what is known second-hand only", () => {
    expect(priceIn("aurora.acu", "eu-north-1")).toEqual({ usd: 0.12, from: "assumed", verified: false });
    expect(priceIn("rds-proxy", "eu-west-1")).toEqual({ usd: 0.018, from: "table", verified: false });
    expect(priceIn("rds-proxy", "us-east-1").verified).toBe(true);
  });

  test("gives way to a negotiated price, in every region", () => {
    expect(priceIn("lambda.requests", "eu-north-1", { "lambda.requests": 0.1 })).toEqual({
      usd: 0.1 / 1_000_000,
      from: "negotiated",
      verified: true,
    });
  });

  test("names no region that it does not know", () => {
    const named = priceIds.flatMap((id) => {
      const { usd } = prices[id];
      return typeof usd === "number" ? [] : Object.keys(usd);
    });
    expect([...new Set(named)].filter((region) => !(pricedRegions as readonly string[]).includes(region))).toEqual([]);
  });
});
