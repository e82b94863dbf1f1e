import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeploymentStack } from "../../../modules/core";
import {
  leastVisibilitySeconds,
  MessageQueue,
  type MessageQueueProps,
  QueueConsumer,
  type QueueConsumerInput,
} from "../../../modules/message-queue";
import { ref, type Synthesized, synth } from "../../support/synth";
import { everyOption, functionIn, key } from "./every-option";

const alarms = { topicArn: (region: string) => `arn:aws:sns:${region}:111111111111:alerts` };
const make = (stack: DeploymentStack, props: Partial<MessageQueueProps> = {}) =>
  new MessageQueue(stack, "jobs", { config: {}, name: "test-jobs", region: "eu-west-1", key, ...props });
const built = (props?: Partial<MessageQueueProps>) => synth((stack) => void make(stack, props));
const consumed = (
  config: Partial<QueueConsumerInput>,
  props: Partial<MessageQueueProps> = {},
  granted?: (action: string) => void,
) =>
  synth((stack) => {
    const queue = make(stack, { leastVisibilitySeconds: 120, ...props });
    const idempotency = { table: "handled-events" };
    new QueueConsumer(stack, "take", { config: { idempotency, ...config }, queue, target: functionIn(queue, granted) });
  });
const json = (value: unknown) => JSON.parse(String(value));
const policyOf = ({ at }: Synthesized, name: string) => json(at(`aws_sqs_queue_policy.jobs_${name}`).policy).Statement;

describe("MessageQueue", () => {
  test("is encrypted with the key of its region, and so are its dead letters, which are kept longer", () => {
    const { at } = built({ region: "eu-central-1" });
    const encrypted = { provider: "aws.eu-central-1", kms_master_key_id: key.arnIn("eu-central-1") };
    expect(at("aws_sqs_queue.jobs_queue")).toMatchObject({
      ...encrypted,
      name: "test-jobs-messages",
      message_retention_seconds: 345_600,
      visibility_timeout_seconds: 30,
    });
    expect(at("aws_sqs_queue.jobs_failed")).toMatchObject({
      ...encrypted,
      name: "test-jobs-messages-failed",
      message_retention_seconds: 1_209_600,
    });
  });

  test("gives a message up after five attempts, to dead letters that take those of no other queue", () => {
    const { at } = built();
    expect(json(at("aws_sqs_queue.jobs_queue").redrive_policy)).toEqual({
      deadLetterTargetArn: ref("aws_sqs_queue.jobs_failed.arn"),
      maxReceiveCount: 5,
    });
    expect(json(at("aws_sqs_queue_redrive_allow_policy.jobs_redrive-allow").redrive_allow_policy)).toEqual({
      redrivePermission: "byQueue",
      sourceQueueArns: [ref("aws_sqs_queue.jobs_queue.arn")],
    });
  });

  test("is a FIFO queue with FIFO dead letters, by their names and arguments", () => {
    const { at } = built({ config: { fifo: { contentBasedDeduplication: true } } });
    const fifo = { fifo_queue: true, content_based_deduplication: true, deduplication_scope: "queue" };
    expect(at("aws_sqs_queue.jobs_queue")).toMatchObject({ ...fifo, name: "test-jobs-messages.fifo" });
    expect(at("aws_sqs_queue.jobs_failed")).toMatchObject({ ...fifo, name: "test-jobs-messages-failed.fifo" });
  });

  test("denies requests without TLS, and lets a service send for one resource only", () => {
    const result = synth((stack) => {
      make(stack).allowSend("event-placed", "events.amazonaws.com", "arn:aws:events:eu-west-1:111111111111:rule/a/b");
    });
    expect(policyOf(result, "failed-policy")).toMatchObject([{ Sid: "RefusePlainHttp", Effect: "Deny" }]);
    expect(policyOf(result, "queue-policy")).toMatchObject([
      {
        Sid: "SendEventPlaced",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:events:eu-west-1:111111111111:rule/a/b" } },
      },
      { Sid: "RefusePlainHttp" },
    ]);
  });

  test("has alarms on waiting messages where they are read, and on dead letters everywhere", () => {
    const names = (result: Synthesized) =>
      Object.values(result.resource.aws_cloudwatch_metric_alarm ?? {}).map(({ alarm_name }) => alarm_name);
    expect(names(built({ alarms }))).toEqual([
      "test-jobs-messages-failed-age",
      "test-jobs-messages-age",
      "test-jobs-messages-failed-visible",
    ]);
    expect(names(built({ alarms, consumed: false }))).not.toContain("test-jobs-messages-age");
    expect(names(built())).toEqual([]);
  });

  test("lets senders send, and encrypt with its key through SQS", () => {
    const granted: string[] = [];
    synth((stack) =>
      make(stack).grantSend({ region: "eu-west-1", addToRolePolicy: ({ actions }) => granted.push(...actions) }),
    );
    expect(granted).toEqual(["sqs:SendMessage", "sqs encrypt-decrypt"]);
  });

  const refused: [string, Partial<MessageQueueProps>, string][] = [
    [
      "messages that outlive their dead letters",
      { config: { messageRetentionSeconds: 1_209_600 } },
      "at most 1123200 s",
    ],
    [
      "messages that the provider refuses",
      { config: { maxMessageBytes: 1_048_576 } },
      "keep larger messages in a bucket",
    ],
    [
      "high throughput without groups",
      { config: { fifo: { throughputLimit: "perMessageGroupId" } } },
      "needs deduplicationScope messageGroup",
    ],
    ["a name that no queue can have", { name: "n".repeat(70) }, "allows at most 80"],
  ];
  test.each(refused)("refuses %s", (_, props, message) => expect(() => built(props)).toThrow(message));
});

