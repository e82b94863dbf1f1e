// Generated from the schemas by `npm run docs`; do not edit.
import type { LogRetentionDays } from "../core";

/** What `brakeConfig` takes: fields with defaults may be left out. */
export interface BrakeInput {
  /**
   * Invocations in a minute and region that are never healthy: far above the highest peak.
   *
   * Takes `integer 1..100000000`.
   */
  readonly invocationsPerMinute: number;
  /**
   * Minutes in a row above it before the function is stopped.
   *
   * Takes `integer 1..60`.
   *
   * @defaultValue `5`
   */
  readonly forMinutes?: number;
  /**
   * Concurrent executions that are left to the function; 0 stops it.
   *
   * Takes `integer 0..10000`.
   *
   * @defaultValue `0`
   */
  readonly floor?: number;
}

/** What `spendBrakeConfig` takes: fields with defaults may be left out. */
export interface SpendBrakeInput {
  /**
   * Days until log events expire; one of the periods that CloudWatch Logs supports.
   *
   * @defaultValue `30`
   */
  readonly logRetentionDays?: LogRetentionDays;
}

