import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AlarmTarget, DeploymentStack, PolicyStatement, RegionalKey } from "../../../modules/core";
import { DeadLetterQueue, type DeadLetterQueueProps, standardQueue } from "../../../modules/dead-letter-queue";
import { grantsIn, ref, resolve, type Synthesized, synth } from "../../support/synth";
import { everyOption } from "./every-option";
import { build as example } from "./example";

const account = "123456789012";
const keyArn = `arn:aws:kms:eu-west-1:${account}:key/mrk-1`;
const key: RegionalKey = { arnIn: () => keyArn, grantUse: () => undefined };
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };
const sourceArn = `arn:aws:events:eu-west-1:${account}:event-bus/test-events`;
const noGrantee = { region: "eu-west-1", addToRolePolicy: () => undefined };

function deadLetters(stack: DeploymentStack, props: Partial<DeadLetterQueueProps> = {}): DeadLetterQueue {
  return new DeadLetterQueue(stack, "dead-letters", {
    config: {},
    name: "test-events",
    region: "eu-west-1",
    sender: { service: "events.amazonaws.com", sourceArn },
    alarmDescriptions: (queueName) => ({ visible: `look into ${queueName}`, age: `${queueName} is old` }),
    ...props,
  });
}

const built = (props: Partial<DeadLetterQueueProps> = {}) => synth((stack) => deadLetters(stack, props));
const statementsOf = ({ at }: Synthesized, address = "dead-letters_queue-policy") =>
  JSON.parse(String(at(`aws_sqs_queue_policy.${address}`).policy)).Statement;
