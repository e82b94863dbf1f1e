// Generated from the schemas by `npm run docs`; do not edit.

/** What `spendGuardConfig` takes: fields with defaults may be left out. */
export interface SpendGuardInput {
  /**
   * Budget of the environment per calendar month, in US dollars.
   *
   * Takes `number 1..100000000`.
   */
  readonly monthlyLimitUsd: number;
  /** Recipients, 1 to 10 e-mail addresses. */
  readonly emails: readonly string[];
  /**
   * When to notify the recipients, 1 to 10 notifications.
   *
   * @defaultValue `[{"threshold":80,"notificationType":"ACTUAL"},{"threshold":100,"notificationType":"ACTUAL"},{"threshold":100,"notificationType":"FORECASTED"}]`
   */
  readonly notifications?: readonly {
    /**
     * Percentage of the monthly limit.
     *
     * Takes `number 1..1000`.
     */
    readonly threshold: number;
    /** ACTUAL for costs so far, FORECASTED for what AWS expects by the end of the month. */
    readonly notificationType: "ACTUAL" | "FORECASTED";
  }[];
  /**
   * Which costs count: those with the environment's cost allocation tag, or all costs of the account.
   *
   * @defaultValue `"environment"`
   */
  readonly scope?: "environment" | "account";
  /** Reports unusual spending. Off by default. */
  readonly anomalies?: {
    /**
     * Minimum unexpected cost to report, in US dollars.
     *
     * Takes `number 1..1000000`.
     */
    readonly minImpactUsd: number;
    /** An existing monitor in the account. By default a new one is created for the environment. */
    readonly existingMonitorArn?: string;
  };
  /**
   * Limits for every single function in the environment.
   *
   * @defaultValue `{}`
   */
  readonly limits?: {
    /**
     * Maximum timeout of a function, in seconds.
     *
     * Takes `integer 1..900`.
     *
     * @defaultValue `60`
     */
    readonly maxTimeoutSeconds?: number;
    /**
     * Maximum memory of a function, in MB.
     *
     * Takes `integer 128..10240`.
     *
     * @defaultValue `3008`
     */
    readonly maxMemoryMb?: number;
    /**
     * Maximum reserved concurrency of a function in each region. By default only the account's quota applies.
     *
     * Takes `integer 0..`.
     */
    readonly maxReservedConcurrency?: number;
  };
}