describe("QueueConsumer", () => {
  test("maps the queue to the alias, with partial answers, after the policy of the role", () => {
    const granted: string[] = [];
    const { at } = consumed({}, {}, (action) => granted.push(action));
    expect(at("aws_lambda_event_source_mapping.take_mapping")).toMatchObject({
      event_source_arn: ref("aws_sqs_queue.jobs_queue.arn"),
      function_name: expect.stringMatching(/:live$/),
      enabled: true,
      batch_size: 10,
      function_response_types: ["ReportBatchItemFailures"],
      scaling_config: { maximum_concurrency: 10 },
      depends_on: ["aws_sqs_queue_policy.jobs_queue-policy"],
    });
    expect(granted.sort()).toEqual([
      "sqs decrypt",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage",
    ]);
  });

  test("is there but off in a region that does not read the queue", () => {
    const enabled = Object.entries(synth(everyOption).resource.aws_lambda_event_source_mapping ?? {}).map(
      ([name, mapping]) => [name, mapping.enabled],
    );
    expect(Object.fromEntries(enabled)).toEqual({
      "take-standard-eu-west-1_mapping": true,
      "take-standard-eu-central-1_mapping": false,
      "take-fifo-eu-west-1_mapping": false,
      "take-fifo-eu-central-1_mapping": false,
    });
  });

  test("passes filters on as texts", () => {
    const { at } = consumed({ filterPatterns: [{ body: { type: ["placed"] } }] });
    expect(at("aws_lambda_event_source_mapping.take_mapping").filter_criteria).toEqual({
      filter: [{ pattern: '{"body":{"type":["placed"]}}' }],
    });
  });

  test("counts events where it is asked to", () => {
    const metrics = (config: Partial<QueueConsumerInput>) =>
      consumed(config).at("aws_lambda_event_source_mapping.take_mapping").metrics_config;
    expect([metrics({}), metrics({ eventCountMetrics: true })]).toEqual([undefined, { metrics: ["EventCount"] }]);
  });

  test("wants a message hidden for six times the timeout, and the window", () => {
    expect(leastVisibilitySeconds(30, 20)).toBe(200);
  });

  const fifo: Partial<MessageQueueProps> = { config: { fifo: {} } };
  const refused: [string, Partial<QueueConsumerInput>, Partial<MessageQueueProps>, string][] = [
    ["a large batch without a window", { batchSize: 11 }, {}, "batchSize: is above 10 without a window"],
    [
      "a window of a FIFO queue",
      { batchingWindowSeconds: 1 },
      { ...fifo, leastVisibilitySeconds: 121 },
      "is a FIFO queue",
    ],
    ["messages that come again too soon", {}, { leastVisibilitySeconds: 119 }, "hides messages for 119 s"],
    [
      "a filter of what no message has",
      { filterPatterns: [{ detail: { a: ["b"] } }] },
      {},
      "is not a field of a message",
    ],
    ["a filter that compares with a text", { filterPatterns: [{ body: { a: "b" } }] }, {}, "filterPatterns[0].body.a"],
    ["one invocation at a time", { maximumConcurrency: 1 }, {}, "use at least 2"],
    ["no idempotency", { idempotency: {} }, {}, "idempotency.table: is required, as SQS delivers at least once"],
    [
      "idempotency twice",
      { idempotency: { table: "handled", reason: "it is written over, so twice is once" } },
      {},
      "idempotency.reason: has no effect beside table",
    ],
  ];
  test.each(refused)("refuses %s", (_, config, props, message) => {
    expect(() => consumed(config, props)).toThrow(message);
  });

  test("refuses a queue of another region", () => {
    expect(() =>
      synth((stack) => {
        const queue = make(stack, { leastVisibilitySeconds: 120 });
        const target = { ...functionIn(queue), region: "eu-central-1" };
        new QueueConsumer(stack, "take", { config: { idempotency: { table: "handled" } }, queue, target });
      }),
    ).toThrow("is in eu-west-1, the function in eu-central-1");
  });

  test("has an example that is shown in the README", () => {
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    const readme = readFileSync(join(__dirname, "../../../modules/message-queue/README.md"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
  });
});
