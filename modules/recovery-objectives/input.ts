// Generated from the schemas by `npm run docs`; do not edit.

/** What `recoveryObjectivesConfig` takes: fields with defaults may be left out. */
export interface RecoveryObjectivesInput {
  /**
   * Recovery time objective: seconds from the failure until a standby region takes over, on each path.
   *
   * Takes `integer 1..`.
   */
  readonly recoveryTimeSeconds: number;
  /**
   * Recovery point objective: writes and events from this many seconds before the failure may be missing.
   *
   * Takes `integer 0..`.
   */
  readonly recoveryPointSeconds: number;
}

