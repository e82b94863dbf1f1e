import { z } from "zod";
import { email, type Report, withRule } from "../core";

const notification = z.strictObject({
  threshold: z.number().min(1).max(1000).describe("Percent of the monthly limit."),
  notificationType: z
    .enum(["ACTUAL", "FORECASTED"])
    .describe("ACTUAL for money that is spent, FORECASTED for what AWS expects by the end of the month."),
});

const limits = z
  .strictObject({
    maxTimeoutSeconds: z.int().min(1).max(900).default(60).describe("Longest timeout of a function, in seconds."),
    maxMemoryMb: z.int().min(128).max(10240).default(3008).describe("Most memory of a function, in MB."),
    maxReservedConcurrency: z
      .int()
      .min(0)
      .optional()
      .describe("Most reserved concurrency of a function in each region; only the account's quota counts if left out."),
  })
  .prefault({})
  .describe("Ceilings that no single function of the environment may pass.");

const anomalies = z.strictObject({
  minImpactUsd: z
    .number()
    .min(1)
    .max(1_000_000)
    .describe("Smallest unexpected spending that is reported, in US dollars."),
  existingMonitorArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:ce::\d{12}:anomalymonitor\/[a-f0-9-]+$/,
      "is no ARN of a cost anomaly monitor; copy it from `aws ce get-anomaly-monitors`",
    )
    .optional()
    .describe("A monitor that the account has already; one of the environment's own is made if left out."),
});

const fields = z.strictObject({
  monthlyLimitUsd: z
    .number()
    .min(1)
    .max(100_000_000)
    .multipleOf(0.01)
    .describe("What the environment may cost in a calendar month, in US dollars."),
  emails: z.array(email).describe("Who is told, 1 to 10 e-mail addresses."),
  notifications: z
    .array(notification)
    .default([
      { threshold: 80, notificationType: "ACTUAL" },
      { threshold: 100, notificationType: "ACTUAL" },
      { threshold: 100, notificationType: "FORECASTED" },
    ])
    .describe("When they are told, 1 to 10 times a month."),
  scope: z
    .enum(["environment", "account"])
    .default("environment")
    .describe("Costs that count: those with the environment's cost allocation tag, or all of the account."),
  anomalies: anomalies
    .optional()
    .describe("Reports spending that is unlike that of the days before; none if left out."),
  limits,
});

/**
 * A monthly budget, who is told, and ceilings for single functions.
 * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Notification.html
 */
export const spendGuardConfig = withRule(fields, ({ emails, notifications }, report) => {
  checkCount(emails.length, "emails", "would tell nobody; add an e-mail address", report);
  checkCount(notifications.length, "notifications", "would never tell anybody; add one, or leave the default", report);
  checkRepeats(emails, (address) => address.toLowerCase(), "emails", report);
  checkRepeats(
    notifications,
    (entry) => JSON.stringify(entry, ["threshold", "notificationType"]),
    "notifications",
    report,
  );
});

export type SpendGuardConfig = z.output<typeof spendGuardConfig>;
export type SpendGuardInput = z.input<typeof spendGuardConfig>;
export type FunctionCeilings = SpendGuardConfig["limits"];

/** AWS takes ten notifications for a budget, and ten e-mail subscribers for each of them. */
const most = 10;

function checkCount(count: number, field: string, none: string, report: Report): void {
  if (count === 0) report([field], none);
  if (count > most) report([field], `has ${count} entries, AWS Budgets takes ${most}; remove ${count - most}`);
}

function checkRepeats<T>(values: readonly T[], identity: (value: T) => string, field: string, report: Report): void {
  const seen = values.map(identity);
  seen.forEach((value, index) => {
    if (seen.indexOf(value) < index) report([field, index], "is listed twice; remove the repetition");
  });
}
