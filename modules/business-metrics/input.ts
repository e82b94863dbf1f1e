// Generated from the schemas by `npm run docs`; do not edit.

/** What `businessMetricConfig` takes: fields with defaults may be left out. */
export interface BusinessMetricInput {
  /**
   * Name of the metric, by which handlers write it. Part of the Terraform address of its alarm.
   *
   * Takes `string of at most 100 characters`.
   */
  readonly name: string;
  /**
   * What is counted, in a few words; the title of its graph.
   *
   * Takes `string of 3 to 200 characters`.
   */
  readonly description: string;
  /**
   * Unit of its values.
   *
   * @defaultValue `"Count"`
   */
  readonly unit?: "None" | "Count" | "Percent" | "Seconds" | "Milliseconds" | "Microseconds" | "Bytes" | "Kilobytes" | "Megabytes" | "Gigabytes" | "Count/Second" | "Bytes/Second";
  /**
   * What dashboards show and the alarm compares.
   *
   * @defaultValue `"Sum"`
   */
  readonly statistic?: "Sum" | "Average" | "Minimum" | "Maximum" | "SampleCount" | "p50" | "p90" | "p99";
  /**
   * What the metric is also split by, each with the values that there are; any other value counts as other. Each combination is billed as a metric.
   *
   * @defaultValue `{}`
   */
  readonly dimensions?: { readonly [name: string]: readonly string[] };
  /** Alarm on the whole metric in each region; none if left out. */
  readonly alarm?: {
    /** Value of the statistic above which the alarm fires. */
    readonly above?: number;
    /** Value of the statistic below which the alarm fires, in the region that serves first; either this or above. */
    readonly below?: number;
    /**
     * Period over which the statistic is taken, in seconds; a multiple of 60.
     *
     * Takes `integer 60..86400`.
     *
     * @defaultValue `300`
     */
    readonly periodSeconds?: number;
    /**
     * How many periods are looked at.
     *
     * Takes `integer 1..1440`.
     *
     * @defaultValue `1`
     */
    readonly periods?: number;
    /**
     * How many of these periods must be above or below; all of them if left out.
     *
     * Takes `integer 1..1440`.
     */
    readonly breaching?: number;
    /**
     * What a period without a value is. With below, nothing at all is often the worst: breaching.
     *
     * @defaultValue `"notBreaching"`
     */
    readonly missingData?: "breaching" | "notBreaching" | "ignore" | "missing";
    /**
     * Whether it calls somebody at once; the last word of the alarm's name, by which channels choose.
     *
     * @defaultValue `"ticket"`
     */
    readonly severity?: "page" | "ticket";
    /**
     * What it means and what to do first, for the person on call.
     *
     * Takes `string of 10 to 700 characters`.
     */
    readonly description: string;
  };
}

/** What `businessMetricsConfig` takes: fields with defaults may be left out. */
export interface BusinessMetricsInput {
  /** The metrics, in the order in which dashboards show them. */
  readonly metrics: readonly BusinessMetricInput[];
}

