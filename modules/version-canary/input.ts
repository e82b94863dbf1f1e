// Generated from the schemas by `npm run docs`; do not edit.
import type { LogRetentionDays } from "../core";

/** What `versionCanaryConfig` takes: fields with defaults may be left out. */
export interface VersionCanaryInput {
  /**
   * Percentage of the traffic that uses a new version right after its rotation.
   *
   * Takes `integer 1..99`.
   *
   * @defaultValue `10`
   */
  readonly stepPercent?: number;
  /**
   * Minutes without an alarm after which all traffic uses the new version.
   *
   * Takes `integer 1..10080`.
   *
   * @defaultValue `60`
   */
  readonly bakeMinutes?: number;
  /**
   * Minutes between checks whether the bake time is over.
   *
   * Takes `integer 1..60`.
   *
   * @defaultValue `5`
   */
  readonly advanceEveryMinutes?: number;
  /**
   * Failures with the new version in one period that trigger a rollback to the previous version.
   *
   * Takes `integer 1..`.
   *
   * @defaultValue `5`
   */
  readonly failures?: number;
  /**
   * Period in which failures are counted, in seconds.
   *
   * Takes `integer 60..3600`.
   *
   * @defaultValue `60`
   */
  readonly periodSeconds?: number;
  /**
   * Consecutive periods with that many failures before a rollback. More than one delays the rollback.
   *
   * Takes `integer 1..10`.
   *
   * @defaultValue `1`
   */
  readonly evaluationPeriods?: number;
  /**
   * Days until log events expire; one of the periods that CloudWatch Logs supports.
   *
   * @defaultValue `90`
   */
  readonly logRetentionDays?: LogRetentionDays;
}

