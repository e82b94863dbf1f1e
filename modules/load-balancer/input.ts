// Generated from the schemas by `npm run docs`; do not edit.
import type { AwsRegion } from "../core";

/** What `loadBalancerConfig` takes: fields with defaults may be left out. */
export interface LoadBalancerInput {
  /**
   * Domain name that clients use, the same in each region. Needs hostedZoneId.
   *
   * Takes `string of at most 64 characters`.
   */
  readonly domainName: string;
  /**
   * Address ranges that may connect; Route 53's health checkers have to be among them. Anybody by default.
   *
   * @defaultValue `["0.0.0.0/0"]`
   */
  readonly clients?: readonly string[];
  /**
   * Whether AWS refuses to delete it. To take the service out, write false and deploy before that.
   *
   * @defaultValue `true`
   */
  readonly deletionProtection?: boolean;
  /**
   * Security policy of the HTTPS listener: nothing older than TLS 1.2.
   *
   * @defaultValue `"ELBSecurityPolicy-TLS13-1-2-2021-06"`
   */
  readonly tlsPolicy?: "ELBSecurityPolicy-TLS13-1-3-2021-06" | "ELBSecurityPolicy-TLS13-1-2-Res-2021-06" | "ELBSecurityPolicy-TLS13-1-2-2021-06" | "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04" | "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04" | "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04";
  /**
   * Answers port 80 as well, with a redirection to HTTPS.
   *
   * @defaultValue `false`
   */
  readonly redirectHttp?: boolean;
  /**
   * Seconds without a byte until a connection is closed, and so the longest answer. Tasks are told it as LOAD_BALANCER_IDLE_SECONDS: they must keep idle connections longer.
   *
   * Takes `integer 1..4000`.
   *
   * @defaultValue `60`
   */
  readonly idleTimeoutSeconds?: number;
  /**
   * Seconds that requests to a task that is about to stop have to finish.
   *
   * Takes `integer 0..120`.
   *
   * @defaultValue `30`
   */
  readonly deregistrationDelaySeconds?: number;
  /**
   * Seconds over which a new task gets more and more requests: 0, or 30 to 900.
   *
   * @defaultValue `0`
   */
  readonly slowStartSeconds?: 0 | number;
  /**
   * Which task gets the next request. With slowStartSeconds, round_robin.
   *
   * @defaultValue `"least_outstanding_requests"`
   */
  readonly algorithm?: "round_robin" | "least_outstanding_requests";
  /**
   * Health checks of the tasks by the load balancer.
   *
   * @defaultValue `{}`
   */
  readonly health?: {
    /**
     * Path that the load balancer requests from each task, by HTTP and without authorization.
     *
     * Takes `string of at most 1024 characters`.
     *
     * @defaultValue `"/health"`
     */
    readonly path?: string;
    /**
     * Statuses of a healthy task.
     *
     * @defaultValue `"200"`
     */
    readonly codes?: string;
    /**
     * Seconds between two requests to a task.
     *
     * Takes `integer 5..300`.
     *
     * @defaultValue `10`
     */
    readonly intervalSeconds?: number;
    /**
     * Seconds that a task has to answer.
     *
     * Takes `integer 2..120`.
     *
     * @defaultValue `5`
     */
    readonly timeoutSeconds?: number;
    /**
     * Successes in a row until a task gets requests.
     *
     * Takes `integer 2..10`.
     *
     * @defaultValue `2`
     */
    readonly healthyThreshold?: number;
    /**
     * Failures in a row until a task gets none.
     *
     * Takes `integer 2..10`.
     *
     * @defaultValue `2`
     */
    readonly unhealthyThreshold?: number;
  };
  /** Writes each request to a bucket of yours in the same region, encrypted by SSE-S3; the only encryption that AWS supports there. */
  readonly accessLogs?: {
    /** Names of buckets by region, whose policies let load balancers write. */
    readonly buckets: { readonly [K in AwsRegion]?: string };
    /**
     * First part of the objects' names.
     *
     * Takes `string of at most 100 characters`.
     */
    readonly prefix?: string;
  };
  /**
   * Web ACLs of AWS WAF in front of it, by region; yours, as the firewall of an edge is for CloudFront only. None by default.
   *
   * @defaultValue `{}`
   */
  readonly webAclArns?: { readonly [K in AwsRegion]?: string };
  /**
   * Alarm thresholds.
   *
   * @defaultValue `{}`
   */
  readonly alarms?: {
    /**
     * Percentage of responses with a 5xx status.
     *
     * Takes `number 0.., below 100`.
     *
     * @defaultValue `1`
     */
    readonly serverErrorPercent?: number;
    /**
     * Percentage of responses with a 4xx status; no alarm by default.
     *
     * Takes `number 0.., below 100`.
     */
    readonly clientErrorPercent?: number;
    /**
     * p99 of the time until tasks answer, in milliseconds.
     *
     * Takes `integer 1..`.
     *
     * @defaultValue `2000`
     */
    readonly latencyMs?: number;
    /**
     * Requests in five minutes below which percentages are not looked at.
     *
     * Takes `integer 1..`.
     *
     * @defaultValue `20`
     */
    readonly minimumRequests?: number;
  };
}

