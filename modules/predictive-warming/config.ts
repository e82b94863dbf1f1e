import { z } from "zod";
import { logRetentionDays, strictObject, withRule } from "../core";

export type * from "./input";

const fields = strictObject(() => ({
  historyDays: z
    .int()
    .min(7)
    .max(63)
    .default(28)
    .describe("Days of history that each forecast reads. CloudWatch keeps hours for 455 days."),
  minDays: z
    .int()
    .min(7)
    .max(63)
    .default(14)
    .describe("Days of history below which nothing is forecast, and the minimum of the function stays."),
  leadMinutes: z
    .int()
    .min(1)
    .max(30)
    .default(5)
    .describe(
      "Minutes before an hour that its environments are begun: none serves before all that were asked for are there.",
    ),
  hourUtc: z
    .int()
    .min(12)
    .max(23)
    .default(23)
    .describe("Hour, in UTC, at a quarter past which the next day is forecast. The later, the more it knows of today."),
  logRetentionDays: logRetentionDays.default(30),
}));

/** When and from how much the next day is forecast. @see https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html */
export const predictiveWarmingConfig = withRule(fields, ({ historyDays, minDays }, report) => {
  if (minDays > historyDays) {
    report(["minDays"], `is above historyDays, ${historyDays}, so nothing would ever be forecast; use at most that`);
  }
});

export type PredictiveWarmingConfig = z.output<typeof predictiveWarmingConfig>;

/** How an alias is forecast. */
export const forecastConfig = strictObject(() => ({
  coverage: z
    .number()
    .min(0.5)
    .max(0.99)
    .default(0.95)
    .describe(
      "Share of the hours whose need the forecast is to cover. Higher means fewer cold starts, and more paid idle.",
    ),
  standbyShare: z
    .number()
    .min(0.01)
    .max(1)
    .optional()
    .describe(
      "Share of what the region that serves first needs, by its history, that each standby region keeps warm for the hour in which it takes over: what a failover brings at once. Left out, standby regions are forecast from their own use alone, which is little.",
    ),
}));

export type ForecastConfig = z.output<typeof forecastConfig>;
