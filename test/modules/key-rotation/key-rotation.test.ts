import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeploymentStack } from "../../../modules/core";
import { EncryptionKey } from "../../../modules/encryption-key";
import { KeyRotation, type KeyRotationInput, type KeyRotationProps } from "../../../modules/key-rotation";
import { ref, synth } from "../../support/synth";
import { everyOption } from "./every-option";
import { build as example } from "./example";

const account = "123456789012";
const alarms = { topicArn: (region: string) => `arn:aws:sns:${region}:${account}:alerts` };

function encryptionKey(stack: DeploymentStack, name: string): EncryptionKey {
  return new EncryptionKey(stack, name, {
    config: {},
    name: `test-${name}`,
    account,
    home: "eu-west-1",
    replicas: ["eu-central-1"],
    users: ["logs", "lambda", "sqs"],
  });
}

function rotation(stack: DeploymentStack, props: Partial<KeyRotationProps> = {}): KeyRotation {
  const [data, logs] = ["data", "logs"].map((name) => encryptionKey(stack, name)) as [EncryptionKey, EncryptionKey];
  const home = "eu-west-1";
  return new KeyRotation(stack, "rotation", {
    config: {},
    name: "test-key-rotation",
    environment: "test",
    region: home,
    account,
    keys: [
      { id: "data", name: "test-data", arn: data.arnIn(home), rotationPeriodDays: 180 },
      { id: "logs", name: "test-logs", arn: logs.arnIn(home), rotationPeriodDays: 365 },
    ],
    key: logs,
    tracing: false,
    deadLetters: false,
    alarms,
    ...props,
  });
}

const arns = [ref("aws_kms_key.data_primary.arn"), ref("aws_kms_key.logs_primary.arn")];

