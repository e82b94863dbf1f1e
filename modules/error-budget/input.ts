// Generated from the schemas by `npm run docs`; do not edit.

/** What `errorBudgetConfig` takes: fields with defaults may be left out. */
export interface ErrorBudgetInput {
  /**
   * Percentage of requests, over 30 days, that must not fail for a reason of the service's own.
   *
   * Takes `number 95..99.999`.
   *
   * @defaultValue `99.9`
   */
  readonly availabilityPercent?: number;
  /** The promise of how fast it answers; none if left out. */
  readonly latency?: {
    /**
     * How long a request may take, in milliseconds.
     *
     * Takes `integer 1..900000`.
     */
    readonly withinMs: number;
    /**
     * Percentage of requests, over 30 days, that must take no longer.
     *
     * Takes `number 95..99.999`.
     *
     * @defaultValue `99`
     */
    readonly percent?: number;
  };
  /**
   * Requests in a window below which it counts as kept, so that a single failure at night pages nobody. Slow services are left with the long windows.
   *
   * Takes `integer 1..1000000`.
   *
   * @defaultValue `30`
   */
  readonly minimumRequests?: number;
  /**
   * The one alarm on whether callers notice anything now.
   *
   * @defaultValue `{}`
   */
  readonly impact?: {
    /** Holds back the page while another alarm is on; the alarms below it still notify. */
    readonly suppressedBy?: {
      /**
       * Name of an alarm of yours in the same region, such as one that is on during maintenance.
       *
       * Takes `string of at most 255 characters`.
       */
      readonly alarm: string;
      /**
       * How long a page waits for it, in seconds.
       *
       * Takes `integer 0..86400`.
       *
       * @defaultValue `120`
       */
      readonly waitSeconds?: number;
      /**
       * How long after its end pages are still held back, in seconds.
       *
       * Takes `integer 0..86400`.
       *
       * @defaultValue `300`
       */
      readonly extensionSeconds?: number;
    };
  };
}

