import { z } from "zod";
import { logRetentionDays, withRule } from "../core";

/** Functions keep a version for so long before they read it again, in seconds: runtime/secrets/secret-cache.ts. */
const versionKeptSeconds = 300;

const fields = z.strictObject({
  stepPercent: z
    .int()
    .min(1)
    .max(99)
    .default(10)
    .describe("Percentage of the traffic that uses a new version right after its rotation."),
  bakeMinutes: z
    .int()
    .min(1)
    .max(10_080)
    .default(60)
    .describe("Minutes without an alarm after which everything uses the new version."),
  advanceEveryMinutes: z
    .int()
    .min(1)
    .max(60)
    .default(5)
    .describe("Minutes between two looks at whether the bake time is over."),
  failures: z
    .int()
    .min(1)
    .default(5)
    .describe("Failures with the new version within a period at which everything goes back to the version before."),
  periodSeconds: z
    .int()
    .min(60)
    .max(3600)
    .multipleOf(60)
    .default(60)
    .describe("Length of a period in which failures are counted, in seconds."),
  evaluationPeriods: z
    .int()
    .min(1)
    .max(10)
    .default(1)
    .describe("Periods in a row that need so many failures; more than one rolls back later."),
  logRetentionDays: logRetentionDays.default(90),
});

/**
 * How a new version of a key or secret gets its traffic.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export const versionCanaryConfig = withRule(fields, (config, report) => {
  const { bakeMinutes, advanceEveryMinutes, periodSeconds, evaluationPeriods } = config;
  const needed = Math.ceil((versionKeptSeconds + periodSeconds * evaluationPeriods) / 60);
  if (bakeMinutes < needed) {
    report(
      ["bakeMinutes"],
      `is over before the alarm could go off: functions keep a version for ${versionKeptSeconds / 60} minutes, and the alarm looks at ${(periodSeconds * evaluationPeriods) / 60} more; use at least ${needed}`,
    );
  }
  if (advanceEveryMinutes > bakeMinutes) {
    report(["advanceEveryMinutes"], `is longer than the bake time; use at most bakeMinutes, ${bakeMinutes}`);
  }
});

export type VersionCanaryConfig = z.output<typeof fields>;
export type VersionCanaryInput = z.input<typeof fields>;
