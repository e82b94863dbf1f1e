// Generated from the schemas by `npm run docs`; do not edit.
import type { AwsRegion } from "../core";

/** What `circuitBreakersConfig` takes: fields with defaults may be left out. */
export interface CircuitBreakersInput {
  /** What the functions of the region call through a breaker. */
  readonly dependencies: readonly DependencyInput[];
}

/** What `dependencyConfig` takes: fields with defaults may be left out. */
export interface DependencyInput {
  /**
   * Name of the dependency, such as carrier. Part of addresses and names; cannot change without new parameters and alarms.
   *
   * Takes `string of at most 32 characters`.
   */
  readonly name: string;
  /**
   * Its address by region; none where functions know it otherwise. Functions ask that of their own region, or the first one where there is none.
   *
   * @defaultValue `{}`
   */
  readonly endpoints?: { readonly [K in AwsRegion]?: string };
  /**
   * Whether functions ask the endpoint of another region while the breaker of their own is open; only for what either region may do.
   *
   * @defaultValue `false`
   */
  readonly fallback?: boolean;
  /**
   * When a breaker opens: consecutive, or percent and calls.
   *
   * @defaultValue `{"consecutive":5}`
   */
  readonly failures?: {
    /**
     * Failures in a row, within one execution environment.
     *
     * Takes `integer 1..1000`.
     */
    readonly consecutive: number;
  } | {
    /**
     * Percentage of the last calls that it takes more failures than.
     *
     * Takes `integer 1..99`.
     */
    readonly percent: number;
    /**
     * How many calls that are, within one execution environment.
     *
     * Takes `integer 2..1000`.
     */
    readonly calls: number;
  };
  /**
   * Seconds until the first probe of an open breaker; they double with each probe that fails.
   *
   * Takes `integer 1..3600`.
   *
   * @defaultValue `30`
   */
  readonly openSeconds?: number;
  /**
   * The most seconds between two probes.
   *
   * Takes `integer 1..86400`.
   *
   * @defaultValue `300`
   */
  readonly maxOpenSeconds?: number;
  /**
   * Minutes in a row that a breaker refuses calls before there is an alarm.
   *
   * Takes `integer 1..60`.
   *
   * @defaultValue `1`
   */
  readonly alarmMinutes?: number;
}

