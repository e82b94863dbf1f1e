// Generated from the schemas by `npm run docs`; do not edit.

/** What `alertChannelsConfig` takes: fields with defaults may be left out. */
export interface AlertChannelsInput {
  /** Chat and incident tools. Each gets its secret by a command, after the first deployment. */
  readonly receivers: readonly ({
    /** PagerDuty, by its Events API v2: opens incidents and resolves them. */
    readonly format: "pagerduty";
    /**
     * Name of the receiver. Part of the Terraform addresses and of the connection's name.
     *
     * Takes `string of at most 20 characters`.
     */
    readonly name: string;
    /**
     * Which alarms it gets: those whose names end in -page, all others, or both.
     *
     * @defaultValue `["page","ticket"]`
     */
    readonly severities?: readonly ("page" | "ticket")[];
    /**
     * Calls a second at most; what is more waits, and is not lost.
     *
     * Takes `integer 1..300`.
     *
     * @defaultValue `10`
     */
    readonly callsPerSecond?: number;
    /**
     * Retries of a call that fails, before it is a dead letter.
     *
     * Takes `integer 0..185`.
     *
     * @defaultValue `185`
     */
    readonly retries?: number;
    /**
     * How long calls are retried, in seconds, before they are dead letters.
     *
     * Takes `integer 60..86400`.
     *
     * @defaultValue `86400`
     */
    readonly retrySeconds?: number;
    /**
     * Where the account of PagerDuty is.
     *
     * @defaultValue `"us"`
     */
    readonly serviceRegion?: "us" | "eu";
  } | {
    /** Opsgenie, by its Alert API: creates alerts and closes them. */
    readonly format: "opsgenie";
    /**
     * Name of the receiver. Part of the Terraform addresses and of the connection's name.
     *
     * Takes `string of at most 20 characters`.
     */
    readonly name: string;
    /**
     * Which alarms it gets: those whose names end in -page, all others, or both.
     *
     * @defaultValue `["page","ticket"]`
     */
    readonly severities?: readonly ("page" | "ticket")[];
    /**
     * Calls a second at most; what is more waits, and is not lost.
     *
     * Takes `integer 1..300`.
     *
     * @defaultValue `10`
     */
    readonly callsPerSecond?: number;
    /**
     * Retries of a call that fails, before it is a dead letter.
     *
     * Takes `integer 0..185`.
     *
     * @defaultValue `185`
     */
    readonly retries?: number;
    /**
     * How long calls are retried, in seconds, before they are dead letters.
     *
     * Takes `integer 60..86400`.
     *
     * @defaultValue `86400`
     */
    readonly retrySeconds?: number;
    /**
     * Where the account of Opsgenie is.
     *
     * @defaultValue `"us"`
     */
    readonly serviceRegion?: "us" | "eu";
  } | {
    /** Slack, by its Web API: a message for each alarm and each recovery. */
    readonly format: "slack";
    /**
     * Name of the receiver. Part of the Terraform addresses and of the connection's name.
     *
     * Takes `string of at most 20 characters`.
     */
    readonly name: string;
    /**
     * Which alarms it gets: those whose names end in -page, all others, or both.
     *
     * @defaultValue `["page","ticket"]`
     */
    readonly severities?: readonly ("page" | "ticket")[];
    /**
     * Calls a second at most; what is more waits, and is not lost.
     *
     * Takes `integer 1..300`.
     *
     * @defaultValue `10`
     */
    readonly callsPerSecond?: number;
    /**
     * Retries of a call that fails, before it is a dead letter.
     *
     * Takes `integer 0..185`.
     *
     * @defaultValue `185`
     */
    readonly retries?: number;
    /**
     * How long calls are retried, in seconds, before they are dead letters.
     *
     * Takes `integer 60..86400`.
     *
     * @defaultValue `86400`
     */
    readonly retrySeconds?: number;
    /** Id of the channel, which the app has to be a member of. */
    readonly channel: string;
  } | {
    /** Anything that takes JSON by POST. */
    readonly format: "generic";
    /**
     * Name of the receiver. Part of the Terraform addresses and of the connection's name.
     *
     * Takes `string of at most 20 characters`.
     */
    readonly name: string;
    /**
     * Which alarms it gets: those whose names end in -page, all others, or both.
     *
     * @defaultValue `["page","ticket"]`
     */
    readonly severities?: readonly ("page" | "ticket")[];
    /**
     * Calls a second at most; what is more waits, and is not lost.
     *
     * Takes `integer 1..300`.
     *
     * @defaultValue `10`
     */
    readonly callsPerSecond?: number;
    /**
     * Retries of a call that fails, before it is a dead letter.
     *
     * Takes `integer 0..185`.
     *
     * @defaultValue `185`
     */
    readonly retries?: number;
    /**
     * How long calls are retried, in seconds, before they are dead letters.
     *
     * Takes `integer 60..86400`.
     *
     * @defaultValue `86400`
     */
    readonly retrySeconds?: number;
    /**
     * Where to post to. It is stored in the state, so it must not hold a secret.
     *
     * Takes `string of at most 2048 characters`.
     */
    readonly endpoint: string;
    /**
     * Header that carries the secret of the receiver.
     *
     * Takes `string of at most 64 characters`.
     *
     * @defaultValue `"Authorization"`
     */
    readonly header?: string;
  })[];
  /**
   * Age of the oldest alert that could not be delivered, in seconds, at which an alarm fires.
   *
   * Takes `integer 60..1209300`.
   *
   * @defaultValue `3600`
   */
  readonly deadLetterAgeSeconds?: number;
}

