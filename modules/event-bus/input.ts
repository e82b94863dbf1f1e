// Generated from the schemas by `npm run docs`; do not edit.

/** What `eventBusConfig` takes: fields with defaults may be left out. */
export interface EventBusInput {
  /**
   * What the bus is for.
   *
   * Takes `string of at most 512 characters`.
   *
   * @defaultValue `"Events of this environment"`
   */
  readonly description?: string;
  /**
   * How long events can be replayed, in days. Heartbeats are not archived.
   *
   * Takes `integer 1..3650`.
   *
   * @defaultValue `30`
   */
  readonly archiveRetentionDays?: number;
  /**
   * Rules by name, each with one target. The name is part of Terraform addresses and cannot change.
   *
   * @defaultValue `{}`
   */
  readonly rules?: { readonly [name: string]: EventRuleInput };
  /**
   * Other AWS accounts that may publish to the bus, and with which sources.
   *
   * @defaultValue `{}`
   */
  readonly publisherAccounts?: { readonly [name: string]: {
    /**
     * Values of source that the account may use.
     *
     * Takes `list of string of at most 256 characters`.
     */
    readonly sources: readonly string[];
  } };
  /**
   * Alarm thresholds, for each region.
   *
   * @defaultValue `{}`
   */
  readonly alarmThresholds?: {
    /**
     * Events that could not be delivered to a target, in 5 minutes.
     *
     * Takes `integer 1..`.
     *
     * @defaultValue `1`
     */
    readonly failedInvocations?: number;
    /**
     * How often a rule was throttled, in 5 minutes.
     *
     * Takes `integer 1..`.
     *
     * @defaultValue `1`
     */
    readonly throttledRules?: number;
    /**
     * Age of the oldest dead letter, in seconds, at which an alarm fires. Dead letters are deleted after 14 days.
     *
     * Takes `integer 60..1209300`.
     *
     * @defaultValue `86400`
     */
    readonly deadLetterAgeSeconds?: number;
  };
}

/** What `eventRuleConfig` takes: fields with defaults may be left out. */
export interface EventRuleInput {
  /**
   * What the rule is for.
   *
   * Takes `string of at most 512 characters`.
   */
  readonly description?: string;
  /** Which events are sent to the target, as an EventBridge pattern. The pattern must include source. */
  readonly eventPattern: { readonly [name: string]: unknown };
  /**
   * Set to false to keep the rule and its target but send nothing.
   *
   * @defaultValue `true`
   */
  readonly enabled?: boolean;
  /**
   * How often EventBridge retries to send an event to the target.
   *
   * Takes `integer 0..185`.
   *
   * @defaultValue `185`
   */
  readonly maximumRetryAttempts?: number;
  /**
   * Maximum age of an event while EventBridge retries, in seconds.
   *
   * Takes `integer 60..86400`.
   *
   * @defaultValue `86400`
   */
  readonly maximumEventAgeSeconds?: number;
}

