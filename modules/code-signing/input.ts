// Generated from the schemas by `npm run docs`; do not edit.

/** What `codeSigningConfig` takes: fields with defaults may be left out. */
export interface CodeSigningInput {
  /**
   * What Lambda does with code that none of the trusted profiles has signed: deploy it and say so in CloudTrail and a metric, or refuse it.
   *
   * @defaultValue `"Warn"`
   */
  readonly untrustedCode?: "Warn" | "Enforce";
  /**
   * Months that a signature is valid; 135 if left out. What is deployed goes on running, but cannot be deployed again. A change makes another profile, and signs everything again.
   *
   * Takes `integer 1..135`.
   */
  readonly signatureMonths?: number;
  /**
   * Days that uploads are kept after the next one. Signed code is kept.
   *
   * Takes `integer 1..3650`.
   *
   * @defaultValue `90`
   */
  readonly earlierVersionDays?: number;
}

