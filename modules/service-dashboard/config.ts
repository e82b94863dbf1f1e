import { z } from "zod";

const url = z
  .string()
  .max(500)
  .regex(
    /^https:\/\/[^\s"'()<>[\]{}\\]+$/,
    "is no https URL; write https://<host>/<path>, with brackets and quotes encoded",
  );

const linkTitle = z
  .string()
  .min(1)
  .max(80)
  .regex(/^[^[\]{}"\\\n\r]+$/, "has a bracket, quote, backslash or line break; write the title without");

/**
 * What a team decides about the dashboard of its service; everything else follows from what the service has.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export const serviceDashboardConfig = z.strictObject({
  runbookUrl: url.optional().describe("What to do when something on the dashboard is red."),
  links: z
    .array(z.strictObject({ title: linkTitle, url }))
    .max(20)
    .default([])
    .describe("Further links in the header: source code, on-call rota."),
  periodSeconds: z
    .union([z.literal(60), z.literal(300), z.literal(900), z.literal(3600)])
    .default(60)
    .describe("Seconds that each point of a graph sums up: 60, 300, 900 or 3600."),
  start: z
    .string()
    .regex(/^-P(\d+[DWM]|T\d+[HM])$/, "is no time range; write -PT3H for three hours, -P7D for seven days")
    .default("-PT3H")
    .describe("How far back the dashboard looks when it is opened, as an ISO 8601 duration."),
});

export type ServiceDashboardConfig = z.output<typeof serviceDashboardConfig>;
export type ServiceDashboardInput = z.input<typeof serviceDashboardConfig>;
