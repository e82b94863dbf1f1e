// Generated from the schemas by `npm run docs`; do not edit.

/** What `faultInjectionConfig` takes: fields with defaults may be left out. */
export interface FaultInjectionInput {
  /**
   * The longest time for which faults may be switched on at once, in minutes.
   *
   * Takes `integer 1..1440`.
   *
   * @defaultValue `60`
   */
  readonly longestMinutes?: number;
}

