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

  const stops = {
    account: "123456789012",
    roles: [
      { service: "orders", roleArn: "arn:aws:iam::123456789012:role/services/test-orders-eu-west-1" },
      { service: "ledger", roleArn: "arn:aws:iam::123456789012:role/test-ledger-eu-west-1" },
    ],
  };

  test("asks at 150 % whether to deny functions what costs, and may attach that denial to their roles only", () => {
    const resource = guard({}, { stops, topicArn });
    const policy = resource.aws_iam_policy?.["guard_actions_stop-policy"] ?? {};
    const [denial] = JSON.parse(String(policy.policy)).Statement;
    expect(denial).toMatchObject({ Effect: "Deny", Resource: "*" });
    expect(denial.Action).toEqual(expect.arrayContaining(["dynamodb:PutItem", "events:PutEvents"]));
    expect(denial.Action).not.toContainEqual(expect.stringMatching(/^(logs|xray):|Get|Query/));
    const policyArn = `\${aws_iam_policy.guard_actions_stop-policy.arn}`;
    expect(resource.aws_budgets_budget_action?.["guard_actions_stop-action"]).toMatchObject({
      budget_name: `\${aws_budgets_budget.guard_budget.name}`,
      action_type: "APPLY_IAM_POLICY",
      approval_model: "MANUAL",
      notification_type: "ACTUAL",
      action_threshold: { action_threshold_type: "PERCENTAGE", action_threshold_value: 150 },
      definition: {
        iam_action_definition: {
          policy_arn: policyArn,
          roles: ["test-orders-eu-west-1", "test-ledger-eu-west-1"],
        },
      },
      subscriber: [
        { subscription_type: "EMAIL", address: "platform@example.com" },
        { subscription_type: "SNS", address: topicArn },
      ],
    });
    const role = resource.aws_iam_role_policy?.["guard_actions_stop-role_policy"];
    expect(JSON.parse(String(role?.policy)).Statement).toEqual([
      {
        Sid: "AttachDenial",
        Effect: "Allow",
        Action: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
        Resource: stops.roles.map(({ roleArn }) => roleArn),
        Condition: { ArnEquals: { "iam:PolicyARN": policyArn } },
      },
    ]);
    const trust = resource.aws_iam_role?.["guard_actions_stop-role_role"]?.assume_role_policy;
    expect(JSON.parse(String(trust)).Statement[0]).toMatchObject({
      Principal: { Service: "budgets.amazonaws.com" },
      Condition: {
        StringEquals: { "aws:SourceAccount": "123456789012" },
        ArnEquals: { "aws:SourceArn": `\${aws_budgets_budget.guard_budget.arn}` },
      },
    });
  });

  test("has no action without a function to stop, or when told so", () => {
    expect(guard()).not.toHaveProperty("aws_budgets_budget_action");
    expect(guard({}, { stops: { ...stops, roles: [] } })).not.toHaveProperty("aws_budgets_budget_action");
    expect(guard({ actions: [] }, { stops })).not.toHaveProperty("aws_budgets_budget_action");
  });

  test("refuses to stop what is not there", () => {
    const unknown = () => guard({ actions: [{ name: "stop", threshold: 100, services: ["carts"] }] }, { stops });
    expect(unknown).toThrow('the action "stop" stops "carts"; name services that are there: orders, ledger');
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
      "aws_budgets_budget_action.full_actions_ask-action",
      "aws_budgets_budget_action.full_actions_stop-orders-action",
      "aws_budgets_budget_action.least_actions_stop-action",
      "aws_ce_anomaly_monitor.full_anomalies_monitor",
      "aws_ce_anomaly_subscription.account_anomalies_daily",
      "aws_ce_anomaly_subscription.full_anomalies_daily",
      "aws_ce_anomaly_subscription.full_anomalies_immediate",
      ...["iam_policy", "iam_role", "iam_role_policy"].flatMap((type) =>
        ["full_actions_ask", "full_actions_stop-orders", "least_actions_stop"].map((id) => {
          const of = { iam_policy: "policy", iam_role: "role_role", iam_role_policy: "role_policy" }[type];
          return `aws_${type}.${id}-${of}`;
        }),
      ),
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
    [
      "actions",
      { actions: Array.from({ length: 6 }, (_, n) => ({ name: `stop-${n}`, threshold: 100 })) },
      "has 6 entries, but AWS Budgets allows 5; remove 1",
    ],
    [
      "actions[1].name",
      {
        actions: [
          { name: "stop", threshold: 100 },
          { name: "stop", threshold: 120 },
        ],
      },
      "is used twice; give each action its own name",
    ],
    [
      "actions[0].reason",
      { actions: [{ name: "stop", threshold: 100, approval: "AUTOMATIC" }] },
      "is missing: the action stops services without a person",
    ],
    [
      "actions[0].reason",
      { actions: [{ name: "stop", threshold: 100, reason: "We want it so" }] },
      "has no effect, as a person approves the action; remove it",
    ],
    [
      "actions[0].denies[0]",
      { actions: [{ name: "stop", threshold: 100, denies: ["PutItem"] }] },
      "is not an action of IAM; write it as dynamodb:PutItem",
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
