/** Paths and names of one key in Vault, used by both the construct and the functions. */
export interface VaultNames {
  /** Path of the transit engine, for `new Transit({ mount, key })`. */
  readonly transitMount: string;
  readonly keyName: string;
  /** Path of the auth method, for `loginWithAws({ mount, role })`. */
  readonly authMount: string;
  /** Path of the auth method for identity tokens, for `loginWithJwt({ mount, role })`. */
  readonly jwtMount: string;
  /** Role of functions that encrypt and decrypt. */
  readonly role: string;
  /** Role of functions that only decrypt. */
  readonly readerRole: string;
  /** Role of the database engine, for `new DatabaseLease({ role })`. */
  readonly databaseRole: string;
}

/** The names derived from `<environment>-<service>`. */
export function vaultNames(name: string): VaultNames {
  return {
    transitMount: `${name}-transit`,
    keyName: name,
    authMount: `${name}-aws`,
    jwtMount: `${name}-jwt`,
    role: name,
    readerRole: `${name}-reader`,
    databaseRole: name,
  };
}
