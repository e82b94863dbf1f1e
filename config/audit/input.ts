// Generated from the schemas by `npm run docs`; do not edit.

/** What `auditConfig` takes: fields with defaults may be left out. */
export interface AuditInput {
  /**
   * Which licences packages in bundles may have.
   *
   * @defaultValue `{}`
   */
  readonly licences?: {
    /**
     * Licences that packages in bundles may have, by their ids at SPDX. Of two to choose from, one is enough.
     *
     * @defaultValue `["0BSD","Apache-2.0","BlueOak-1.0.0","BSD-2-Clause","BSD-3-Clause","CC0-1.0","ISC","MIT","MIT-0","Unlicense","Zlib"]`
     */
    readonly allowed?: readonly string[];
    /**
     * Packages that may be in bundles whatever their licence is.
     *
     * @defaultValue `[]`
     */
    readonly exceptions?: readonly {
      /**
       * Name of the package.
       *
       * Takes `string of at most 214 characters`.
       */
      readonly package: string;
      /**
       * Why it may be in bundles, in a sentence.
       *
       * Takes `string of 10 to 500 characters`.
       */
      readonly reason: string;
    }[];
  };
  /**
   * Which known vulnerabilities fail.
   *
   * @defaultValue `{}`
   */
  readonly vulnerabilities?: {
    /**
     * The least severity that fails. Others are counted.
     *
     * @defaultValue `"high"`
     */
    readonly failOn?: "low" | "moderate" | "high" | "critical";
    /**
     * Advisories that do no harm here.
     *
     * @defaultValue `[]`
     */
    readonly accepted?: readonly {
      /** Id of the advisory. */
      readonly advisory: string;
      /**
       * Why it does no harm here, in a sentence.
       *
       * Takes `string of 10 to 500 characters`.
       */
      readonly reason: string;
      /** Day from which it fails again, so that somebody looks: YYYY-MM-DD. */
      readonly expires: string;
    }[];
  };
}

