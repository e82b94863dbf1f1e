import { z } from "zod";
import { type Report, strictObject, withRule } from "../core";

export type * from "./input";

/**
 * The regions where Route 53 has health checkers.
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

/** The statistics that Route 53 supports. @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_AlarmIdentifier.html */
const statistics = ["Average", "Minimum", "Maximum", "Sum", "SampleCount"] as const;

const endpointCheck = strictObject(() => ({
  path: z
    .string()
    .max(255)
    .regex(/^\/[\x21-\x7e]*$/, "is not a path; start with / and do not use spaces")
    .default("/health")
    .describe(
      "Path that the checkers request, over HTTPS and without authorization. A 2xx or 3xx response within 2 seconds is healthy.",
    ),
  requestIntervalSeconds: z
    .union([z.literal(10), z.literal(30)])
    .default(30)
    .describe("Seconds between two requests of the same checker. 10 costs extra, and a change replaces the check."),
  failureThreshold: z
    .int()
    .min(1)
    .max(10)
    .default(3)
    .describe("Consecutive requests that must fail or succeed before a checker changes its status."),
  checkerRegions: z
    .array(z.enum(checkerRegions))
    .min(3, "has too few regions for Route 53; list at least 3, or remove the field to use all of them")
    .optional()
    .describe("Regions to check from. Defaults to all regions with checkers."),
  measureLatency: z
    .boolean()
    .default(false)
    .describe("Records latency graphs. Costs extra, and a change replaces the check."),
}));

const highResolution = "is not a period that Route 53 supports; use a multiple of 60 s";

const alarmCheck = strictObject(() => ({
  metricName: z
    .enum(["5xx", "4xx", "Latency", "IntegrationLatency", "Count"])
    .default("5xx")
    .describe("Metric of the region's HTTP API."),
  statistic: z
    .enum(statistics, {
      error: `is not a statistic that Route 53 supports; use one of ${statistics.join(", ")}`,
    })
    .default("Sum")
    .describe("Statistic for each period. Route 53 does not support percentiles."),
  comparisonOperator: z
    .enum(["GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"])
    .default("GreaterThanThreshold")
    .describe("How the statistic is compared with threshold; the region is unhealthy while it is true."),
  threshold: z.number().describe("Value that comparisonOperator compares with; beyond it the region is unhealthy."),
  periodSeconds: z
    .int()
    .min(60, highResolution)
    .multipleOf(60, highResolution)
    .default(60)
    .describe("Length of a period, in seconds; a multiple of 60."),
  evaluationPeriods: z.int().min(1).default(3).describe("Consecutive periods that must breach the threshold."),
  insufficientDataHealthStatus: z
    .enum(["Healthy", "Unhealthy", "LastKnownStatus"])
    .default("Healthy")
    .describe(
      "Status when there is no data. Healthy, because no requests is not a failure and the endpoint check notices a dead region.",
    ),
}));

const fields = strictObject(() => ({
  policy: z
    .enum(["failover", "latency"])
    .default("failover")
    .describe(
      "failover: the home region serves requests while it is healthy. latency: the nearest healthy region does. Cannot change, because Route 53 allows one policy per name.",
    ),
  endpointCheck: endpointCheck.prefault({}).describe("Health check requests from the internet to each region's API."),
  alarmCheck: alarmCheck
    .optional()
    .describe("A metric of each region's API that can make the region unhealthy. No such check by default."),
  manualSwitch: z
    .enum(["metric", "routing-control"])
    .default("metric")
    .describe(
      "How an operator takes a region out of DNS: with a custom metric, or with ARC routing controls and a safety rule (a cluster costs about 1,800 USD per month).",
    ),
}));

const secondsPerDay = 86_400;

/** The DNS failover of a service, as literal values. */
export const failoverDnsConfig = withRule(fields, ({ endpointCheck, alarmCheck }, report) => {
  (endpointCheck.checkerRegions ?? []).forEach((region, at, all) => {
    if (all.indexOf(region) !== at) {
      report(["endpointCheck", "checkerRegions", at], "is listed twice; remove the duplicate");
    }
  });
  if (alarmCheck) checkThreshold(alarmCheck, report);
  if (alarmCheck) checkReach(alarmCheck, report);
});

/**
 * An alarm evaluates at most a day, or a week with periods of an hour or more.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
function checkReach({ periodSeconds, evaluationPeriods }: AlarmCheckConfig, report: Report): void {
  const days = periodSeconds < 3600 ? 1 : 7;
  const most = Math.floor((days * secondsPerDay) / periodSeconds);
  if (evaluationPeriods <= most) return;
  report(
    ["alarmCheck", "evaluationPeriods"],
    `covers more than ${days === 1 ? "a day" : "a week"} with periodSeconds ${periodSeconds}, the most that CloudWatch evaluates with this period; use at most ${most}`,
  );
}

/** No metric of an API is below 0. */
function checkThreshold({ comparisonOperator, threshold }: AlarmCheckConfig, report: Report): void {
  const below = comparisonOperator.startsWith("Less");
  const least = comparisonOperator.includes("OrEqual") ? 0 : below ? Number.MIN_VALUE : 0;
  if (below && threshold < least) {
    report(
      ["alarmCheck", "threshold"],
      "is never breached, because no metric of an API is below 0; use a value above 0",
    );
  }
  if (!below && (threshold < 0 || (comparisonOperator === "GreaterThanOrEqualToThreshold" && threshold === 0))) {
    report(
      ["alarmCheck", "threshold"],
      "is always breached, so the region would never be healthy; use a value above 0",
    );
  }
}

export type FailoverDnsConfig = z.output<typeof fields>;
/** The HTTPS requests that determine a region's health. */
export type EndpointCheckConfig = z.output<typeof endpointCheck>;
/** The metric that determines a region's health. */
export type AlarmCheckConfig = z.output<typeof alarmCheck>;
