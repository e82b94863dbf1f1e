import { z } from "zod";
import { email, kebabName, type Report, strictObject, withRule } from "../core";
import { deniedByDefault } from "./denied";

export type * from "./input";

const notification = strictObject(() => ({
  threshold: z.number().min(1).max(1000).describe("Percentage of the monthly limit."),
  notificationType: z
    .enum(["ACTUAL", "FORECASTED"])
    .describe("ACTUAL for costs so far, FORECASTED for what AWS expects by the end of the month."),
}));

const limits = strictObject(() => ({
  maxTimeoutSeconds: z.int().min(1).max(900).default(60).describe("Maximum timeout of a function, in seconds."),
  maxMemoryMb: z.int().min(128).max(10240).default(3008).describe("Maximum memory of a function, in MB."),
  maxReservedConcurrency: z
    .int()
    .min(0)
    .optional()
    .describe(
      "Maximum reserved concurrency of a function in each region. By default only the account's quota applies.",
    ),
  maxTasks: z
    .int()
    .min(1)
    .default(20)
    .describe("Maximum number of tasks of a container in each region, deployments aside."),
}))
  .prefault({})
  .describe("Limits for every single function and container in the environment.");

const anomalies = strictObject(() => ({
  minImpactUsd: z.number().min(1).max(1_000_000).describe("Minimum unexpected cost to report, in US dollars."),
  existingMonitorArn: z
    .string()
    .regex(
      /^arn:aws[a-z-]*:ce::\d{12}:anomalymonitor\/[a-f0-9-]+$/,
      "is not the ARN of a cost anomaly monitor; copy it from `aws ce get-anomaly-monitors`",
    )
    .optional()
    .describe("An existing monitor in the account. By default a new one is created for the environment."),
}));

const iamAction = z
  .string()
  .regex(
    /^[a-z0-9-]+:[A-Za-z0-9]+\*?$/,
    "is not an action of IAM; write it as dynamodb:PutItem, a * at its end at most",
  );

const action = strictObject(() => ({
  name: kebabName(24).describe("Name of the action, unique in the budget. Part of Terraform addresses."),
  threshold: z.number().min(1).max(1000).describe("Percentage of the monthly limit at which it acts."),
  notificationType: z
    .enum(["ACTUAL", "FORECASTED"])
    .default("ACTUAL")
    .describe("ACTUAL for costs so far, FORECASTED for what AWS expects by the end of the month."),
  approval: z
    .enum(["MANUAL", "AUTOMATIC"])
    .default("MANUAL")
    .describe(
      "MANUAL asks the recipients and acts when somebody approves; AUTOMATIC acts by itself, with a reason, on costs that are up to a day old.",
    ),
  reason: z
    .string()
    .min(10)
    .max(200)
    .optional()
    .describe("Why it may act without a person; only with AUTOMATIC, which needs it."),
  services: z
    .array(kebabName(24))
    .min(1)
    .optional()
    .describe("The services whose functions it stops; all of them if left out."),
  denies: z
    .array(iamAction)
    .min(1)
    .max(100)
    .default([...deniedByDefault])
    .describe(
      "What functions must not do any more, as actions of IAM. By default what writes, sends and calls; functions still read, and write logs.",
    ),
}));

const fields = strictObject(() => ({
  monthlyLimitUsd: z
    .number()
    .min(1)
    .max(100_000_000)
    .multipleOf(0.01)
    .describe("Budget of the environment per calendar month, in US dollars."),
  emails: z.array(email).describe("Recipients, 1 to 10 e-mail addresses."),
  notifications: z
    .array(notification)
    .default([
      { threshold: 80, notificationType: "ACTUAL" },
      { threshold: 100, notificationType: "ACTUAL" },
      { threshold: 100, notificationType: "FORECASTED" },
    ])
    .describe("When to notify the recipients, 1 to 10 notifications."),
  scope: z
    .enum(["environment", "account"])
    .default("environment")
    .describe("Which costs count: those with the environment's cost allocation tag, or all costs of the account."),
  anomalies: anomalies
    .optional()
    .describe(
      "Reports unusual spending. Off by default: in an organisation only its management account may create monitors by tag, and an account has one monitor of all services.",
    ),
  actions: z
    .array(action)
    .default([
      { name: "stop", threshold: 150, notificationType: "ACTUAL", approval: "MANUAL", denies: [...deniedByDefault] },
    ])
    .describe(
      "What the budget does to the functions of services, up to 5: by default it asks, at 150 %, whether to deny them what costs. An empty list for none.",
    ),
  limits,
}));

/**
 * A monthly budget, its recipients, and limits for single functions.
 * @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Notification.html
 */
export const spendGuardConfig = withRule(fields, ({ emails, notifications, actions }, report) => {
  checkCount(emails.length, "emails", "is empty, so nobody would be notified; add an e-mail address", report);
  checkCount(
    notifications.length,
    "notifications",
    "is empty, so nobody would be notified; add a notification or remove the field",
    report,
  );
  checkRepeats(emails, (address) => address.toLowerCase(), "emails", report);
  checkRepeats(
    notifications,
    (entry) => JSON.stringify(entry, ["threshold", "notificationType"]),
    "notifications",
    report,
  );
  checkActions(actions, report);
});

export type BudgetAction = z.output<typeof action>;
export type SpendGuardConfig = z.output<typeof spendGuardConfig>;
export type FunctionCeilings = Omit<SpendGuardConfig["limits"], "maxTasks">;

/** A budget has five actions at most. @see https://docs.aws.amazon.com/cost-management/latest/userguide/management-limits.html */
const mostActions = 5;

function checkActions(actions: readonly BudgetAction[], report: Report): void {
  if (actions.length > mostActions) {
    report(
      ["actions"],
      `has ${actions.length} entries, but AWS Budgets allows ${mostActions}; remove ${actions.length - mostActions}`,
    );
  }
  actions.forEach(({ name, approval, reason }, index) => {
    if (actions.findIndex((other) => other.name === name) < index) {
      report(["actions", index, "name"], "is used twice; give each action its own name");
    }
    if (approval === "AUTOMATIC" && reason === undefined) {
      report(
        ["actions", index, "reason"],
        "is missing: the action stops services without a person, on costs that are up to a day old; say why it may, or use MANUAL",
      );
    }
    if (approval === "MANUAL" && reason !== undefined) {
      report(["actions", index, "reason"], "has no effect, as a person approves the action; remove it");
    }
  });
}

/** AWS allows ten notifications per budget, and ten e-mail subscribers for each of them. */
const most = 10;

function checkCount(count: number, field: string, none: string, report: Report): void {
  if (count === 0) report([field], none);
  if (count > most) report([field], `has ${count} entries, but AWS Budgets allows ${most}; remove ${count - most}`);
}

function checkRepeats<T>(values: readonly T[], identity: (value: T) => string, field: string, report: Report): void {
  const seen = values.map(identity);
  seen.forEach((value, index) => {
    if (seen.indexOf(value) < index) report([field, index], "is listed twice; remove the duplicate");
  });
}
