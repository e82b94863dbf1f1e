// Generated from the schemas by `npm run docs`; do not edit.
import type { JsonValue } from "../core";

/** What `serviceScheduleConfig` takes: fields with defaults may be left out. */
export interface ServiceScheduleInput {
  /** When it runs: cron(0 5 ? * MON-FRI *), rate(1 hour), or once at(2030-01-31T06:30:00). */
  readonly expression: string;
  /** IANA time zone of cron and at, such as Europe/Dublin, which moves with daylight saving time; UTC if left out. */
  readonly timezone?: string;
  /**
   * What it does, in a sentence.
   *
   * Takes `string of 10 to 512 characters`.
   */
  readonly description: string;
  /**
   * Lets it run up to this much later, which spreads the load; left out, it runs within the minute that is named.
   *
   * Takes `integer 1..1440`.
   */
  readonly flexibleWindowMinutes?: number;
  /** It does not run before, in UTC: 2030-01-31T06:30:00Z. Not of at(). */
  readonly startDate?: string;
  /** It does not run after, in UTC: 2030-12-31T06:30:00Z. Not of at(). */
  readonly endDate?: string;
  /** What the handler gets as input, JSON; no secrets. None if left out. */
  readonly input?: JsonValue;
  /**
   * How often the call is tried again where Lambda does not take it. What happens when the function fails is asyncInvoke of the function.
   *
   * Takes `integer 0..185`.
   *
   * @defaultValue `3`
   */
  readonly maximumRetryAttempts?: number;
  /**
   * How long the call is tried before it is a dead letter, in seconds.
   *
   * Takes `integer 60..86400`.
   *
   * @defaultValue `3600`
   */
  readonly maximumEventAgeSeconds?: number;
  /**
   * active-region: the schedules of standby regions are there, and off, until regions.active names the region. every-region calls in each; the table of idempotency then lets one of them run it.
   *
   * @defaultValue `"active-region"`
   */
  readonly runsIn?: "active-region" | "every-region";
  /**
   * false stops the calls; what is missed does not come later.
   *
   * @defaultValue `true`
   */
  readonly enabled?: boolean;
  /** What makes it safe that an occurrence comes twice, also in another region. */
  readonly idempotency: {
    /**
     * One of the service's tables, in which scheduledTask remembers what was handled.
     *
     * Takes `string of at most 100 characters`.
     */
    readonly table?: string;
    /**
     * In place of a table: why it does no harm to handle an occurrence twice, a sentence.
     *
     * Takes `string of 15 to 300 characters`.
     */
    readonly reason?: string;
  };
}

