// Generated from the schemas by `npm run docs`; do not edit.
import type { AwsRegion } from "../core";

/** What `accountSecurityConfig` takes: fields with defaults may be left out. */
export interface AccountSecurityInput {
  /** Has Amazon Inspector scan functions and their layers; it is not switched on if left out. */
  readonly inspector?: {
    /**
     * Whether Inspector also looks for mistakes in the code of functions, beside packages with known vulnerabilities. Not in every region; billed apart.
     *
     * @defaultValue `false`
     */
    readonly codeScans?: boolean;
  };
  /** Has GuardDuty watch what functions call in the network; it is not switched on if left out. */
  readonly guardDuty?: {
    /**
     * Detectors that are there already, by region: an account has one in each region at most. Where none is named, one is made.
     *
     * @defaultValue `{}`
     */
    readonly existingDetectors?: { readonly [K in AwsRegion]?: string };
    /**
     * How often a detector that is made tells of what goes on in a finding that is known.
     *
     * @defaultValue `"FIFTEEN_MINUTES"`
     */
    readonly publishingFrequency?: "FIFTEEN_MINUTES" | "ONE_HOUR" | "SIX_HOURS";
  };
  /**
   * Which findings go to the alert topic.
   *
   * @defaultValue `{}`
   */
  readonly findings?: {
    /**
     * The least severity that is told.
     *
     * @defaultValue `"HIGH"`
     */
    readonly leastSeverity?: "LOW" | "MEDIUM" | "HIGH" | "CRITICAL";
    /**
     * Whether findings about anything else in the account are told too.
     *
     * @defaultValue `"functions"`
     */
    readonly about?: "functions" | "everything";
  };
}

