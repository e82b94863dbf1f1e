// Generated from the schemas by `npm run docs`; do not edit.
import type { LogRetentionDays } from "../core";

/** What `queuePausingConfig` takes: fields with defaults may be left out. */
export interface QueuePausingInput {
  /**
   * Minutes in a row that a queue is paused before there is an alarm; the breaker itself has one earlier.
   *
   * Takes `integer 1..1440`.
   *
   * @defaultValue `15`
   */
  readonly alarmMinutes?: number;
  /**
   * Days until log events expire; one of the periods that CloudWatch Logs supports.
   *
   * @defaultValue `30`
   */
  readonly logRetentionDays?: LogRetentionDays;
}

