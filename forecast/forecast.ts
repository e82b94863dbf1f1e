import { fixedWithEqualCold } from "./fixed.js";
import {
  dayHours,
  type HourOfHistory,
  hourMs,
  type Missing,
  quantile,
  regularHistory,
  withoutOutliers,
} from "./history.js";
import { type Method, methods } from "./methods.js";

/** What a forecast is made with. */
export interface ForecastOptions extends Missing {
  /** Share of hours whose need the forecast is to cover, such as 0.95. */
  readonly coverage: number;
  /** Days of history below which nothing is forecast: 7 at least. */
  readonly minDays: number;
  /** The least and the most that any hour gets, in environments. */
  readonly min: number;
  readonly max: number;
}

/** An hour of the day that is forecast. */
export interface HourOfForecast {
  /** Begin of the hour, in milliseconds since 1970. */
  readonly start: number;
  /** Environments that are expected to be in use at once, at most. */
  readonly expected: number;
  /** Environments to keep warm: what is expected and the margin, within `min` and `max`. */
  readonly provisioned: number;
}

/** The next day, or why nothing is said of it and a fixed number stays. */
export type Forecast =
  | {
      readonly kind: "forecast";
      /** 24 hours, or fewer where nothing is known of some. */
      readonly hours: readonly HourOfForecast[];
      /** How the expected values were found. */
      readonly method: string;
      /** Mean error of what it would have expected on the last days, as a share of what was needed. */
      readonly error: number;
    }
  | { readonly kind: "fixed"; readonly reason: string };

/** Days that methods are compared over, at most: forecasts of each from what was known before it. */
const testedDays = 14;

/** How much a margin learns from hours before and after: an hour early or late is the usual mistake. */
const neighbours = 2;

interface Tested {
  readonly method: Method;
  /** For each hour that could be expected, what was needed and what was expected. */
  readonly pairs: readonly { readonly hour: number; readonly need: number; readonly expected: number }[];
}

/**
 * What to keep warm in each hour of the next day. The method that would have done best over the last days, out of a few simple ones
 * that know days, weeks and trend, says what to expect; the quantile of its own misses at that time of day is the margin. It says
 * `fixed` for a history that is too short or that a fixed number would have served as cheaply.
 * @param history environments in use at once per hour, in any order; what is not before `dayStart` is left aside
 * @param dayStart first hour to forecast, in milliseconds since 1970
 */
export function forecastDay(history: readonly HourOfHistory[], dayStart: number, options: ForecastOptions): Forecast {
  const needed = regularHistory(history, dayStart, options);
  const days = Math.floor(needed.length / dayHours);
  if (days < options.minDays) {
    return { kind: "fixed", reason: `there are ${days} days of history, of the ${options.minDays} that it takes` };
  }
  const known = needed.filter((value) => value !== undefined).length;
  if (known < needed.length / 2) {
    return { kind: "fixed", reason: `${Math.round((100 * known) / needed.length)} % of the hours have a value` };
  }
  const values = withoutOutliers(needed);
  const test = (method: Method) => tested(method, values, Math.min(testedDays, Math.floor(days / 2)));
  const ranked = methods
    .map(test)
    .filter(({ pairs }) => pairs.length >= 3 * dayHours)
    .map((one) => ({ ...one, loss: lossOf(one, options.coverage) }))
    .sort((a, b) => a.loss - b.loss);
  const [best] = ranked;
  if (!best) return { kind: "fixed", reason: "the hours with a value do not repeat in days or weeks" };
  const margin = marginsOf(best, options.coverage);
  const warm = (expected: number, hour: number): number =>
    Math.min(options.max, Math.max(options.min, Math.ceil((expected + 1) * margin(hour) - 1 - 1e-9)));

  const would = best.pairs.map(({ hour, need, expected }) => ({ need, warm: warm(expected, hour) }));
  const kept = would.reduce((sum, hour) => sum + hour.warm, 0) / would.length;
  const fixed = fixedWithEqualCold(would);
  if (!(kept < fixed)) {
    return {
      kind: "fixed",
      reason: `over the last days a fixed number of ${fixed.toFixed(1)} would have had as few cold requests as a forecast with ${kept.toFixed(1)} on average`,
    };
  }
  const begin = values.length;
  const expect = best.method.day(values, begin);
  return {
    kind: "forecast",
    method: best.method.name,
    error: errorOf(best),
    hours: Array.from({ length: dayHours }, (_, index) => {
      const expected = expect(begin + index);
      const start = (Math.floor(dayStart / hourMs) + index) * hourMs;
      return expected === undefined ? [] : [{ start, expected, provisioned: warm(expected, begin + index) }];
    }).flat(),
  };
}

function tested(method: Method, values: readonly (number | undefined)[], days: number): Tested {
  const pairs = [];
  for (let day = days; day > 0; day -= 1) {
    const begin = values.length - day * dayHours;
    const expect = method.day(values, begin);
    for (let hour = begin; hour < begin + dayHours; hour += 1) {
      const need = values[hour];
      const expected = expect(hour);
      if (need !== undefined && expected !== undefined) pairs.push({ hour, need, expected });
    }
  }
  return { method, pairs };
}

/** What it missed by, as a factor; with one added on both sides, as an expected zero has to be missed by something. */
const missed = ({ need, expected }: Tested["pairs"][number]): number => (need + 1) / (expected + 1);

/** The factor, by the hour of the day, that would have covered the given share of the hours around it. */
function marginsOf({ pairs }: Tested, coverage: number): (hour: number) => number {
  const misses: number[][] = Array.from({ length: dayHours }, () => []);
  for (const pair of pairs) misses[pair.hour % dayHours]?.push(missed(pair));
  const margins = misses.map((_, hour) => {
    const around = Array.from({ length: 2 * neighbours + 1 }, (_, index) => index - neighbours);
    const near = around.flatMap((by) => misses[(hour + by + dayHours) % dayHours] ?? []);
    return quantile(near, coverage) ?? 1;
  });
  return (hour) => margins[hour % dayHours] ?? 1;
}

/** What a quantile is judged by: idle environments at (1 - coverage), missing ones at coverage. */
function lossOf(one: Tested, coverage: number): number {
  const margin = marginsOf(one, coverage);
  const sum = one.pairs.reduce((total, { need, expected, hour }) => {
    const over = (expected + 1) * margin(hour) - 1 - need;
    return total + (over > 0 ? (1 - coverage) * over : -coverage * over);
  }, 0);
  return sum / one.pairs.length;
}

function errorOf({ pairs }: Tested): number {
  const needed = pairs.reduce((sum, { need }) => sum + need, 0);
  const error = pairs.reduce((sum, { need, expected }) => sum + Math.abs(need - expected), 0);
  return needed === 0 ? 0 : error / needed;
}
