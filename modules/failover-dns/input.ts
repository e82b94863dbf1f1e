// Generated from the schemas by `npm run docs`; do not edit.

/** What `failoverDnsConfig` takes: fields with defaults may be left out. */
export interface FailoverDnsInput {
  /**
   * failover: the home region serves requests while it is healthy. latency: the nearest healthy region does. Cannot change, because Route 53 allows one policy per name.
   *
   * @defaultValue `"failover"`
   */
  readonly policy?: "failover" | "latency";
  /**
   * Health check requests from the internet to each region's API.
   *
   * @defaultValue `{}`
   */
  readonly endpointCheck?: {
    /**
     * Path that the checkers request, over HTTPS and without authorization. A 2xx or 3xx response within 2 seconds is healthy.
     *
     * Takes `string of at most 255 characters`.
     *
     * @defaultValue `"/health"`
     */
    readonly path?: string;
    /**
     * Seconds between two requests of the same checker. 10 costs extra, and a change replaces the check.
     *
     * @defaultValue `30`
     */
    readonly requestIntervalSeconds?: 10 | 30;
    /**
     * Consecutive requests that must fail or succeed before a checker changes its status.
     *
     * Takes `integer 1..10`.
     *
     * @defaultValue `3`
     */
    readonly failureThreshold?: number;
    /** Regions to check from. Defaults to all regions with checkers. */
    readonly checkerRegions?: readonly ("us-east-1" | "us-west-1" | "us-west-2" | "eu-west-1" | "ap-southeast-1" | "ap-southeast-2" | "ap-northeast-1" | "sa-east-1")[];
    /**
     * Records latency graphs. Costs extra, and a change replaces the check.
     *
     * @defaultValue `false`
     */
    readonly measureLatency?: boolean;
  };
  /** A metric of each region's API that can make the region unhealthy. No such check by default. */
  readonly alarmCheck?: {
    /**
     * Metric of the region's HTTP API.
     *
     * @defaultValue `"5xx"`
     */
    readonly metricName?: "5xx" | "4xx" | "Latency" | "IntegrationLatency" | "Count";
    /**
     * Statistic for each period. Route 53 does not support percentiles.
     *
     * @defaultValue `"Sum"`
     */
    readonly statistic?: "Average" | "Minimum" | "Maximum" | "Sum" | "SampleCount";
    /**
     * How the statistic is compared with threshold; the region is unhealthy while it is true.
     *
     * @defaultValue `"GreaterThanThreshold"`
     */
    readonly comparisonOperator?: "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold" | "LessThanThreshold" | "LessThanOrEqualToThreshold";
    /** Value that comparisonOperator compares with; beyond it the region is unhealthy. */
    readonly threshold: number;
    /**
     * Length of a period, in seconds; a multiple of 60.
     *
     * Takes `integer 60..`.
     *
     * @defaultValue `60`
     */
    readonly periodSeconds?: number;
    /**
     * Consecutive periods that must breach the threshold.
     *
     * Takes `integer 1..`.
     *
     * @defaultValue `3`
     */
    readonly evaluationPeriods?: number;
    /**
     * Status when there is no data. Healthy, because no requests is not a failure and the endpoint check notices a dead region.
     *
     * @defaultValue `"Healthy"`
     */
    readonly insufficientDataHealthStatus?: "Healthy" | "Unhealthy" | "LastKnownStatus";
  };
  /**
   * How an operator takes a region out of DNS: with a custom metric, or with ARC routing controls and a safety rule (a cluster costs about 1,800 USD per month).
   *
   * @defaultValue `"metric"`
   */
  readonly manualSwitch?: "metric" | "routing-control";
}

