import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { backtest } from "../../forecast";
import { lambdaPriceSource, lambdaPricesIn } from "../../values/prices";
import type { Outcome } from "../document";
import { warmBacktestDocument } from "../documents/warm-backtest";
import { backtestSvg } from "../warm/picture";
import { readTrace } from "../warm/trace";
import { TraceError } from "../warm/trace-error";
import { writtenFile } from "../written-file";

export interface WarmBacktestOptions {
  /** Region whose prices are used. */
  readonly region: string;
  /** Memory of the function, in MB. */
  readonly memory: number;
  /** Mean duration of a request, in milliseconds. */
  readonly duration?: number;
  /** Environments that the busiest moment of the file needs. */
  readonly peak?: number;
  /** Percentage of the hours that the forecast is to cover. */
  readonly coverage: number;
  readonly minDays: number;
  readonly min: number;
  readonly max?: number;
  /** The fixed number; by default what covers the hours before the first tested day. */
  readonly fixed?: number;
  /** File for the plot. */
  readonly output?: string;
}

const weekHours = 168;
const plottedHours = 3 * weekHours;

/** Forecasts each day of a file of traffic from the days before it, and compares what that costs. */
export function warmBacktest(file: string, options: WarmBacktestOptions): Outcome {
  const { region, memory: memoryMb, duration: durationMs, peak, minDays, min, fixed } = options;
  const max = options.max ?? Number.POSITIVE_INFINITY;
  if (min > max) throw new TraceError(`--min ${min}: is above --max ${max}; use at most that`);
  const trace = readTrace(textOf(file), file, { durationMs, peak });
  const prices = lambdaPricesIn(region);
  const coverage = options.coverage / 100;
  const result = backtest(trace, {
    forecast: { coverage, minDays, min, max, missing: "unknown" },
    fixed,
    prices: {
      onDemand: prices.onDemandGbSecond,
      kept: prices.provisionedGbSecond,
      executed: prices.provisionedDurationGbSecond,
    },
    memoryGb: memoryMb / 1024,
  });
  if (!result) {
    throw new TraceError(
      `${file}: has no whole day after the first ${minDays} days, which the forecast learns from; bring a longer file, or use a smaller --min-days`,
    );
  }
  const hours = result.hours.map(({ start, need, warm }) => ({ start: new Date(start).toISOString(), need, warm }));
  const picture = options.output ?? join(".evenkeel", "warm", `${basename(file).replace(/\.csv$/i, "")}.svg`);
  writtenFile(
    picture,
    backtestSvg({
      title: `${basename(file)}: the last ${Math.min(plottedHours, hours.length) / 24} of ${result.days} tested days`,
      hours: hours.slice(-plottedHours),
      fixed: result.strategies.find(({ name }) => name === "fixed, equal cold requests")?.warm ?? 0,
      costs: result.strategies,
    }),
  );
  return warmBacktestDocument.outcome({
    file,
    region,
    pricesOf: `${lambdaPriceSource.asOf}, ${lambdaPriceSource.source}`,
    assumedPrices: prices.assumed,
    memoryMb,
    coverage,
    from: hours[0]?.start ?? "",
    days: result.days,
    daysWithoutForecast: result.daysWithoutForecast,
    reason: result.reason ?? null,
    fixed: result.fixed,
    strategies: [...result.strategies],
    ratio: result.ratio,
    lastHours: hours.slice(-weekHours),
    picture,
  });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new TraceError(`${file}: is not there; name a CSV file with time,requests`);
    if (code === "EISDIR") throw new TraceError(`${file}: is a folder; name a CSV file with time,requests`);
    throw error;
  }
}
