// Generated from the schemas by `npm run docs`; do not edit.

/** What `serviceTrafficConfig` takes: fields with defaults may be left out. */
export interface ServiceTrafficInput {
  /**
   * Requests per second in the region that serves: one number, 24 for the hours of a day, 168 for those of a week from Monday on, or the path of a CSV file of the project. Its first line is hour,requestsPerSecond with 24 or 168 lines after it, or timestamp,requestsPerSecond with a history of at least a day.
   *
   * Takes `number 0..1000000 or list of number 0..1000000 or string`.
   */
  readonly requestsPerSecond: number | readonly number[] | string;
  /**
   * IANA time zone of the hours, such as Europe/Dublin.
   *
   * @defaultValue `"UTC"`
   */
  readonly timezone?: string;
  /**
   * The busiest seconds of an hour, as a multiple of the average of the hour.
   *
   * Takes `number 1..100`.
   *
   * @defaultValue `2`
   */
  readonly peakFactor?: number;
  /**
   * Average duration of a request in a warm execution environment, in milliseconds.
   *
   * Takes `number 1..900000`.
   */
  readonly averageDurationMs: number;
  /**
   * What a cold start adds to a request, in milliseconds: Init Duration in the function's log, plus what the first request loads.
   *
   * Takes `number 0..900000`.
   *
   * @defaultValue `1000`
   */
  readonly coldStartMs?: number;
  /** The latency objective. */
  readonly latency: {
    /**
     * The function's answer comes within so many milliseconds.
     *
     * Takes `number 1..`.
     */
    readonly objectiveMs: number;
    /**
     * Percentage of the requests that this is promised for.
     *
     * Takes `number 50..99.999`.
     *
     * @defaultValue `99`
     */
    readonly percent?: number;
    /**
     * What the percentage is of: all requests of a week, or those of each hour, quiet ones included.
     *
     * @defaultValue `"week"`
     */
    readonly each?: "week" | "hour";
  };
  /**
   * What a request uses on average, for the estimate of costs.
   *
   * @defaultValue `{}`
   */
  readonly perRequest?: {
    /**
     * Items read of each table that the service may read, eventually consistent.
     *
     * Takes `number 0..10000`.
     *
     * @defaultValue `1`
     */
    readonly reads?: number;
    /**
     * Items written to each table that the service may write.
     *
     * Takes `number 0..10000`.
     *
     * @defaultValue `0.2`
     */
    readonly writes?: number;
    /**
     * Size of an item, in KB.
     *
     * Takes `number 0.1..400`.
     *
     * @defaultValue `1`
     */
    readonly itemKb?: number;
    /**
     * Events published to each bus that the service may publish to.
     *
     * Takes `number 0..10000`.
     *
     * @defaultValue `0.2`
     */
    readonly events?: number;
    /**
     * Size of an event, in KB.
     *
     * Takes `number 0.1..256`.
     *
     * @defaultValue `1`
     */
    readonly eventKb?: number;
    /**
     * I/Os of the database: pages read that are not in its memory, and 4 KB blocks written.
     *
     * Takes `number 0..10000`.
     *
     * @defaultValue `4`
     */
    readonly databaseIo?: number;
    /**
     * Those of databaseIo that are written, and replicated to standby regions.
     *
     * Takes `number 0..10000`.
     *
     * @defaultValue `1`
     */
    readonly databaseWriteIo?: number;
    /**
     * Requests to KMS of a service that encrypts: one for each data key, which serves many requests.
     *
     * Takes `number 0..10000`.
     *
     * @defaultValue `0.01`
     */
    readonly kmsRequests?: number;
    /**
     * Size of an answer to the internet, in KB.
     *
     * Takes `number 0..10000`.
     *
     * @defaultValue `2`
     */
    readonly responseKb?: number;
    /**
     * What the function and Lambda write to its log, in KB.
     *
     * Takes `number 0..1000`.
     *
     * @defaultValue `0.6`
     */
    readonly logKb?: number;
    /**
     * What the API writes to its access log, in KB.
     *
     * Takes `number 0..100`.
     *
     * @defaultValue `0.5`
     */
    readonly accessLogKb?: number;
    /**
     * Requests to the edge, of which one reaches the service: 4 where three of four are answered from the cache.
     *
     * Takes `number 1..10000`.
     *
     * @defaultValue `1`
     */
    readonly edgeRequests?: number;
  };
  /**
   * Share of this traffic that a standby region has to be able to take over. Less than 1 means that the rest is refused there.
   *
   * Takes `number 0..1`.
   *
   * @defaultValue `1`
   */
  readonly failoverShare?: number;
}

