// Generated from the schemas by `npm run docs`; do not edit.

/** What `serviceDashboardConfig` takes: fields with defaults may be left out. */
export interface ServiceDashboardInput {
  /**
   * URL of the runbook for when something on the dashboard is red.
   *
   * Takes `string of at most 500 characters`.
   */
  readonly runbookUrl?: string;
  /**
   * More links in the header, such as source code or on-call schedule.
   *
   * @defaultValue `[]`
   */
  readonly links?: readonly {
    /**
     * What the link says.
     *
     * Takes `string of at most 80 characters`.
     */
    readonly title: string;
    /**
     * Where it leads, an https address.
     *
     * Takes `string of at most 500 characters`.
     */
    readonly url: string;
  }[];
  /**
   * Period of each point in a graph, in seconds: 60, 300, 900 or 3600.
   *
   * @defaultValue `60`
   */
  readonly periodSeconds?: 60 | 300 | 900 | 3600;
  /**
   * Default time range of the dashboard, as an ISO 8601 duration.
   *
   * @defaultValue `"-PT3H"`
   */
  readonly start?: string;
}

