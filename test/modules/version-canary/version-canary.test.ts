import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AlarmTarget, DeploymentStack, Grantee, RegionalKey } from "../../../modules/core";
import { VersionCanary, type VersionCanaryInput, type VersionCanaryProps } from "../../../modules/version-canary";
import { grantsIn, ref, synth } from "../../support/synth";
import { everyOption } from "./every-option";
import { build as example } from "./example";

const account = "123456789012";
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1`,
  grantUse: () => undefined,
};
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };
const parameterArn = `arn:aws:ssm:eu-west-1:${account}:parameter/canaries/test-ledger/share-percent`;

function canary(stack: DeploymentStack, props: Partial<VersionCanaryProps> = {}): VersionCanary {
  return new VersionCanary(stack, "canary", {
    config: {},
    name: "test-ledger",
    environment: "test",
    subject: "test-ledger/app",
    region: "eu-west-1",
    account,
    key,
    tracing: false,
    deadLetters: false,
    ...props,
  });
}

describe("VersionCanary", () => {
  const { at, addresses } = synth((stack) => canary(stack, { alarms }));
  const share = at("aws_ssm_parameter.canary_share");

  test("begins with all of the traffic on the one version there is, and never puts the share back", () => {
    expect(share).toMatchObject({
      provider: "aws.eu-west-1",
      name: "/canaries/test-ledger/share-percent",
      type: "String",
      insecure_value: "100",
      lifecycle: { ignore_changes: ["insecure_value", "value"] },
    });
  });

  test.each([
    ["0", true],
    ["9", true],
    ["10", true],
    ["100", true],
    ["101", false],
    ["010", false],
    ["-1", false],
    ["10 %", false],
    ["0.1", false],
  ])("takes %j for a share set by hand: %p", (text, taken) => {
    expect(new RegExp(share.allowed_pattern as string).test(text)).toBe(taken);
  });

  test("has an alarm on failures of the new version, for which no traffic is no failure", () => {
    expect(at("aws_cloudwatch_metric_alarm.canary_failures")).toMatchObject({
      alarm_name: "test-ledger-canary-failures",
      namespace: "Evenkeel/Secrets",
      metric_name: "CanaryFailures",
      dimensions: { Name: "test-ledger/app", Version: "new" },
      statistic: "Sum",
      period: 60,
      evaluation_periods: 1,
      comparison_operator: "GreaterThanOrEqualToThreshold",
      threshold: 5,
      treat_missing_data: "notBreaching",
      alarm_actions: [`arn:aws:sns:eu-west-1:${account}:alerts`],
    });
  });

  test("rolls back without anybody to tell", () => {
    const silent = synth((stack) => canary(stack));
    expect(silent.at("aws_cloudwatch_metric_alarm.canary_failures").alarm_actions).toBeUndefined();
    expect(silent.addresses).toContain("aws_cloudwatch_event_target.canary_alarm-target");
  });

  test("has exactly this alarm's ALARM invoke the function's alias", () => {
    const rule = at("aws_cloudwatch_event_rule.canary_alarm-rule");
    expect(JSON.parse(rule.event_pattern as string)).toEqual({
      source: ["aws.cloudwatch"],
      "detail-type": ["CloudWatch Alarm State Change"],
      resources: [ref("aws_cloudwatch_metric_alarm.canary_failures.arn")],
      detail: { state: { value: ["ALARM"] } },
    });
    expect(at("aws_cloudwatch_event_target.canary_alarm-target")).toMatchObject({
      rule: ref("aws_cloudwatch_event_rule.canary_alarm-rule.name"),
      arn: ref("aws_lambda_alias.canary_function_alias.arn"),
    });
    expect(at("aws_lambda_permission.canary_function_invoke-alarm")).toMatchObject({
      qualifier: ref("aws_lambda_alias.canary_function_alias.name"),
      principal: "events.amazonaws.com",
      source_arn: ref("aws_cloudwatch_event_rule.canary_alarm-rule.arn"),
    });
  });

  test("looks on a schedule whether the bake time is over", () => {
    expect(at("aws_cloudwatch_event_rule.canary_schedule").schedule_expression).toBe("rate(5 minutes)");
    expect(at("aws_cloudwatch_event_target.canary_schedule-target")).toMatchObject({
      arn: ref("aws_lambda_alias.canary_function_alias.arn"),
      input: JSON.stringify({ action: "advance" }),
    });
    const every = synth((stack) => canary(stack, { config: { advanceEveryMinutes: 1 } }));
    expect(every.at("aws_cloudwatch_event_rule.canary_schedule").schedule_expression).toBe("rate(1 minute)");
  });

  test("has a function that runs once at a time, and knows the share, the alarm and the bake time", () => {
    const lambda = at("aws_lambda_function.canary_function_function");
    expect(lambda).toMatchObject({
      function_name: "test-ledger-canary",
      reserved_concurrent_executions: 1,
      environment: {
        variables: {
          ALARM_NAME: "test-ledger-canary-failures",
          BAKE_MINUTES: "60",
          ENVIRONMENT: "test",
          SERVICE_NAME: "test-ledger-canary",
          SHARE_PARAMETER: "/canaries/test-ledger/share-percent",
        },
      },
    });
  });

  test("lets its function use this parameter and see this alarm, and nothing else but its own logs", () => {
    const policy = at("aws_iam_role_policy.canary_function_execution_policy").policy as string;
    const { Statement } = JSON.parse(policy) as { Statement: { Action: unknown; Resource: unknown }[] };
    expect(Statement.slice(1).map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [["ssm:GetParameter", "ssm:PutParameter"], parameterArn],
      ["cloudwatch:DescribeAlarms", ref("aws_cloudwatch_metric_alarm.canary_failures.arn")],
    ]);
    expect(Statement[0]?.Action).toEqual(["logs:CreateLogStream", "logs:PutLogEvents"]);
  });

  test("lets a function of its region follow the share, without setting it", () => {
    const path = `arn:aws:ssm:eu-west-1:${account}:parameter/canaries/test-ledger`;
    expect(grantsIn("eu-west-1", (stack, reader) => canary(stack).grantRead(reader))).toEqual([
      { actions: ["ssm:GetParametersByPath"], resources: [path, `${path}/*`] },
    ]);
  });

  test("lets a rotation function of another region begin it", () => {
    expect(grantsIn("eu-central-1", (stack, rotator) => canary(stack).grantMove(rotator))).toEqual([
      { actions: ["ssm:GetParameter", "ssm:PutParameter"], resources: [parameterArn] },
    ]);
  });

  test("keeps its addresses", () => {
    const own = synth(everyOption).addresses.filter((address) => !/_function_(?!alias|invoke)/.test(address));
    expect(own).toEqual(
      ["full", "least"]
        .flatMap((id) => [
          `aws_cloudwatch_event_rule.${id}_alarm-rule`,
          `aws_cloudwatch_event_rule.${id}_schedule`,
          `aws_cloudwatch_event_target.${id}_alarm-target`,
          `aws_cloudwatch_event_target.${id}_schedule-target`,
          `aws_cloudwatch_metric_alarm.${id}_failures`,
          `aws_lambda_alias.${id}_function_alias`,
          `aws_lambda_permission.${id}_function_invoke-alarm`,
          `aws_lambda_permission.${id}_function_invoke-schedule`,
          `aws_ssm_parameter.${id}_share`,
        ])
        .sort(),
    );
    expect(addresses).toContain("aws_lambda_function.canary_function_function");
  });

  describe("refuses", () => {
    const configs: [string, object, string][] = [
      ["a first step of nothing", { stepPercent: 0 }, "stepPercent: is too small; use at least 1 (received 0)"],
      ["a first step of everything", { stepPercent: 100 }, "stepPercent: is too large; use at most 99 (received 100)"],
      [
        "a bake time that ends before the alarm could go off",
        { bakeMinutes: 6, periodSeconds: 120 },
        "bakeMinutes: is too short for the alarm to fire: functions cache a version for 5 minutes, and then the alarm evaluates 120 s; use at least 7 minutes (received 6)",
      ],
      [
        "looks that are rarer than the bake time is long",
        { bakeMinutes: 10, advanceEveryMinutes: 15 },
        "advanceEveryMinutes: is above bakeMinutes, 10; use at most that value (received 15)",
      ],
      ["an alarm that is always on", { failures: 0 }, "failures: is too small; use at least 1 (received 0)"],
      [
        "a period that CloudWatch does not take",
        { periodSeconds: 90 },
        "periodSeconds: is not a multiple of 60; use a multiple of 60 (received 90)",
      ],
      [
        "a field that does not exist",
        { stepPercentage: 10 },
        'stepPercentage: unknown field; did you mean "stepPercent"?',
      ],
    ];
    test.each(configs)("%s", (_, config, message) => {
      expect(() => synth((stack) => canary(stack, { config: config as VersionCanaryInput }))).toThrow(message);
    });

    test("a name that is part of no path", () => {
      expect(() => synth((stack) => canary(stack, { name: "test/ledger" }))).toThrow(
        "is not kebab-case; use lower-case",
      );
    });

    test("a reader of another region, whose share is another one", () => {
      const reader: Grantee = { region: "eu-central-1", addToRolePolicy: () => undefined };
      expect(() => synth((stack) => canary(stack).grantRead(reader))).toThrow(
        'test/canary: holds the share of "eu-west-1", which a function in "eu-central-1" must not use; create a VersionCanary for each region',
      );
    });
  });

  test("is shown in its README by an example that compiles and builds", () => {
    const readme = readFileSync(join(__dirname, "../../../modules/version-canary/README.md"), "utf8");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
    const grantee: Grantee = { region: "eu-west-1", addToRolePolicy: () => undefined };
    const built = synth((stack) => example(stack, key, alarms, grantee, grantee));
    expect(built.addresses).toContain("aws_ssm_parameter.ledger-canary_share");
  });
});
