// Generated from the schemas by `npm run docs`; do not edit.

/** What `replicatedSecretConfig` takes: fields with defaults may be left out. */
export interface ReplicatedSecretInput {
  /**
   * What the secret is for, for anyone who finds it in the console. Never include a part of the secret.
   *
   * Takes `string of at most 2048 characters`.
   */
  readonly description: string;
  /**
   * How long a deleted secret can be restored, 7 to 30 days. Its name cannot be reused until then; with 0 it can be at once.
   *
   * @defaultValue `30`
   */
  readonly recoveryWindowDays?: 0 | number;
  /**
   * Whether replication may overwrite an existing secret with the same name in a standby region.
   *
   * @defaultValue `false`
   */
  readonly overwriteReplicas?: boolean;
}

/** What `secretRotationConfig` takes: fields with defaults may be left out. */
export interface SecretRotationInput {
  /**
   * Days between rotations.
   *
   * Takes `integer 1..1000`.
   *
   * @defaultValue `30`
   */
  readonly afterDays?: number;
  /**
   * Hours after midnight UTC within which a rotation starts. Defaults to the whole day.
   *
   * Takes `integer 1..24`.
   */
  readonly windowHours?: number;
  /**
   * Alarm thresholds.
   *
   * @defaultValue `{}`
   */
  readonly alarms?: {
    /**
     * Days after `afterDays` before the rotation counts as overdue.
     *
     * Takes `integer 1..30`.
     *
     * @defaultValue `2`
     */
    readonly overdueDays?: number;
  };
}

