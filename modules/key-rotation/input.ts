// Generated from the schemas by `npm run docs`; do not edit.

/** What `keyRotationConfig` takes: fields with defaults may be left out. */
export interface KeyRotationInput {
  /**
   * Days after the end of a key's rotation period before its rotation counts as overdue.
   *
   * Takes `integer 1..90`.
   *
   * @defaultValue `7`
   */
  readonly graceDays?: number;
  /**
   * Minutes after a rotation before another on-demand rotation can start. KMS allows 25 on-demand rotations in the life of a key.
   *
   * Takes `integer 1..44640`.
   *
   * @defaultValue `60`
   */
  readonly pauseMinutes?: number;
  /**
   * How long the evidence of rotations is kept, in days; at least a year.
   *
   * @defaultValue `731`
   */
  readonly evidenceRetentionDays?: 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | 365 | 400 | 545 | 731 | 1096 | 1827 | 2192 | 2557 | 2922 | 3288 | 3653;
}

