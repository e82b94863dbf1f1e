// Generated from the schemas by `npm run docs`; do not edit.

/** What `identityTokenConfig` takes: fields with defaults may be left out. */
export interface IdentityTokenInput {
  /** The account's own issuer, as aws iam get-outbound-web-identity-federation-info shows it. The server reads its public keys there. */
  readonly issuer: string;
  /**
   * Algorithm of the signatures. The server accepts no other one.
   *
   * @defaultValue `"ES384"`
   */
  readonly signingAlgorithm?: "ES384" | "RS256";
  /**
   * How long a token can be used, in seconds; the server allows its clock 60 more. A function asks for a new token with each login.
   *
   * Takes `integer 60..3600`.
   *
   * @defaultValue `60`
   */
  readonly durationSeconds?: number;
}

