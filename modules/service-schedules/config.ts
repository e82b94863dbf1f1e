import { z } from "zod";
import { schedulerExpression, timeZone } from "../../values/languages";
import { checkedText, handledOnceConfig, jsonValue, type Report, strictObject, withRule } from "../core";

export type * from "./input";

const instant = z.iso.datetime("is not a time in UTC; write it like 2030-01-31T06:30:00Z");

const fields = strictObject(() => ({
  expression: checkedText(schedulerExpression).describe(
    "When it runs: cron(0 5 ? * MON-FRI *), rate(1 hour), or once at(2030-01-31T06:30:00).",
  ),
  timezone: checkedText(timeZone)
    .optional()
    .describe(
      "IANA time zone of cron and at, such as Europe/Dublin, which moves with daylight saving time; UTC if left out.",
    ),
  description: z.string().min(10).max(512).describe("What it does, in a sentence."),
  flexibleWindowMinutes: z
    .int()
    .min(1)
    .max(1440)
    .optional()
    .describe(
      "Lets it run up to this much later, which spreads the load; left out, it runs within the minute that is named.",
    ),
  startDate: instant.optional().describe("It does not run before, in UTC: 2030-01-31T06:30:00Z. Not of at()."),
  endDate: instant.optional().describe("It does not run after, in UTC: 2030-12-31T06:30:00Z. Not of at()."),
  input: jsonValue.optional().describe("What the handler gets as input, JSON; no secrets. None if left out."),
  maximumRetryAttempts: z
    .int()
    .min(0)
    .max(185)
    .default(3)
    .describe(
      "How often the call is tried again where Lambda does not take it. What happens when the function fails is asyncInvoke of the function.",
    ),
  maximumEventAgeSeconds: z
    .int()
    .min(60)
    .max(86_400)
    .default(3600)
    .describe("How long the call is tried before it is a dead letter, in seconds."),
  runsIn: z
    .enum(["active-region", "every-region"])
    .default("active-region")
    .describe(
      "active-region: the schedules of standby regions are there, and off, until regions.active names the region. every-region calls in each; the table of idempotency then lets one of them run it.",
    ),
  enabled: z.boolean().default(true).describe("false stops the calls; what is missed does not come later."),
  idempotency: handledOnceConfig({
    what: "an occurrence",
    why: "EventBridge Scheduler calls at least once, and Lambda tries again",
    handler: "scheduledTask",
  }).describe("What makes it safe that an occurrence comes twice, also in another region."),
}));

/**
 * A schedule that calls a service.
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
 */
export const serviceScheduleConfig = withRule(fields, (schedule, report) => {
  checkForm(schedule, report);
  const { startDate, endDate } = schedule;
  if (startDate !== undefined && endDate !== undefined && Date.parse(endDate) <= Date.parse(startDate)) {
    report(["endDate"], `is not after startDate, ${startDate}, so it would never run; use a later one`);
  }
});

export type ServiceScheduleConfig = z.output<typeof fields>;

function checkForm(schedule: ServiceScheduleConfig, report: Report): void {
  const { expression, timezone, startDate, endDate, runsIn, idempotency } = schedule;
  if (expression.startsWith("rate(")) {
    if (timezone !== undefined) report(["timezone"], "has no effect on a rate; remove it, or use cron()");
    if (runsIn === "every-region" && idempotency.table !== undefined) {
      const why = "counts from another moment in each region, so that two occurrences would never be the same";
      report(["expression"], `${why}; use cron(), or runsIn active-region`);
    }
  }
  if (!expression.startsWith("at(")) return;
  if (startDate !== undefined) report(["startDate"], "has no effect on at(); remove it");
  if (endDate !== undefined) report(["endDate"], "has no effect on at(); remove it");
}
