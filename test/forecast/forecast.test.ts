import { type ForecastOptions, fixedWithEqualCold, forecastDay, hourMs, meanOf, peakOf } from "../../forecast";

const monday = Date.UTC(2025, 0, 6);
const options: ForecastOptions = { coverage: 0.95, minDays: 14, min: 1, max: 100, missing: "unknown" };

/** Hours from a Monday on, by what each needs. */
const history = (days: number, need: (hour: number) => number | undefined) =>
  Array.from({ length: days * 24 }, (_, hour) => ({ start: monday + hour * hourMs, value: need(hour) })).flatMap(
    ({ start, value }) => (value === undefined ? [] : [{ start, value }]),
  );

const isOffice = (hour: number): boolean => Math.floor(hour / 24) % 7 < 5 && hour % 24 >= 8 && hour % 24 < 18;
const office = (hour: number): number => (isOffice(hour) ? 40 : 4);
const day = (days: number, need: (hour: number) => number | undefined, more: Partial<ForecastOptions> = {}) =>
  forecastDay(history(days, need), monday + days * 24 * hourMs, { ...options, ...more });
const provisioned = (forecast: ReturnType<typeof day>): readonly number[] =>
  forecast.kind === "forecast" ? forecast.hours.map((hour) => hour.provisioned) : [];

describe("A forecast", () => {
  test("knows days of the week: after four weeks, Monday is an office day and Saturday is not", () => {
    const ofMonday = day(28, office);
    expect(ofMonday).toMatchObject({ kind: "forecast", error: 0 });
    expect(provisioned(ofMonday)).toEqual(Array.from({ length: 24 }, (_, hour) => office(hour)));
    expect(provisioned(day(33, office))).toEqual(Array.from({ length: 24 }, () => 4));
  });

  test("has a margin where the past varied, and none where it did not", () => {
    const varied = day(28, (hour) => (isOffice(hour) ? 40 + (Math.floor(hour / 168) % 2) * 20 + (hour % 7) : 4));
    expect(provisioned(varied)[3]).toBe(4);
    expect(Math.max(...provisioned(varied))).toBeGreaterThan(55);
  });

  test("covers more with more coverage", () => {
    const noisy = (hour: number) => office(hour) + ((hour * 7919) % 13);
    const sum = (coverage: number) => provisioned(day(28, noisy, { coverage })).reduce((a, b) => a + b, 0);
    expect(sum(0.99)).toBeGreaterThan(sum(0.8));
  });

  test("follows a trend", () => {
    const growing = (hour: number) => Math.round((hour % 24 < 12 ? 100 : 200) * 1.2 ** Math.floor(hour / 168));
    const forecast = day(35, growing, { max: 10_000 });
    const last = growing(35 * 24 - 1);
    expect(provisioned(forecast)[13]).toBeGreaterThan(1.1 * last);
    expect(provisioned(forecast)[13]).toBeLessThan(1.4 * last);
  });

  test("keeps within min and max", () => {
    const hours = provisioned(day(28, office, { min: 6, max: 20 }));
    expect([Math.min(...hours), Math.max(...hours)]).toEqual([6, 20]);
  });

  test("is not led by a single peak", () => {
    const peak = 25 * 24 + 3;
    expect(provisioned(day(28, (hour) => (hour === peak ? 5_000 : office(hour)), { max: 10_000 }))[3]).toBeLessThan(12);
  });

  test("bridges gaps, and takes them for nothing called where it is told so", () => {
    const gap = (hour: number) => (hour >= 300 && hour < 340 ? undefined : office(hour));
    expect(provisioned(day(28, gap))).toEqual(Array.from({ length: 24 }, (_, hour) => office(hour)));
    const quiet = (hour: number) => (isOffice(hour) ? 40 : undefined);
    expect(provisioned(day(28, quiet, { missing: "zero" }))[3]).toBe(1);
  });

  test("does not take hours for empty that had not ended when the history was read", () => {
    const readAt = monday + (28 * 24 - 3) * hourMs;
    const until = (hour: number) => (hour < 28 * 24 - 3 ? 40 + (hour % 24) : undefined);
    const forecast = day(28, until, { missing: "zero", readAt });
    expect(provisioned(forecast)[23]).toBe(63);
  });

  test("looks at nothing of the day itself, nor after", () => {
    const dayStart = monday + 28 * 24 * hourMs;
    const known = forecastDay(history(28, office), dayStart, options);
    expect(
      forecastDay(
        history(40, (hour) => (hour < 28 * 24 ? office(hour) : 99)),
        dayStart,
        options,
      ),
    ).toEqual(known);
  });

  test.each([
    ["no history", () => undefined, "there are 0 days of history, of the 14 that it takes", 28],
    ["a short history", office, "there are 13 days of history, of the 14 that it takes", 13],
    ["a history with few values", (hour: number) => (hour % 24 < 8 ? 5 : undefined), "% of the hours have a value", 28],
    ["traffic that never changes", () => 7, "a fixed number of 7.0 would have had as few cold requests", 28],
  ] as const)("stays with a fixed number for %s, and says why", (_what, need, reason, days) => {
    expect(day(days, need)).toEqual({ kind: "fixed", reason: expect.stringContaining(reason) });
  });
});

describe("A fixed number", () => {
  test("has exactly as many cold requests, kept for its share of the time", () => {
    const hours = [10, 20, 30].map((need) => ({ need, warm: 20 }));
    expect(fixedWithEqualCold(hours)).toBe(20);
    expect(fixedWithEqualCold([...hours, { need: 5, warm: 0 }])).toBeCloseTo(17.5);
    expect(fixedWithEqualCold(hours.map(({ need }) => ({ need, warm: 0 })))).toBe(0);
  });
});

test("What a mean needs at its busiest moment can be turned round", () => {
  for (const peak of [1, 7, 100]) expect(peakOf(meanOf(peak))).toBe(peak);
  expect([peakOf(0), meanOf(0)]).toEqual([0, 0]);
});
