import { z } from "zod";
import { strictObject } from "../core/strict-object";

export type * from "./input";

/** The settings of the dashboard; all else follows from the services. */
export const kpiDashboardConfig = strictObject(() => ({
  start: z
    .string()
    .regex(/^-P(\d+[DWM]|T\d+[HM])$/, "is not a time range; write -P7D for seven days")
    .default("-P30D")
    .describe(
      "Time range that the dashboard opens with, as an ISO 8601 duration; metrics of 5 minutes go back 63 days.",
    ),
}));

export type KpiDashboardConfig = z.output<typeof kpiDashboardConfig>;
