import type { ObjectValue } from "../../../simulator/protocol/values";
import { account, home, standby, TestCloud } from "./cloud";

const queue = (name: string, more: ObjectValue = {}): ObjectValue => ({
  id: `https://sqs.${home}.amazonaws.com/${account}/${name}`,
  name,
  arn: `arn:aws:sqs:${home}:${account}:${name}`,
  ...more,
});
const topic = (name: string, more: ObjectValue = {}): ObjectValue => ({
  name,
  arn: `arn:aws:sns:${home}:${account}:${name}`,
  ...more,
});
const redrive = (name: string, region = home): ObjectValue => ({
  redrive_policy: JSON.stringify({
    deadLetterTargetArn: `arn:aws:sqs:${region}:${account}:${name}`,
    maxReceiveCount: 5,
  }),
});

describe("SQS refuses", () => {
  test("a second queue of other attributes, naming the first that differs", () => {
    const cloud = new TestCloud().has("aws_sqs_queue", queue("orders", { visibility_timeout_seconds: 30 }));
    expect(cloud.creating("aws_sqs_queue", queue("orders", { visibility_timeout_seconds: 60 }))).toMatch(
      /^creating SQS Queue \(orders\): operation error SQS: CreateQueue, https response error StatusCode: 400, RequestID: …, QueueAlreadyExists: A queue already exists with the same name and a different value for attribute VisibilityTimeout\n/,
    );
  });

  test("no second queue of the same attributes, so the simulated cloud does", () => {
    const cloud = new TestCloud().has("aws_sqs_queue", queue("orders"));
    expect(cloud.creating("aws_sqs_queue", queue("orders"))).toMatch(
      /^creating SQS Queue \(orders\): AWS would accept this, and two resources would manage one thing/,
    );
    expect(cloud.in(standby).creating("aws_sqs_queue", queue("orders"))).toBe("");
  });

  test("a dead-letter queue that is not there, in another region, or of another kind", () => {
    const cloud = new TestCloud().has("aws_sqs_queue", queue("letters"));
    const creating = (more: ObjectValue) => cloud.creating("aws_sqs_queue", queue("orders", more));
    expect(creating(redrive("letters"))).toBe("");
    expect(creating(redrive("letter"))).toMatch(
      /api error InvalidParameterValue: .*Dead letter target does not exist\.$/,
    );
    expect(creating(redrive("letters", standby))).toContain("owner and region should be the same");
    expect(cloud.creating("aws_sqs_queue", queue("orders.fifo", redrive("letters")))).toContain(
      "Dead-letter queue must be same type of queue as the source.",
    );
  });

  test("a policy of a queue that is not there", () => {
    const cloud = new TestCloud().has("aws_sqs_queue", queue("orders"));
    const policy = (name: string) => cloud.creating("aws_sqs_queue_policy", { queue_url: String(queue(name).id) });
    expect(policy("orders")).toBe("");
    expect(policy("others")).toMatch(
      /^setting SQS Queue \(.*others\) attribute \(Policy\): operation error SQS: SetQueueAttributes, .* AWS.SimpleQueueService.NonExistentQueue: /,
    );
  });

  test("no key that is not there, and says so", () => {
    const cloud = new TestCloud();
    expect(cloud.creating("aws_sqs_queue", queue("orders", { kms_master_key_id: "alias/none" }))).toBe("");
    expect(cloud.warnings("aws_sqs_queue", queue("orders", { kms_master_key_id: "alias/none" }))).toEqual([
      "cannot encrypt its messages: the key alias/none is not there, which AWS does not check",
    ]);
    expect(cloud.warnings("aws_sqs_queue", queue("orders", { kms_master_key_id: "alias/aws/sqs" }))).toEqual([]);
  });
});

describe("SNS refuses", () => {
  test("a second topic of other tags alone", () => {
    const cloud = new TestCloud().has("aws_sns_topic", topic("alerts", { tags_all: { a: "1", b: "2" } }));
    expect(cloud.creating("aws_sns_topic", topic("alerts", { tags_all: { a: "2" } }))).toMatch(
      /InvalidParameter: Invalid parameter: Tags Reason: Topic already exists with different tags\n/,
    );
    expect(cloud.creating("aws_sns_topic", topic("alerts", { tags_all: { b: "2", a: "1" } }))).toContain(
      "two resources would manage one thing",
    );
  });

  test("a policy or subscription of a topic that is not there, or in another region", () => {
    const cloud = new TestCloud().has("aws_sns_topic", topic("alerts"));
    const subscribe = (name: string, region = cloud) =>
      region.creating("aws_sns_topic_subscription", {
        topic_arn: String(topic(name).arn),
        protocol: "email",
        endpoint: "a@example.com",
      });
    expect(subscribe("alerts")).toBe("");
    expect(subscribe("alert")).toMatch(
      /^creating SNS Topic Subscription: operation error SNS: Subscribe, https response error StatusCode: 404, RequestID: …, NotFound: Topic does not exist$/,
    );
    expect(subscribe("alerts", cloud.in(standby))).toContain("InvalidParameter: Invalid parameter: TopicArn");
    expect(cloud.creating("aws_sns_topic_policy", { arn: String(topic("alerts").arn) })).toBe("");
    expect(cloud.creating("aws_sns_topic_policy", { arn: String(topic("alert").arn) })).toMatch(
      /^setting SNS Topic \(.*:alert\) attribute \(Policy\): .* NotFound: Topic does not exist$/,
    );
  });

  test("a subscription of anything but queues to a FIFO topic, and of FIFO queues to others", () => {
    const cloud = new TestCloud().has("aws_sns_topic", topic("a.fifo")).has("aws_sns_topic", topic("b"));
    const subscribe = (name: string, protocol: string, endpoint: string) =>
      cloud.creating("aws_sns_topic_subscription", { topic_arn: String(topic(name).arn), protocol, endpoint });
    expect(subscribe("a.fifo", "sqs", String(queue("q.fifo").arn))).toBe("");
    expect(subscribe("a.fifo", "lambda", "arn:aws:lambda:eu-west-1:111122223333:function:f")).toContain(
      "Invalid protocol type: lambda",
    );
    expect(subscribe("b", "sqs", String(queue("q.fifo").arn))).toContain(
      "can not be subscribed to standard SNS topics",
    );
  });

  test("a second subscription of other attributes", () => {
    const given = { topic_arn: String(topic("b").arn), protocol: "email", endpoint: "a@example.com" };
    const cloud = new TestCloud().has("aws_sns_topic", topic("b")).has("aws_sns_topic_subscription", given);
    expect(cloud.creating("aws_sns_topic_subscription", { ...given, filter_policy: "{}" })).toContain(
      "Subscription already exists with different attributes",
    );
    expect(cloud.creating("aws_sns_topic_subscription", given)).toContain("two resources would manage one thing");
  });

  test("no queue that is not there, and says so", () => {
    const cloud = new TestCloud().has("aws_sqs_queue", queue("orders"));
    const given = (name: string) => ({
      topic_arn: String(topic("b").arn),
      protocol: "sqs",
      endpoint: String(queue(name).arn),
    });
    expect(cloud.warnings("aws_sns_topic_subscription", given("orders"))).toEqual([]);
    expect(cloud.warnings("aws_sns_topic_subscription", given("order"))).toEqual([
      "delivers nothing: arn:aws:sqs:eu-west-1:111122223333:order is not there, which AWS does not check",
    ]);
  });
});
