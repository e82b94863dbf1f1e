import { z } from "zod";
import { httpsUrl, strictObject } from "../core";

export type * from "./input";

const inMarkdown = "write https://<host>/<path>, with brackets and quotes encoded";

const url = httpsUrl("an https URL", inMarkdown, { path: true, query: true, fragment: true, capitals: true })
  .max(500)
  .regex(/^[^"'()<>[\]{}\\]*$/, `contains a bracket, quote or backslash; ${inMarkdown}`);

const linkTitle = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[^[\]{}"\\\n\r]+$/, "contains a bracket, quote, backslash or line break; remove it");

/**
 * The settings of a service's dashboard. Everything else is derived from the service's resources.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export const serviceDashboardConfig = strictObject(() => ({
  runbookUrl: url.optional().describe("URL of the runbook for when something on the dashboard is red."),
  links: z
    .array(
      strictObject(() => ({
        title: linkTitle.describe("What the link says."),
        url: url.describe("Where it leads, an https address."),
      })),
    )
    .max(20)
    .default([])
    .describe("More links in the header, such as source code or on-call schedule."),
  periodSeconds: z
    .union([z.literal(60), z.literal(300), z.literal(900), z.literal(3600)])
    .default(60)
    .describe("Period of each point in a graph, in seconds: 60, 300, 900 or 3600."),
  start: z
    .string()
    .regex(/^-P(\d+[DWM]|T\d+[HM])$/, "is not a time range; write -PT3H for three hours or -P7D for seven days")
    .default("-PT3H")
    .describe("Default time range of the dashboard, as an ISO 8601 duration."),
}));

export type ServiceDashboardConfig = z.output<typeof serviceDashboardConfig>;
