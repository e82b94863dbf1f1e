// Generated from the schemas by `npm run docs`; do not edit.

/** What `vaultDatabaseRoleConfig` takes: fields with defaults may be left out. */
export interface VaultDatabaseRoleInput {
  /**
   * Name of the engine's connection to the database, which its administrators create.
   *
   * Takes `string of at most 64 characters`.
   */
  readonly connection: string;
  /** SQL that creates a user, with {{name}}, {{password}} and {{expiration}}. */
  readonly creationStatements: readonly string[];
  /**
   * SQL that removes a user.
   *
   * @defaultValue `[]`
   */
  readonly revocationStatements?: readonly string[];
  /**
   * Lifetime of a login, in seconds. It can be renewed.
   *
   * Takes `integer 60..86400`.
   *
   * @defaultValue `3600`
   */
  readonly defaultTtlSeconds?: number;
  /**
   * Maximum lifetime of a login, including renewals, in seconds.
   *
   * Takes `integer 60..2764800`.
   *
   * @defaultValue `86400`
   */
  readonly maxTtlSeconds?: number;
}

