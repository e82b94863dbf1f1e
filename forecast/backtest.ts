import { coldOf, fixedWithEqualCold, type WarmHour } from "./fixed.js";
import { type ForecastOptions, forecastDay } from "./forecast.js";
import { dayHours, hourMs, quantile } from "./history.js";

/** An hour of a trace. */
export interface HourOfTrace {
  /** Begin of the hour, in milliseconds since 1970. */
  readonly start: number;
  /** Environments in use at once, at most. */
  readonly need: number;
  /** Environments in use at once, on average: what execution is paid for. */
  readonly busy: number;
}

/** What Lambda bills in a region, in US dollars per GB-second. @see https://aws.amazon.com/lambda/pricing/ */
export interface WarmingPrices {
  /** Execution in an environment that is not provisioned. */
  readonly onDemand: number;
  /** A provisioned environment, used or not. */
  readonly kept: number;
  /** Execution in a provisioned environment. */
  readonly executed: number;
}

/** What a backtest is made with. */
export interface BacktestOptions {
  readonly forecast: ForecastOptions;
  /** What is kept warm on days without a forecast; by default what would have covered `coverage` of the hours before the first tested day. */
  readonly fixed?: number;
  readonly prices: WarmingPrices;
  /** Memory of the function, in GB. */
  readonly memoryGb: number;
}

export const strategyNames = [
  "no warming",
  "fixed",
  "fixed, equal cold requests",
  "predictive",
  "optimum, equal cold requests",
  "optimum, no cold request",
] as const;

/** What a way to warm would have done over the tested days. */
export interface Strategy {
  readonly name: (typeof strategyNames)[number];
  /** Environments kept warm, on average. */
  readonly warm: number;
  /** Environments that were needed and not warm, summed over the hours: at least as many requests met a cold start. */
  readonly coldRequests: number;
  /** Hours of warm environments in which they executed nothing, all of them together. */
  readonly idleHours: number;
  /** What idle and executing environments cost, in US dollars; requests cost the same in each. */
  readonly costUsd: number;
}

/** What a backtest found. */
export interface Backtest {
  /** Days that were tested, and those of them without a forecast. */
  readonly days: number;
  readonly daysWithoutForecast: number;
  /** Why the last one of them had none; undefined if all had one. */
  readonly reason?: string;
  /** What is kept on days without a forecast, and by `fixed`. */
  readonly fixed: number;
  readonly strategies: readonly Strategy[];
  /** Cost of predictive warming divided by that of a fixed number with as many cold requests; below 1 it is cheaper. */
  readonly ratio: number;
  /** Every tested hour. */
  readonly hours: readonly (WarmHour & { readonly start: number })[];
}

/**
 * What predictive warming would have done with a trace: each day is forecast from the hours before it alone.
 * @returns undefined if the trace has no whole day after `minDays`
 */
export function backtest(trace: readonly HourOfTrace[], options: BacktestOptions): Backtest | undefined {
  const sorted = [...trace].sort((a, b) => a.start - b.start);
  const [first] = sorted;
  const last = sorted.at(-1);
  if (!first || !last) return undefined;
  const { coverage, minDays, min, max } = options.forecast;
  const begin = Math.ceil(first.start / (dayHours * hourMs)) * dayHours * hourMs;
  const tested = begin + minDays * dayHours * hourMs;
  const days = Math.floor((last.start + hourMs - tested) / (dayHours * hourMs));
  if (days < 1) return undefined;

  const history = sorted.map(({ start, need }) => ({ start, value: need }));
  const known = history.filter(({ start }) => start < tested).map(({ value }) => value);
  const fixed = options.fixed ?? Math.min(max, Math.max(min, Math.ceil(quantile(known, coverage) ?? 0)));
  const reasons: string[] = [];
  const warmAt = new Map<number, number>();
  for (let day = 0; day < days; day += 1) {
    const dayStart = tested + day * dayHours * hourMs;
    const forecast = forecastDay(history, dayStart, options.forecast);
    if (forecast.kind === "fixed") reasons.push(forecast.reason);
    else for (const { start, provisioned } of forecast.hours) warmAt.set(start, provisioned);
  }
  const end = tested + days * dayHours * hourMs;
  const hours = sorted.flatMap(({ start, need, busy }) =>
    start < tested || start >= end ? [] : [{ start, need, busy, warm: warmAt.get(start) ?? fixed }],
  );
  const equal = fixedWithEqualCold(hours);
  const strategy = (name: Strategy["name"], warm: (hour: (typeof hours)[number]) => number): Strategy =>
    judged(
      name,
      hours.map((hour) => ({ ...hour, warm: warm(hour) })),
      options,
    );
  const strategies = [
    strategy("no warming", () => 0),
    strategy("fixed", () => fixed),
    between(
      strategy("fixed", () => Math.floor(equal)),
      strategy("fixed", () => Math.ceil(equal)),
      equal % 1,
    ),
    strategy("predictive", ({ warm }) => warm),
    judged("optimum, equal cold requests", cheapestWith(coldOf(hours), hours), options),
    strategy("optimum, no cold request", ({ need }) => Math.ceil(need)),
  ];
  const cost = (name: Strategy["name"]) => strategies.find((one) => one.name === name)?.costUsd ?? 0;
  return {
    days,
    daysWithoutForecast: reasons.length,
    ...(reasons.length > 0 ? { reason: reasons.at(-1) } : {}),
    fixed,
    strategies,
    ratio: cost("predictive") / cost("fixed, equal cold requests"),
    hours: hours.map(({ start, need, warm }) => ({ start, need, warm })),
  };
}

type Hour = WarmHour & { readonly busy: number };

function judged(name: Strategy["name"], hours: readonly Hour[], { prices, memoryGb }: BacktestOptions): Strategy {
  let [warmHours, idleHours, costUsd] = [0, 0, 0];
  for (const { warm, busy } of hours) {
    const inside = Math.min(busy, warm);
    warmHours += warm;
    idleHours += warm - inside;
    costUsd += 3600 * memoryGb * (warm * prices.kept + inside * prices.executed + (busy - inside) * prices.onDemand);
  }
  return { name, warm: warmHours / hours.length, coldRequests: coldOf(hours), idleHours, costUsd };
}

/** What a number between two whole ones does, kept for its share of the time. */
function between(low: Strategy, high: Strategy, share: number): Strategy {
  const at = (field: "warm" | "coldRequests" | "idleHours" | "costUsd") =>
    low[field] + share * (high[field] - low[field]);
  return {
    name: "fixed, equal cold requests",
    warm: at("warm"),
    coldRequests: at("coldRequests"),
    idleHours: at("idleHours"),
    costUsd: at("costUsd"),
  };
}

/** What one would have kept knowing everything, and accepting as many cold requests: nothing is paid for what was used least. */
function cheapestWith(cold: number, hours: readonly Hour[]): Hour[] {
  const best = hours.map((hour) => ({ ...hour, warm: Math.ceil(hour.need) }));
  let left = cold;
  // First what is above the mean use, which is idle for most of the hour; then what is within it.
  for (const floor of [({ busy }: Hour) => Math.ceil(busy), () => 0]) {
    for (const hour of best) {
      while (left > 0 && hour.warm > floor(hour) && Math.min(1, hour.need - hour.warm + 1) <= left) {
        left -= Math.min(1, hour.need - hour.warm + 1);
        hour.warm -= 1;
      }
    }
  }
  return best;
}
