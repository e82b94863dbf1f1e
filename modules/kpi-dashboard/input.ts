// Generated from the schemas by `npm run docs`; do not edit.

/** What `kpiDashboardConfig` takes: fields with defaults may be left out. */
export interface KpiDashboardInput {
  /**
   * Time range that the dashboard opens with, as an ISO 8601 duration; metrics of 5 minutes go back 63 days.
   *
   * @defaultValue `"-P30D"`
   */
  readonly start?: string;
}

