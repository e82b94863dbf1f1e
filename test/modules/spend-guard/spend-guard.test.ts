import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, parseConfig } from "../../../modules/core";
import {
  ceilingProblems,
  reservationProblems,
  SpendGuard,
  type SpendGuardInput,
  type SpendGuardProps,
  spendGuardConfig,
} from "../../../modules/spend-guard";
import { synth } from "../../support/synth";
import { everyOption } from "./every-option";
import { build as example } from "./example";

const least: SpendGuardInput = { monthlyLimitUsd: 20, emails: ["platform@example.com"] };

function guard(config: Partial<SpendGuardInput> = {}, props: Partial<SpendGuardProps> = {}) {
  return synth((stack) => {
    new SpendGuard(stack, "guard", {
      config: { ...least, ...config },
      name: "test-spend",
      region: "eu-west-1",
      environmentTag: { key: "Environment", value: "test" },
      ...props,
    });
  }).resource;
}

const budgetOf = (resource: ReturnType<typeof guard>) => resource.aws_budgets_budget?.guard_budget;
const topicArn = "arn:aws:sns:eu-west-1:123456789012:alerts";

describe("SpendGuard", () => {
  test("is a monthly cost budget of the environment's tagged costs, without credits and refunds", () => {
    expect(budgetOf(guard({ monthlyLimitUsd: 1250.5 }))).toMatchObject({
      provider: "aws.eu-west-1",
      name: "test-spend",
      budget_type: "COST",
      time_unit: "MONTHLY",
      limit_amount: "1250.5",
      limit_unit: "USD",
      cost_filter: [{ name: "TagKeyValue", values: ["user:Environment$test"] }],
      cost_types: { include_credit: false, include_refund: false },
    });
  });

  test("counts the whole account when asked to", () => {
    expect(budgetOf(guard({ scope: "account" }))).not.toHaveProperty("cost_filter");
  });

  test("tells each recipient at 80 % and 100 % spent and at 100 % forecast, unless told otherwise", () => {
    const told = { threshold_type: "PERCENTAGE", comparison_operator: "GREATER_THAN" };
    expect(budgetOf(guard({}, { topicArn }))?.notification).toEqual(
      [
        { threshold: 80, notification_type: "ACTUAL" },
        { threshold: 100, notification_type: "ACTUAL" },
        { threshold: 100, notification_type: "FORECASTED" },
      ].map((notification) => ({
        ...notification,
        ...told,
        subscriber_email_addresses: ["platform@example.com"],
        subscriber_sns_topic_arns: [topicArn],
      })),
    );
    expect(budgetOf(guard())?.notification).not.toContainEqual(
      expect.objectContaining({ subscriber_sns_topic_arns: expect.anything() }),
    );
  });

  test("looks for anomalies in the environment's costs, by mail daily and by SNS at once", () => {
    const resource = guard({ anomalies: { minImpactUsd: 25 } }, { topicArn, anomalyTopicArn: topicArn });
    const monitor = resource.aws_ce_anomaly_monitor?.guard_anomalies_monitor;
    expect(monitor).toMatchObject({ monitor_type: "CUSTOM", name: "test-spend-anomalies" });
    expect(JSON.parse(monitor?.monitor_specification as string).Tags).toEqual({
      Key: "Environment",
      MatchOptions: null,
      Values: ["test"],
    });
    const atLeast = {
      dimension: { key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE", match_options: ["GREATER_THAN_OR_EQUAL"], values: ["25"] },
    };
    const monitorArn = expect.stringMatching(/^\$\{aws_ce_anomaly_monitor\.guard_anomalies_monitor\.arn\}$/);
    expect(resource.aws_ce_anomaly_subscription).toMatchObject({
      guard_anomalies_daily: {
        frequency: "DAILY",
        monitor_arn_list: [monitorArn],
        subscriber: [{ type: "EMAIL", address: "platform@example.com" }],
        threshold_expression: atLeast,
      },
      guard_anomalies_immediate: {
        frequency: "IMMEDIATE",
        monitor_arn_list: [monitorArn],
        subscriber: [{ type: "SNS", address: topicArn }],
        threshold_expression: atLeast,
      },
    });
  });

  test("looks at each service of the account, or uses the monitor that the account has", () => {
    const anomalies = { minImpactUsd: 25 };
    expect(guard({ anomalies, scope: "account" }).aws_ce_anomaly_monitor?.guard_anomalies_monitor).toMatchObject({
      monitor_type: "DIMENSIONAL",
      monitor_dimension: "SERVICE",
    });
    const existingMonitorArn = "arn:aws:ce::123456789012:anomalymonitor/0f3a1c5e-9f0b-4c55-a2d5-6a1de1a7b0c1";
    const resource = guard({ anomalies: { ...anomalies, existingMonitorArn } });
    expect(resource.aws_ce_anomaly_monitor).toBeUndefined();
    expect(resource.aws_ce_anomaly_subscription?.guard_anomalies_daily?.monitor_arn_list).toEqual([existingMonitorArn]);
  });

  test("has these addresses", () => {
    expect(synth(everyOption).addresses).toEqual([
      "aws_budgets_budget.account_budget",
      "aws_budgets_budget.full_budget",
      "aws_budgets_budget.least_budget",
      "aws_ce_anomaly_monitor.full_anomalies_monitor",
      "aws_ce_anomaly_subscription.account_anomalies_daily",
      "aws_ce_anomaly_subscription.full_anomalies_daily",
      "aws_ce_anomaly_subscription.full_anomalies_immediate",
    ]);
  });

  test("refuses a name that is too long for a budget", () => {
    expect(() => guard({}, { name: "n".repeat(101) })).toThrow(
      /has 101 characters, but AWS allows at most 100; shorten the name/,
    );
  });

  test("has an example that is built as the README shows it", () => {
    expect(Object.keys(synth((stack) => example(stack)).resource)).toContain("aws_budgets_budget");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    const readme = readFileSync(join(__dirname, "../../../modules/spend-guard/README.md"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")));
  });

  const twelve = (make: (index: number) => unknown) => Array.from({ length: 12 }, (_, index) => make(index));

  test.each<[path: string, config: Record<string, unknown>, message: string]>([
    ["emails", { emails: [] }, "is empty, so nobody would be notified; add an e-mail address"],
    ["emails", { emails: undefined }, "is required; add a list"],
    ["emails[1]", { emails: ["a@example.com", "A@example.com"] }, "is listed twice; remove the duplicate"],
    ["emails[0]", { emails: ["platform"] }, "is not an e-mail address; write it like name@example.com"],
    ["emails", { emails: twelve((n) => `p${n}@example.com`) }, "has 12 entries, but AWS Budgets allows 10; remove 2"],
    [
      "notifications",
      { notifications: [] },
      "is empty, so nobody would be notified; add a notification or remove the field",
    ],
    [
      "notifications",
      { notifications: twelve((n) => ({ threshold: n + 1, notificationType: "ACTUAL" })) },
      "has 12 entries, but AWS Budgets allows 10; remove 2",
    ],
    [
      "notifications[1]",
      {
        notifications: [
          { threshold: 80, notificationType: "ACTUAL" },
          { notificationType: "ACTUAL", threshold: 80 },
        ],
      },
      "is listed twice; remove the duplicate",
    ],
    [
      "notifications[0].threshold",
      { notifications: [{ threshold: 0.5, notificationType: "ACTUAL" }] },
      "use at least 1",
    ],
    [
      "notifications[0].threshold",
      { notifications: [{ threshold: 1001, notificationType: "ACTUAL" }] },
      "use at most 1000",
    ],
    [
      "notifications[0].notificationType",
      { notifications: [{ threshold: 80, notificationType: "FORECAST" }] },
      'did you mean "FORECASTED"?',
    ],
    ["monthlyLimitUsd", { monthlyLimitUsd: 0 }, "is too small; use at least 1"],
    ["monthlyLimitUsd", { monthlyLimitUsd: "20" }, "has the wrong type; use a number"],
    ["monthlyLimit", { monthlyLimit: 20 }, 'unknown field; did you mean "monthlyLimitUsd"?'],
    ["scope", { scope: "enviroment" }, 'did you mean "environment"?'],
    ["anomalies.minImpactUsd", { anomalies: {} }, "is required"],
    [
      "anomalies.existingMonitorArn",
      { anomalies: { minImpactUsd: 1, existingMonitorArn: "arn" } },
      "is not the ARN of a cost",
    ],
    ["limits.maxTimeoutSeconds", { limits: { maxTimeoutSeconds: 901 } }, "use at most 900"],
    ["limits.maxMemory", { limits: { maxMemory: 128 } }, 'did you mean "maxMemoryMb"?'],
  ])("refuses %s in case %#", (path, config, message) => {
    const issues = issuesOf({ ...least, ...config });
    expect(issues).toContainEqual(expect.objectContaining({ path, message: expect.stringContaining(message) }));
  });

  test("reports every mistake at once", () => {
    const notifications = [{ threshold: 0, notificationType: "ACTUAL" }];
    expect(issuesOf({ monthlyLimitUsd: -1, emails: [], notifications }).map(({ path }) => path)).toEqual([
      "monthlyLimitUsd",
      "notifications[0].threshold",
      "emails",
    ]);
  });
});

function issuesOf(config: unknown) {
  try {
    parseConfig(spendGuardConfig, config, "spend guard");
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
    throw error;
  }
  throw new Error("accepted");
}

describe("The limits of functions", () => {
  const ceilings = { maxTimeoutSeconds: 60, maxMemoryMb: 1024 };
  const service = (reservedConcurrency: number | null, rest = {}) => ({
    function: { timeoutSeconds: 10, memoryMb: 512, reservedConcurrency, ...rest },
  });
  const problems = (services: ReturnType<typeof service>[], quota = 1000, limits = ceilings) =>
    [...ceilingProblems(services, limits), ...reservationProblems(services, { lambdaConcurrentExecutions: quota })].map(
      ({ path, message }) => `${path.join(".")} ${message}`,
    );

  test("finds none when everything fits to the last unit", () => {
    expect(problems([])).toEqual([]);
    expect(problems([service(899), service(1), service(null)])).toEqual([]);
    expect(problems([service(null)], 10)).toEqual([]);
  });

  test("finds reservations that leave fewer than 100 unreserved, at the largest of them", () => {
    expect(problems([service(100), service(801)])).toEqual([
      "services.1.function.reservedConcurrency brings the total reserved by all functions in a region to 901, but of the " +
        "account's 1000 concurrent executions (AWS's default; a new account may have 10) only 900 can be reserved; reserve 1 less, or raise the quota in AWS and " +
        "then quotas.lambdaConcurrentExecutions",
    ]);
    expect(problems([service(1)], 50)).toEqual([
      expect.stringMatching(/account's 50 .* only 0 can be reserved; reserve 1 less/),
    ]);
  });

  test("counts what a function provisions without a reservation, at its highest, and not twice with one", () => {
    const provisionedConcurrency = { max: 5, schedules: [{ max: 895 }] };
    expect(problems([service(5), service(null, { provisionedConcurrency })])).toEqual([]);
    expect(problems([service(6), service(null, { provisionedConcurrency })])).toEqual([
      expect.stringMatching(/^services\.1\.function\.provisionedConcurrency\.max brings .* to 901/),
    ]);
    expect(problems([service(900, { provisionedConcurrency })])).toEqual([]);
  });

  test("finds single functions above the environment's ceilings", () => {
    const large = service(10, { timeoutSeconds: 61, memoryMb: 1025 });
    expect(problems([service(1), large], 1000, { ...ceilings, ...{ maxReservedConcurrency: 9 } })).toEqual([
      "services.1.function.timeoutSeconds is above the environment's limit of 60; use at most that value, or raise spendGuard.limits.maxTimeoutSeconds",
      "services.1.function.memoryMb is above the environment's limit of 1024; use at most that value, or raise spendGuard.limits.maxMemoryMb",
      "services.1.function.reservedConcurrency is above the environment's limit of 9; use at most that value, or raise spendGuard.limits.maxReservedConcurrency",
    ]);
    expect(problems([service(10, { timeoutSeconds: 60, memoryMb: 1024 })])).toEqual([]);
  });
});
