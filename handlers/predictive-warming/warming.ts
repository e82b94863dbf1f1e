import type { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import type { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { dayHours, type Forecast, forecastDay, hourMs } from "../../forecast/index.js";
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
  /** Environments by hour of the next day, in UTC. */
  readonly hours: readonly number[];
}

/**
 * Forecasts the next day, in UTC, for each alias, and has Application Auto Scaling follow it. A day that cannot be forecast gets the
 * minimum of the alias. An alias that fails does not stop the others; its last schedule ends with its minimum.
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
  const forecasts = aliases.map(({ min, max, coverage }, index) =>
    // No value is no call: Lambda reports what executes.
    forecastDay(histories[index] ?? [], dayStart, { coverage, minDays, min, max, missing: "zero", readAt: now }),
  );
  const given = withinQuota(
    aliases.map((alias, index) => ({ min: alias.min, hours: hoursOf(forecasts[index], alias, dayStart) })),
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
      const forecast = forecasts[index];
      report(writeMetric, alias, forecast, hours);
      return {
        alias: name,
        ...(forecast?.kind === "forecast" ? { method: forecast.method } : { fixed: forecast?.reason }),
        hours,
      };
    }),
  );
  const failures = results.flatMap((result) =>
    result.status === "rejected" ? [String((result.reason as Error).message)] : [],
  );
  if (failures.length > 0) throw new WarmingError(failures.join("; "), "the other aliases have their schedule");
  return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}

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
