// Generated from the schemas by `npm run docs`; do not edit.

/** What `eventEndpointConfig` takes: fields with defaults may be left out. */
export interface EventEndpointInput {
  /**
   * What the endpoint is for.
   *
   * Takes `string of at most 512 characters`.
   *
   * @defaultValue `"Events that survive the loss of a region"`
   */
  readonly description?: string;
  /**
   * Status of the home region when CloudWatch has no data. Unhealthy fails over, which replication makes harmless; the other values wait.
   *
   * @defaultValue `"Unhealthy"`
   */
  readonly insufficientDataHealthStatus?: "Unhealthy" | "LastKnownStatus" | "Healthy";
}

