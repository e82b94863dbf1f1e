import { type BacktestOptions, backtest, type HourOfTrace, hourMs, meanOf } from "../../forecast";

const monday = Date.UTC(2025, 0, 6);
const options: BacktestOptions = {
  forecast: { coverage: 0.95, minDays: 14, min: 0, max: 1_000, missing: "unknown" },
  prices: { onDemand: 10, kept: 2, executed: 5 },
  memoryGb: 1 / 3600,
};
const trace = (days: number, need: (hour: number) => number): HourOfTrace[] =>
  Array.from({ length: days * 24 }, (_, hour) => ({
    start: monday + hour * hourMs,
    need: need(hour),
    busy: meanOf(need(hour)),
  }));
const named = (result: ReturnType<typeof backtest>, name: string) =>
  result?.strategies.find((strategy) => strategy.name === name);

describe("A backtest", () => {
  const rhythm = trace(28, (hour) => (hour % 24 === 2 ? 50 : 10));
  const result = backtest(rhythm, options);

  test("counts what was needed and not warm, and idle hours, for each way to warm", () => {
    expect(result).toMatchObject({ days: 14, daysWithoutForecast: 0, fixed: 10 });
    const needed = 14 * (50 + 23 * 10);
    expect(named(result, "no warming")).toMatchObject({ warm: 0, coldRequests: needed, idleHours: 0 });
    expect(named(result, "predictive")).toMatchObject({ coldRequests: 0 });
    expect(named(result, "fixed")).toMatchObject({ warm: 10, coldRequests: 14 * 40 });
    expect(named(result, "fixed, equal cold requests")).toMatchObject({ warm: 50, coldRequests: 0 });
    const busy = 14 * (meanOf(50) + 23 * meanOf(10));
    expect(named(result, "predictive")?.idleHours).toBeCloseTo(needed - busy);
  });

  test("pays kept environments, and execution inside and beyond them, at their prices", () => {
    const busy = 14 * (meanOf(50) + 23 * meanOf(10));
    expect(named(result, "no warming")?.costUsd).toBeCloseTo(10 * busy);
    expect(named(result, "predictive")?.costUsd).toBeCloseTo(2 * 14 * (50 + 23 * 10) + 5 * busy);
    expect(result?.ratio).toBeLessThan(0.5);
  });

  test("has an optimum that is never dearer at as many cold requests", () => {
    const noisy = backtest(
      trace(42, (hour) => 10 + ((hour * 7919) % 17) + (hour % 24 < 8 ? 0 : 20)),
      options,
    );
    const [predictive, optimum] = [named(noisy, "predictive"), named(noisy, "optimum, equal cold requests")];
    expect(optimum?.coldRequests).toBeCloseTo(predictive?.coldRequests ?? Number.NaN);
    expect(optimum?.costUsd).toBeLessThan(predictive?.costUsd ?? 0);
    expect(named(noisy, "fixed, equal cold requests")?.coldRequests).toBeCloseTo(
      predictive?.coldRequests ?? Number.NaN,
    );
  });

  test("keeps the fixed number on days without a forecast, and says how many there were", () => {
    const flat = backtest(
      trace(21, () => 7),
      { ...options, fixed: 9 },
    );
    expect(flat).toMatchObject({ days: 7, daysWithoutForecast: 7, reason: expect.stringContaining("a fixed number") });
    expect(named(flat, "predictive")).toMatchObject({ warm: 9, coldRequests: 0 });
  });

  test("tests whole days only, and nothing without one", () => {
    expect(backtest(rhythm.slice(5, -5), options)?.days).toBe(12);
    expect(backtest(rhythm.slice(0, 14 * 24), options)).toBeUndefined();
    expect(backtest([], options)).toBeUndefined();
  });

  test("tells each day only what was before it", () => {
    const changed = rhythm.map((hour, index) => (index < 20 * 24 ? hour : { ...hour, need: 500 }));
    const hours = (of: ReturnType<typeof backtest>) => of?.hours.slice(0, 6 * 24).map(({ warm }) => warm);
    expect(hours(backtest(changed, options))).toEqual(hours(result));
  });
});
