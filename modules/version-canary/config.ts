import { z } from "zod";
import { logRetentionDays, strictObject, withRule } from "../core";

export type * from "./input";

/** How long functions cache a version; see runtime/secrets/secret-cache.ts. */
const versionCachedSeconds = 300;

const fields = strictObject(() => ({
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
    .describe("Minutes without an alarm after which all traffic uses the new version."),
  advanceEveryMinutes: z
    .int()
    .min(1)
    .max(60)
    .default(5)
    .describe("Minutes between checks whether the bake time is over."),
  failures: z
    .int()
    .min(1)
    .default(5)
    .describe("Failures with the new version in one period that trigger a rollback to the previous version."),
  periodSeconds: z
    .int()
    .min(60)
    .max(3600)
    .multipleOf(60)
    .default(60)
    .describe("Period in which failures are counted, in seconds."),
  evaluationPeriods: z
    .int()
    .min(1)
    .max(10)
    .default(1)
    .describe("Consecutive periods with that many failures before a rollback. More than one delays the rollback."),
  logRetentionDays: logRetentionDays.default(90),
}));

/**
 * How a new version of a key or secret is rolled out.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export const versionCanaryConfig = withRule(fields, (config, report) => {
  const { bakeMinutes, advanceEveryMinutes, periodSeconds, evaluationPeriods } = config;
  const needed = Math.ceil((versionCachedSeconds + periodSeconds * evaluationPeriods) / 60);
  if (bakeMinutes < needed) {
    report(
      ["bakeMinutes"],
      `is too short for the alarm to fire: functions cache a version for ${versionCachedSeconds / 60} minutes, and then the alarm evaluates ${periodSeconds * evaluationPeriods} s; use at least ${needed} minutes`,
    );
  }
  if (advanceEveryMinutes > bakeMinutes) {
    report(["advanceEveryMinutes"], `is above bakeMinutes, ${bakeMinutes}; use at most that value`);
  }
});

export type VersionCanaryConfig = z.output<typeof fields>;
