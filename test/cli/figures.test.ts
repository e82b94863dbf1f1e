import { figureChanges } from "../../cli/base/figure-changes";
import { type Figures, figuresOf, figuresOfReview } from "../../cli/base/figures";

const figures = (usd: number, seconds: number, promised: number | null): Figures =>
  figuresOf(
    { verb: "cost", usd, failoverUsd: null, services: [{ name: "Lambda", usd, failoverUsd: null }] },
    {
      services: [
        {
          name: "orders",
          paths: [{ path: "dns", subject: null, recoveryTimeSeconds: seconds, recoveryPointSeconds: 0 }],
          promised: promised === null ? null : { recoveryTimeSeconds: promised, recoveryPointSeconds: 60 },
        },
      ],
    },
  );

describe("Figures of an environment", () => {
  test("change where a number does, appears or goes", () => {
    expect(figureChanges(figures(10, 150, null), figures(10, 150, null))).toEqual([]);
    expect(figureChanges(figures(10, 150, null), figures(12, 90, 300))).toEqual([
      { figure: "usd", of: null, before: 10, now: 12 },
      { figure: "usd", of: "Lambda", before: 10, now: 12 },
      { figure: "recoveryTimeSeconds", of: "orders dns", before: 150, now: 90 },
      { figure: "promisedRecoveryTimeSeconds", of: "orders", before: null, now: 300 },
      { figure: "promisedRecoveryPointSeconds", of: "orders", before: null, now: 60 },
    ]);
  });

  test("are read from what a bundle holds, and are not known where it holds something else", () => {
    const known = figures(10, 150, 300);
    expect(figuresOfReview({ environment: "prod", figures: known })).toEqual(known);
    expect(figuresOfReview(undefined)).toBeNull();
    expect(figuresOfReview({ figures: { cost: {} } })).toBeNull();
  });
});
