import type { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { dayHours, type Forecast, forecastDay, type HourOfHistory, hourMs } from "../../forecast/index.js";
import { metricLine, type WriteLine } from "../../runtime/observability/metrics.js";
import type { ForecastAlias } from "./forecast-aliases.js";
import { readHistory } from "./history.js";
import { withinQuota } from "./quota.js";
import { stepsOf, writeSteps } from "./schedule.js";
import { WarmingError } from "./warming-error.js";

/** The options of {@link warm}. */
export interface WarmingOptions {
  readonly metrics: CloudWatchClient;
  readonly scaling: ApplicationAutoScalingClient;
  /** The region whose use counts for aliases with a share, if this one stands by. */
  readonly serving?: { readonly region: string; readonly metrics: CloudWatchClient };
  readonly aliases: readonly ForecastAlias[];
  /** Days of history that are read, and below which nothing is forecast. */
  readonly historyDays: number;
  readonly minDays: number;
  /** Minutes before an hour that its environments are begun. */
  readonly leadMinutes: number;
  /** The most environments that all aliases may have together: what the account's quota leaves for them. */
  readonly mostTogether: number;
  readonly writeMetric: WriteLine;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** What was done for an alias. */
export interface WarmedAlias {
  readonly alias: string;
  /** How it was forecast; absent for a fixed number. */
  readonly method?: string;
  /** Why a fixed number stays; absent for a forecast. */
  readonly fixed?: string;
  /** The region that it was forecast from, if not from this one alone. */
  readonly from?: string;
  /** Environments by hour of the next day, in UTC. */
  readonly hours: readonly number[];
}

/**
 * Forecasts the next day, in UTC, for each alias, and has Application Auto Scaling follow it. A day that cannot be forecast gets the
 * minimum of the alias. An alias that fails does not stop the others; its last schedule ends with its minimum. In a region that
 * stands by, an alias with a share gets what its own use or that share of the serving region's asks for, whichever is more. If that
 * region cannot be read, which is when it may be lost, such an alias gets at least what it had in use here in the last 24 hours.
 * @throws WarmingError that names all aliases that failed
 */
export async function warm(options: WarmingOptions): Promise<readonly WarmedAlias[]> {
  const { aliases, historyDays, minDays, leadMinutes, writeMetric } = options;
  const now = (options.now ?? Date.now)();
  const dayMs = dayHours * hourMs;
  const dayStart = (Math.floor(now / dayMs) + 1) * dayMs;
  const until = Math.floor(now / hourMs) * hourMs;
  const histories = await explained("the history of all aliases", "CloudWatch", () =>
    readHistory(options.metrics, aliases, dayStart - historyDays * dayMs, until),
  );
  const forecastOf = ({ min, max, coverage }: ForecastAlias, history: readonly HourOfHistory[]) =>
    // No value is no call: Lambda reports what executes.
    forecastDay(history, dayStart, { coverage, minDays, min, max, missing: "zero", readAt: now });
  const serving = await readServing(options, dayStart - historyDays * dayMs, until);
  const planned = aliases.map((alias, index) => {
    const history = histories[index] ?? [];
    const own = forecastOf(alias, history);
    const hours = hoursOf(own, alias, dayStart);
    if (alias.share === undefined || !serving) return { forecast: own, hours };
    const served = serving.histories?.get(alias);
    if (!served) return { forecast: own, hours: highest(hours, lastDayOf(history, alias, dayStart, until)) };
    const { share } = alias;
    const other = forecastOf(
      alias,
      served.map(({ start, value }) => ({ start, value: value * share })),
    );
    const forecast = other.kind === "forecast" ? other : own;
    return { forecast, hours: highest(hours, hoursOf(other, alias, dayStart)), from: serving.region };
  });
  const given = withinQuota(
    aliases.map(({ min }, index) => ({ min, hours: planned[index]?.hours ?? [] })),
    options.mostTogether,
  );
  const results = await Promise.allSettled(
    aliases.map(async (alias, index): Promise<WarmedAlias> => {
      const name = `${alias.functionName}:${alias.aliasName}`;
      const hours = given[index] ?? [];
      const earliest = now + 60_000;
      // AWS refuses a time that is over: a late run begins at once.
      const steps = stepsOf({ dayStart, hours, afterwards: alias.min, leadMs: leadMinutes * 60_000 }).map((step) => ({
        ...step,
        at: Math.max(step.at, earliest),
      }));
      await explained(name, "Application Auto Scaling", () => writeSteps(options.scaling, alias, steps));
      const { forecast, from } = planned[index] ?? {};
      report(writeMetric, alias, forecast, hours);
      return {
        alias: name,
        ...(forecast?.kind === "forecast" ? { method: forecast.method } : { fixed: forecast?.reason }),
        ...(from !== undefined && { from }),
        hours,
      };
    }),
  );
  const failures = results.flatMap((result) =>
    result.status === "rejected" ? [String((result.reason as Error).message)] : [],
  );
  if (failures.length > 0) throw new WarmingError(failures.join("; "), "the other aliases have their schedule");
  if (serving?.failure) {
    throw new WarmingError(
      serving.failure,
      "until then aliases have what they used here in the last day, or their minimum",
    );
  }
  return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}

/** What the serving region had in use, by alias; or why it cannot be read. */
async function readServing(
  { serving, aliases }: WarmingOptions,
  from: number,
  until: number,
): Promise<
  | {
      readonly region: string;
      readonly histories?: ReadonlyMap<ForecastAlias, readonly HourOfHistory[]>;
      readonly failure?: string;
    }
  | undefined
> {
  const shared = aliases.filter(({ share }) => share !== undefined);
  if (!serving || shared.length === 0) return undefined;
  const { region, metrics } = serving;
  try {
    const what = `the history of all aliases in ${region}`;
    const found = await explained(what, "CloudWatch", () => readHistory(metrics, shared, from, until));
    return { region, histories: new Map(shared.map((alias, index) => [alias, found[index] ?? []])) };
  } catch (error) {
    return { region, failure: (error as Error).message };
  }
}

/** What an alias used in the last 24 hours, by the hour of the day that begins at `dayStart`, within its limits. */
function lastDayOf(
  history: readonly HourOfHistory[],
  { min, max }: ForecastAlias,
  dayStart: number,
  until: number,
): number[] {
  const last = history.filter(({ start }) => start >= until - dayHours * hourMs);
  const used = new Map(last.map(({ start, value }) => [Math.floor(start / hourMs) % dayHours, value] as const));
  return Array.from({ length: dayHours }, (_, index) => {
    const value = used.get((Math.floor(dayStart / hourMs) + index) % dayHours) ?? 0;
    return Math.min(max, Math.max(min, Math.ceil(value)));
  });
}

/** The more of two in each hour. */
const highest = (one: readonly number[], other: readonly number[]): number[] =>
  one.map((value, hour) => Math.max(value, other[hour] ?? value));

/** What a forecast gives an alias in each hour; its minimum where it says nothing. */
function hoursOf(forecast: Forecast | undefined, { min }: ForecastAlias, dayStart: number): number[] {
  const known = new Map(
    forecast?.kind === "forecast" ? forecast.hours.map(({ start, provisioned }) => [start, provisioned] as const) : [],
  );
  return Array.from({ length: dayHours }, (_, index) => known.get(dayStart + index * hourMs) ?? min);
}

function report(
  writeMetric: WriteLine,
  { functionName }: ForecastAlias,
  forecast: Forecast | undefined,
  hours: readonly number[],
): void {
  writeMetric(
    metricLine({
      namespace: "Evenkeel/Warming",
      dimensions: { FunctionName: functionName },
      metrics: {
        Forecast: { value: forecast?.kind === "forecast" ? 1 : 0, unit: "Count" },
        EnvironmentHours: { value: hours.reduce((sum, warm) => sum + warm, 0), unit: "Count" },
        ...(forecast?.kind === "forecast"
          ? { ForecastErrorPercent: { value: 100 * forecast.error, unit: "None" } }
          : {}),
      },
    }),
  );
}

/** What to do about errors that the services document. */
const remedies: Readonly<Record<string, string>> = {
  AccessDeniedException: "check the function's role",
  AccessDenied: "check the function's role",
  LimitExceededException: "delete scheduled actions of the alias that nothing needs",
  ObjectNotFoundException: "deploy the function with its provisioned concurrency, then this one",
  ConcurrentUpdateException: "run it again",
  ValidationException: "compare the limits of the alias with those of its scalable target",
};

async function explained<T>(what: string, service: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const kind = error instanceof Error ? error.name : "an unknown error";
    throw new WarmingError(`${what}: ${service} answered with ${kind}`, remedies[kind] ?? "run it again later");
  }
}
