import { z } from "zod";
import { withRule } from "../core";

/**
 * Where Route 53 has health checkers.
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html
 */
export const checkerRegions = [
  "us-east-1",
  "us-west-1",
  "us-west-2",
  "eu-west-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-northeast-1",
  "sa-east-1",
] as const;

/** The statistics that Route 53 evaluates. @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_AlarmIdentifier.html */
const statistics = ["Average", "Minimum", "Maximum", "Sum", "SampleCount"] as const;

const endpointCheck = z.strictObject({
  path: z
    .string()
    .max(255)
    .regex(/^\/[\x21-\x7e]*$/, "is no path; start it with / and leave spaces out")
    .default("/health")
    .describe("What the checkers request, over HTTPS and unsigned; 2xx and 3xx answers within 2 seconds are healthy."),
  requestIntervalSeconds: z
    .union([z.literal(10), z.literal(30)])
    .default(30)
    .describe("Seconds between two requests of one checker; 10 costs extra, and a change replaces the check."),
  failureThreshold: z
    .int()
    .min(1)
    .max(10)
    .default(3)
    .describe("Requests in a row that must fail, or succeed, before a checker changes its mind."),
  checkerRegions: z
    .array(z.enum(checkerRegions))
    .min(3, "has too few regions for Route 53; name at least 3, or leave it out for all")
    .optional()
    .describe("Regions that check from; all that Route 53 has unless given."),
  measureLatency: z
    .boolean()
    .default(false)
    .describe("Graphs of the latency that checkers see; costs extra, and a change replaces the check."),
});

const highResolution = "is a high-resolution period, which Route 53 does not evaluate; use 60 or a multiple of it";

const alarmCheck = z.strictObject({
  metricName: z
    .enum(["5xx", "4xx", "Latency", "IntegrationLatency", "Count"])
    .default("5xx")
    .describe("Metric of the region's HTTP API."),
  statistic: z
    .enum(statistics, {
      error: `is no statistic that Route 53 evaluates; use one of ${statistics.join(", ")}`,
    })
    .default("Sum")
    .describe("Statistic of each period; percentiles are not evaluated."),
  comparisonOperator: z
    .enum(["GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"])
    .default("GreaterThanThreshold"),
  threshold: z.number().describe("Value from which on the region is unhealthy."),
  periodSeconds: z.int().min(60, highResolution).multipleOf(60, highResolution).default(60),
  evaluationPeriods: z.int().min(1).default(3).describe("Periods in a row that must be over the threshold."),
  insufficientDataHealthStatus: z
    .enum(["Healthy", "Unhealthy", "LastKnownStatus"])
    .default("Healthy")
    .describe("What silence means. Healthy: no requests are no failure, and the endpoint check sees a dead region."),
});

const fields = z.strictObject({
  policy: z
    .enum(["failover", "latency"])
    .default("failover")
    .describe(
      "failover: the home region answers while it is healthy. latency: the nearest healthy region does. Never changes: Route 53 takes one policy per name.",
    ),
  endpointCheck: endpointCheck.prefault({}).describe("Requests from the internet to each region's API."),
  alarmCheck: alarmCheck
    .optional()
    .describe("A metric of each region's API that makes the region unhealthy; no such check unless given."),
  manualSwitch: z
    .enum(["metric", "routing-control"])
    .default("metric")
    .describe(
      "How an operator takes a region out of DNS: a custom metric, or ARC routing controls with a safety rule (a cluster costs about 1,800 USD per month).",
    ),
});

const secondsPerDay = 86_400;

/** The names of one service and the checks that move them between its regions, in literal values. */
export const failoverDnsConfig = withRule(fields, ({ endpointCheck, alarmCheck }, report) => {
  (endpointCheck.checkerRegions ?? []).forEach((region, at, all) => {
    if (all.indexOf(region) !== at) {
      report(["endpointCheck", "checkerRegions", at], "is listed twice; name each region once");
    }
  });
  if (alarmCheck && alarmCheck.periodSeconds * alarmCheck.evaluationPeriods > secondsPerDay) {
    report(
      ["alarmCheck", "evaluationPeriods"],
      `make, with periodSeconds ${alarmCheck.periodSeconds}, more than the day that CloudWatch looks back; use at most ${Math.floor(secondsPerDay / alarmCheck.periodSeconds)}`,
    );
  }
});

export type FailoverDnsConfig = z.output<typeof fields>;
export type FailoverDnsConfigInput = z.input<typeof fields>;
/** The HTTPS requests that decide on a region's health. */
export type EndpointCheckConfig = z.output<typeof endpointCheck>;
/** The metric that decides on a region's health. */
export type AlarmCheckConfig = z.output<typeof alarmCheck>;