describe("KeyRotation", () => {
  const { at, addresses } = synth((stack) => rotation(stack));

  test("keeps its addresses", () => {
    expect(synth(everyOption).addresses.filter((address) => address.includes(".full_"))).toEqual([
      "aws_cloudwatch_event_rule.full_evidence_calls",
      "aws_cloudwatch_event_rule.full_evidence_rotations",
      "aws_cloudwatch_event_rule.full_schedule",
      "aws_cloudwatch_event_target.full_evidence_calls-log",
      "aws_cloudwatch_event_target.full_evidence_rotations-log",
      "aws_cloudwatch_event_target.full_schedule-target",
      "aws_cloudwatch_log_group.full_evidence_log-group",
      "aws_cloudwatch_log_group.full_function_log-group",
      "aws_cloudwatch_log_resource_policy.full_evidence_policy",
      "aws_cloudwatch_metric_alarm.full_function_answers-too-large-alarm",
      "aws_cloudwatch_metric_alarm.full_function_dead-letters_age-alarm",
      "aws_cloudwatch_metric_alarm.full_function_dead-letters_visible-alarm",
      "aws_cloudwatch_metric_alarm.full_function_duration-alarm",
      "aws_cloudwatch_metric_alarm.full_function_errors-alarm",
      "aws_cloudwatch_metric_alarm.full_function_out-of-time-alarm",
      "aws_cloudwatch_metric_alarm.full_function_throttles-alarm",
      "aws_cloudwatch_metric_alarm.full_off-data",
      "aws_cloudwatch_metric_alarm.full_off-logs",
      "aws_cloudwatch_metric_alarm.full_overdue-data",
      "aws_cloudwatch_metric_alarm.full_overdue-logs",
      "aws_iam_role.full_function_execution_role",
      "aws_iam_role_policy.full_function_execution_policy",
      "aws_lambda_alias.full_function_alias",
      "aws_lambda_function.full_function_function",
      "aws_lambda_function_event_invoke_config.full_function_async-invoke",
      "aws_lambda_permission.full_function_invoke-schedule",
      "aws_sqs_queue.full_function_dead-letters_failed-events",
      "aws_sqs_queue_policy.full_function_dead-letters_queue-policy",
    ]);
  });

  test("may rotate and ask about exactly its keys, and never use them", () => {
    const { policy } = at("aws_iam_role_policy.rotation_function_execution_policy");
    const { Statement } = JSON.parse(policy as string) as { Statement: { Sid?: string; Action: string | string[] }[] };
    expect(Statement.find(({ Sid }) => Sid === "RotateKeys")).toEqual({
      Sid: "RotateKeys",
      Effect: "Allow",
      Action: ["kms:DescribeKey", "kms:GetKeyRotationStatus", "kms:ListKeyRotations", "kms:RotateKeyOnDemand"],
      Resource: arns,
    });
    const direct = Statement.filter((statement) => !("Condition" in statement)).flatMap(({ Action }) => Action);
    expect(direct.filter((action) => /kms:(Decrypt|Encrypt|Generate|Put|Schedule|Create)/.test(action))).toEqual([]);
  });

  test("tells the function its keys by the names of their aliases", () => {
    const { environment } = at("aws_lambda_function.rotation_function_function");
    expect((environment as { variables: object }).variables).toMatchObject({
      KEYS: `test-data=${arns[0]} test-logs=${arns[1]}`,
      PAUSE_MINUTES: "60",
      ENVIRONMENT: "test",
    });
  });

  test("measures once a day, by the function's alias", () => {
    expect(at("aws_cloudwatch_event_rule.rotation_schedule").schedule_expression).toBe("rate(1 day)");
    expect(at("aws_cloudwatch_event_target.rotation_schedule-target")).toMatchObject({
      arn: ref("aws_lambda_alias.rotation_function_alias.arn"),
      input: '{"action":"check"}',
    });
    expect(at("aws_lambda_permission.rotation_function_invoke-schedule")).toMatchObject({
      principal: "events.amazonaws.com",
      source_arn: ref("aws_cloudwatch_event_rule.rotation_schedule.arn"),
      qualifier: ref("aws_lambda_alias.rotation_function_alias.name"),
    });
  });

  test.each([
    ["data", 187],
    ["logs", 372],
  ])("reports the key %s as overdue after its own period and the grace", (key, days) => {
    expect(at(`aws_cloudwatch_metric_alarm.rotation_overdue-${key}`)).toMatchObject({
      namespace: "Evenkeel/Keys",
      metric_name: "DaysSinceRotation",
      dimensions: { Key: `test-${key}` },
      statistic: "Maximum",
      comparison_operator: "GreaterThanThreshold",
      threshold: days,
      alarm_actions: [alarms.topicArn("eu-west-1")],
    });
  });

  test("reports a key whose rotation is off", () => {
    expect(at("aws_cloudwatch_metric_alarm.rotation_off-data")).toMatchObject({
      metric_name: "RotationEnabled",
      dimensions: { Key: "test-data" },
      statistic: "Minimum",
      comparison_operator: "LessThanThreshold",
      threshold: 1,
    });
  });

  test("has no alarms without a topic", () => {
    const without = synth((stack) => rotation(stack, { alarms: undefined })).addresses;
    expect(addresses.some((address) => address.startsWith("aws_cloudwatch_metric_alarm."))).toBe(true);
    expect(without.filter((address) => address.startsWith("aws_cloudwatch_metric_alarm."))).toEqual([]);
  });

  describe("evidence", () => {
    test("is KMS's event of each rotation of these keys, and who asked for it", () => {
      const pattern = (rule: string) =>
        JSON.parse(at(`aws_cloudwatch_event_rule.rotation_evidence_${rule}`).event_pattern as string);
      expect(pattern("rotations")).toEqual({
        source: ["aws.kms"],
        "detail-type": ["KMS CMK Rotation"],
        resources: arns,
      });
      expect(pattern("calls").detail).toEqual({
        eventSource: ["kms.amazonaws.com"],
        eventName: ["RotateKeyOnDemand", "EnableKeyRotation", "DisableKeyRotation"],
        resources: { ARN: arns },
      });
    });

    test("is kept encrypted, for at least a year", () => {
      expect(at("aws_cloudwatch_log_group.rotation_evidence_log-group")).toMatchObject({
        name: "/aws/events/test-key-rotation",
        retention_in_days: 731,
        kms_key_id: arns[1],
      });
      expect(at("aws_cloudwatch_log_group.rotation_function_log-group").retention_in_days).toBe(731);
    });

    test("is written by these rules of EventBridge alone, which wait for the permission", () => {
      const { policy_document: text } = at("aws_cloudwatch_log_resource_policy.rotation_evidence_policy");
      const { Statement } = JSON.parse(text as string) as { Statement: unknown[] };
      const resource = `arn:aws:logs:eu-west-1:${account}:log-group:/aws/events/test-key-rotation:*`;
      expect(Statement).toMatchObject([
        { Action: "logs:CreateLogStream", Resource: resource },
        {
          Action: "logs:PutLogEvents",
          Resource: resource,
          Condition: {
            ArnEquals: {
              "aws:SourceArn": ["rotations", "calls"].map((rule) =>
                ref(`aws_cloudwatch_event_rule.rotation_evidence_${rule}.arn`),
              ),
            },
          },
        },
      ]);
      for (const rule of ["rotations", "calls"]) {
        expect(at(`aws_cloudwatch_event_target.rotation_evidence_${rule}-log`)).toMatchObject({
          arn: ref("aws_cloudwatch_log_group.rotation_evidence_log-group.arn"),
          depends_on: ["aws_cloudwatch_log_resource_policy.rotation_evidence_policy"],
        });
      }
    });
  });

  describe("refuses", () => {
    const configs: [string, KeyRotationInput | object, string][] = [
      [
        "evidence that is gone within a year",
        { evidenceRetentionDays: 180 },
        "evidenceRetentionDays: is less than a year; use at least 365 days, because auditors often ask for evidence later (received 180)",
      ],
      ["no grace", { graceDays: 0 }, "graceDays: is too small; use at least 1 (received 0)"],
      ["no pause", { pauseMinutes: 0 }, "pauseMinutes: is too small; use at least 1 (received 0)"],
      ["a field that does not exist", { grace: 7 }, "grace: unknown field"],
    ];
    test.each(configs)("%s", (_, config, message) => {
      expect(() => synth((stack) => rotation(stack, { config: config as KeyRotationInput }))).toThrow(message);
    });

    const arn = "arn:aws:kms:eu-west-1:123456789012:key/mrk-1";
    const one = { id: "data", name: "test-data", arn, rotationPeriodDays: 90 };
    const props: [string, Partial<KeyRotationProps>, string][] = [
      ["no key", { keys: [] }, "test/rotation: has no key to rotate; pass at least one"],
      ["two keys of one id", { keys: [one, one] }, 'has two keys "data"; give each key its own id'],
      ["a name with spaces", { keys: [{ ...one, name: "a b" }] }, '"a b" is not a valid alias name'],
      ["a name too long for its rules", { name: "k".repeat(60) }, "characters, but AWS allows at most 64"],
    ];
    test.each(props)("%s", (_, wrong, message) => {
      expect(() => synth((stack) => rotation(stack, wrong))).toThrow(message);
    });
  });

  test("is shown in its README by an example that compiles and builds", () => {
    const readme = readFileSync(join(__dirname, "../../../modules/key-rotation/README.md"), "utf8");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
    const built = synth((stack) => example(stack, encryptionKey(stack, "data"), encryptionKey(stack, "logs"), alarms));
    expect(built.addresses).toContain("aws_lambda_function.key-rotation_function_function");
  });
});
