// Generated from the schemas by `npm run docs`; do not edit.
import type { LogRetentionDays } from "../core";

/** What `warmerConfig` takes: fields with defaults may be left out. */
export interface WarmerInput {
  /**
   * false stops the calls of every schedule; all else stays as it is, so that it can be switched on again.
   *
   * @defaultValue `true`
   */
  readonly enabled?: boolean;
  /**
   * Days until log events expire; one of the periods that CloudWatch Logs supports.
   *
   * @defaultValue `30`
   */
  readonly logRetentionDays?: LogRetentionDays;
}