const refusal = {
  Sid: "RefusePlainHttp",
  Effect: "Deny",
  Principal: "*",
  Action: "sqs:*",
  Resource: ref("aws_sqs_queue.dead-letters_queue.arn"),
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

describe("DeadLetterQueue", () => {
  test("keeps messages as long as SQS can, 14 days, in the region asked for", () => {
    expect(built({ region: "eu-central-1" }).at("aws_sqs_queue.dead-letters_queue")).toMatchObject({
      provider: "aws.eu-central-1",
      name: "test-events-dead-letters",
      message_retention_seconds: 1_209_600,
    });
  });

  test("lets a service send for one resource only, under the key of SQS and over TLS", () => {
    const result = built();
    const queue = result.at("aws_sqs_queue.dead-letters_queue");
    expect([queue.sqs_managed_sse_enabled, queue.kms_master_key_id]).toEqual([true, undefined]);
    expect(statementsOf(result)).toEqual([
      {
        Sid: "SendDeadLetters",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: ref("aws_sqs_queue.dead-letters_queue.arn"),
        Condition: { ArnEquals: { "aws:SourceArn": sourceArn } },
      },
      refusal,
    ]);
  });

  test("lets a role send by the role's own policy, under a key that it may use through SQS", () => {
    const used: unknown[] = [];
    const usedKey: RegionalKey = { ...key, grantUse: (grantee, service) => used.push(grantee.region, service) };
    const granted: PolicyStatement[] = grantsIn("eu-west-1", (stack, grantee) => {
      deadLetters(stack, { sender: { grantee, key: usedKey } });
    });
    expect(granted).toEqual([
      {
        sid: "SendDeadLetters",
        actions: ["sqs:SendMessage"],
        resources: [ref("aws_sqs_queue.dead-letters_queue.arn")],
      },
    ]);
    expect(used).toEqual(["eu-west-1", "sqs"]);

    const result = built({ sender: { grantee: noGrantee, key } });
    const queue = result.at("aws_sqs_queue.dead-letters_queue");
    expect([queue.sqs_managed_sse_enabled, queue.kms_master_key_id]).toEqual([undefined, keyArn]);
    expect(statementsOf(result)).toEqual([refusal]);
  });

  test("reports the first message at once, and the oldest when it has waited too long", () => {
    const { at, resource } = built({ alarms, config: { deadLetterAgeSeconds: 7200 } });
    const common = {
      namespace: "AWS/SQS",
      dimensions: { QueueName: "test-events-dead-letters" },
      statistic: "Maximum",
      comparison_operator: "GreaterThanThreshold",
      evaluation_periods: 1,
      alarm_actions: [`arn:aws:sns:eu-west-1:${account}:alerts`],
    };
    expect(at("aws_cloudwatch_metric_alarm.dead-letters_visible-alarm")).toMatchObject({
      ...common,
      alarm_name: "test-events-dead-letters-visible",
      alarm_description: "look into test-events-dead-letters",
      metric_name: "ApproximateNumberOfMessagesVisible",
      threshold: 0,
      period: 60,
    });
    expect(at("aws_cloudwatch_metric_alarm.dead-letters_age-alarm")).toMatchObject({
      ...common,
      alarm_name: "test-events-dead-letters-age",
      alarm_description: "test-events-dead-letters is old",
      metric_name: "ApproximateAgeOfOldestMessage",
      threshold: 7200,
      period: 300,
    });
    expect(Object.keys(resource.aws_cloudwatch_metric_alarm ?? {})).toHaveLength(2);
  });

  test("reminds after a day unless told otherwise, and has no alarm without a target", () => {
    expect(built({ alarms }).at("aws_cloudwatch_metric_alarm.dead-letters_age-alarm").threshold).toBe(86_400);
    expect(built().resource.aws_cloudwatch_metric_alarm).toBeUndefined();
  });

  test("ends its name in what it is for, and stands at the id that is asked for", () => {
    const { at } = synth((stack) => {
      const { queueName } = deadLetters(stack, { suffix: "failed-events", queueId: "failed-events" });
      expect(queueName).toBe("test-events-failed-events");
    });
    expect(at("aws_sqs_queue.dead-letters_failed-events").name).toBe("test-events-failed-events");
    expect(at("aws_sqs_queue_policy.dead-letters_queue-policy").queue_url).toBe(
      ref("aws_sqs_queue.dead-letters_failed-events.url"),
    );
  });

  test("hands out the queue, and the policy that has to exist before a service sends", () => {
    synth((stack) => {
      const { queueArn, queueName, policy } = deadLetters(stack);
      expect(resolve(stack, queueArn)).toBe(ref("aws_sqs_queue.dead-letters_queue.arn"));
      expect(queueName).toBe("test-events-dead-letters");
      expect(resolve(stack, policy.id)).toBe(ref("aws_sqs_queue_policy.dead-letters_queue-policy.id"));
    });
  });

  test("has these addresses, which are frozen", () => {
    const all = (id: string) => [`aws_sqs_queue.${id}queue`, `aws_sqs_queue_policy.${id}queue-policy`];
    const withAlarms = (id: string) => [
      ...all(id),
      `aws_cloudwatch_metric_alarm.${id}age-alarm`,
      `aws_cloudwatch_metric_alarm.${id}visible-alarm`,
    ];
    expect(synth(everyOption).addresses).toEqual(
      [
        ...withAlarms("events-eu-west-1_"),
        ...withAlarms("events-eu-central-1_"),
        ...all("function_"),
        ...all(""),
      ].sort(),
    );
  });

  describe("refuses", () => {
    const cases: [string, Partial<DeadLetterQueueProps>, string][] = [
      [
        "an age that no metric can tell",
        { config: { deadLetterAgeSeconds: 30 } },
        "deadLetterAgeSeconds: is too small; use at least 60 (received 30)",
      ],
      [
        "a field that does not exist",
        { config: { ageSeconds: 60 } as object },
        "test/dead-letters: 1 mistake\n  ageSeconds: unknown field; use one of deadLetterAgeSeconds",
      ],
      [
        "a name that no queue can have",
        { name: "n".repeat(68) },
        'test/dead-letters: the name "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn-dead-letters" has 81 characters, but AWS allows at most 80; shorten the name',
      ],
    ];
    test.each(cases)("%s", (_, props, message) => {
      expect(() => built(props)).toThrow(message);
    });
  });

  test("has an example that is built as the README shows it", () => {
    const topicArn = `arn:aws:sns:eu-west-1:${account}:invoices`;
    const result = synth((stack) => void example(stack, topicArn, alarms));
    expect(statementsOf(result)[0].Condition).toEqual({ ArnEquals: { "aws:SourceArn": topicArn } });
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    const readme = readFileSync(join(__dirname, "../../../modules/dead-letter-queue/README.md"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
  });
});

describe("standardQueue", () => {
  test("is the same queue for messages that are no dead letters, kept as long as asked for", () => {
    const result = synth((stack) => {
      const sender = { sid: "SendHeartbeats", service: "events.amazonaws.com", sourceArn };
      standardQueue(stack, { name: "test-heartbeat", region: "eu-west-1", messageRetentionSeconds: 60, sender });
    });
    expect(result.at("aws_sqs_queue.queue")).toMatchObject({
      name: "test-heartbeat",
      message_retention_seconds: 60,
      sqs_managed_sse_enabled: true,
    });
    expect(statementsOf(result, "queue-policy").map(({ Sid }: { Sid: string }) => Sid)).toEqual([
      "SendHeartbeats",
      "RefusePlainHttp",
    ]);
  });
});
