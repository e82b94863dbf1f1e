// Generated from the schemas by `npm run docs`; do not edit.
import type { LogRetentionDays } from "../core";

/** What `forecastConfig` takes: fields with defaults may be left out. */
export interface ForecastInput {
  /**
   * Share of the hours whose need the forecast is to cover. Higher means fewer cold starts, and more paid idle.
   *
   * Takes `number 0.5..0.99`.
   *
   * @defaultValue `0.95`
   */
  readonly coverage?: number;
  /**
   * Share of what the region that serves first needs, by its history, that each standby region keeps warm for the hour in which it takes over: what a failover brings at once. Left out, standby regions are forecast from their own use alone, which is little.
   *
   * Takes `number 0.01..1`.
   */
  readonly standbyShare?: number;
}

/** What `predictiveWarmingConfig` takes: fields with defaults may be left out. */
export interface PredictiveWarmingInput {
  /**
   * Days of history that each forecast reads. CloudWatch keeps hours for 455 days.
   *
   * Takes `integer 7..63`.
   *
   * @defaultValue `28`
   */
  readonly historyDays?: number;
  /**
   * Days of history below which nothing is forecast, and the minimum of the function stays.
   *
   * Takes `integer 7..63`.
   *
   * @defaultValue `14`
   */
  readonly minDays?: number;
  /**
   * Minutes before an hour that its environments are begun: none serves before all that were asked for are there.
   *
   * Takes `integer 1..30`.
   *
   * @defaultValue `5`
   */
  readonly leadMinutes?: number;
  /**
   * Hour, in UTC, at a quarter past which the next day is forecast. The later, the more it knows of today.
   *
   * Takes `integer 12..23`.
   *
   * @defaultValue `23`
   */
  readonly hourUtc?: number;
  /**
   * Days until log events expire; one of the periods that CloudWatch Logs supports.
   *
   * @defaultValue `30`
   */
  readonly logRetentionDays?: LogRetentionDays;
}

