// Generated from the schemas by `npm run docs`; do not edit.
import type { VaultDatabaseRoleInput } from "../vault-database-role";
import type { IdentityTokenInput } from "../vault-login";

/** What `vaultTransitKeyConfig` takes: fields with defaults may be left out. */
export interface VaultTransitKeyInput {
  /**
   * Days after which Vault creates a new version of the key.
   *
   * Takes `integer 1..3650`.
   *
   * @defaultValue `90`
   */
  readonly autoRotateDays?: number;
  /**
   * Oldest version that can still decrypt. Only raise it after everything older has been rewrapped.
   *
   * Takes `integer 1..`.
   *
   * @defaultValue `1`
   */
  readonly minDecryptionVersion?: number;
  /**
   * Oldest version that may still encrypt, which a canary needs. 0 only allows the newest version.
   *
   * Takes `integer 0..`.
   *
   * @defaultValue `0`
   */
  readonly minEncryptionVersion?: number;
  /**
   * Why `minDecryptionVersion` was raised: messages with an older version cannot be decrypted while it is raised.
   *
   * Takes `string of at least 10 characters`.
   */
  readonly minDecryptionVersionReason?: string;
  /** How functions log in, with their IAM role. */
  readonly login: {
    /** IAM roles of the functions that may log in. */
    readonly principals: readonly string[];
    /**
     * IAM roles of functions that may only decrypt.
     *
     * @defaultValue `[]`
     */
    readonly readers?: readonly string[];
    /**
     * How they may log in: iam by a request that Vault sends to STS, jwt by a token that STS signs.
     *
     * @defaultValue `["iam"]`
     */
    readonly methods?: readonly ("iam" | "jwt")[];
    /** The tokens of the account's outbound identity federation, for jwt. */
    readonly identityTokens?: IdentityTokenInput;
    /**
     * Lifetime of a token, in seconds. It can be renewed.
     *
     * Takes `integer 60..86400`.
     *
     * @defaultValue `3600`
     */
    readonly tokenTtlSeconds?: number;
    /**
     * Maximum lifetime of a token, including renewals, in seconds.
     *
     * Takes `integer 60..2764800`.
     *
     * @defaultValue `86400`
     */
    readonly tokenMaxTtlSeconds?: number;
  };
  /** Temporary logins that Vault creates for a database. */
  readonly database?: VaultDatabaseRoleInput;
  /**
   * Set to false to create no key, if only database logins are used. Switching it off later loses the key.
   *
   * @defaultValue `true`
   */
  readonly encrypts?: boolean;
}

