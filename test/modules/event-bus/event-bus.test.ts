import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import {
  EventBus,
  type EventBusInput,
  type EventBusProps,
  EventRule,
  type EventTarget,
} from "../../../modules/event-bus";
import { grantsIn, ref, synth } from "../../support/synth";
import { everyOption } from "./every-option";
import { build as example } from "./example";

const account = "123456789012";
const keyArn = (region: string) => `arn:aws:kms:${region}:${account}:key/mrk-1`;
const key: RegionalKey = { arnIn: keyArn, grantUse: () => undefined };
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };
const aliasArn = `arn:aws:lambda:eu-west-1:${account}:function:invoicing:live`;
const queueArn = `arn:aws:sqs:eu-west-1:${account}:audit`;
const toFunction = (arn = aliasArn): EventTarget => ({ aliasArn: arn, allowInvoke: () => undefined });
const toQueue = (arn = queueArn): EventTarget => ({ queueArn: arn, allowSend: () => undefined });
const eventPattern = { source: ["shop.orders"] };

function bus(stack: DeploymentStack, props: Partial<EventBusProps> = {}): EventBus {
  return new EventBus(stack, "events", {
    config: {},
    name: "test-events",
    region: "eu-west-1",
    account,
    key,
    deadLetters: false,
    ...props,
  });
}

const built = (props: Partial<EventBusProps> = {}) => synth((stack) => bus(stack, props));
const withRule = (rule: object, target = toFunction()): Partial<EventBusProps> => ({
  config: { rules: { invoicing: rule } } as EventBusInput,
  targets: { invoicing: target },
});

describe("EventBus", () => {
  test("is encrypted with the key of its region and archived from the first day", () => {
    const { at } = built();
    expect(at("aws_cloudwatch_event_bus.events_bus")).toMatchObject({
      provider: "aws.eu-west-1",
      name: "test-events",
      kms_key_identifier: keyArn("eu-west-1"),
    });
    expect(at("aws_cloudwatch_event_archive.events_archive")).toMatchObject({
      name: "test-events",
      event_source_arn: ref("aws_cloudwatch_event_bus.events_bus.arn"),
      retention_days: 30,
    });
  });

  test("leaves heartbeats out of the archive", () => {
    const { event_pattern } = built().at("aws_cloudwatch_event_archive.events_archive");
    expect(JSON.parse(String(event_pattern))).toEqual({ source: [{ "anything-but": ["evenkeel.heartbeat"] }] });
  });

  test("only gains resources with dead letters, alarms and rules: bus and archive keep name and source", () => {
    const before = built();
    const after = built({ ...withRule({ eventPattern }), deadLetters: true, alarms });
    expect(after.addresses).toEqual(expect.arrayContaining([...before.addresses]));
    const { dead_letter_config, depends_on, ...kept } = after.at("aws_cloudwatch_event_bus.events_bus");
    expect(kept).toEqual(before.at("aws_cloudwatch_event_bus.events_bus"));
    expect(after.at("aws_cloudwatch_event_archive.events_archive")).toEqual(
      before.at("aws_cloudwatch_event_archive.events_archive"),
    );
  });

  test("has no policy, so that only its own account publishes, unless other accounts are named with their sources", () => {
    expect(built().addresses).not.toContain("aws_cloudwatch_event_bus_policy.events_policy");
    const { policy } = built({
      config: { publisherAccounts: { "222222222222": { sources: ["partner.orders"] } } },
    }).at("aws_cloudwatch_event_bus_policy.events_policy");
    expect(JSON.parse(String(policy)).Statement).toEqual([
      {
        Sid: "Publisher222222222222",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::222222222222:root" },
        Action: "events:PutEvents",
        Resource: ref("aws_cloudwatch_event_bus.events_bus.arn"),
        Condition: { StringEquals: { "events:source": ["partner.orders"] } },
      },
    ]);
  });

  test("keeps what its key cannot open in a queue under another key, which the bus alone sends to", () => {
    const { at } = built({ deadLetters: true });
    expect(at("aws_cloudwatch_event_bus.events_bus")).toMatchObject({
      dead_letter_config: { arn: ref("aws_sqs_queue.events_dead-letters_queue.arn") },
      depends_on: ["aws_sqs_queue_policy.events_dead-letters_queue-policy"],
    });
    const queue = at("aws_sqs_queue.events_dead-letters_queue");
    expect(queue).toMatchObject({ sqs_managed_sse_enabled: true, message_retention_seconds: 1_209_600 });
    expect(queue.kms_master_key_id).toBeUndefined();
    const { policy } = at("aws_sqs_queue_policy.events_dead-letters_queue-policy");
    expect(JSON.parse(String(policy)).Statement[0]).toMatchObject({
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Condition: { ArnEquals: { "aws:SourceArn": `arn:aws:events:eu-west-1:${account}:event-bus/test-events` } },
    });
  });

  test("sends the events of a rule to its one target, with bounded retries", () => {
    const allowed: string[][] = [];
    const target: EventTarget = { aliasArn, allowInvoke: (...args) => void allowed.push(args) };
    const rule = { eventPattern, maximumRetryAttempts: 3, maximumEventAgeSeconds: 600, enabled: false };
    const { at } = built(withRule(rule, target));
    expect(at("aws_cloudwatch_event_rule.events_rule-invoicing_rule")).toMatchObject({
      name: "invoicing",
      event_bus_name: ref('element(split("/", aws_cloudwatch_event_bus.events_bus.arn), 1)'),
      event_pattern: JSON.stringify(eventPattern),
      state: "DISABLED",
    });
    expect(at("aws_cloudwatch_event_target.events_rule-invoicing_target")).toMatchObject({
      arn: aliasArn,
      retry_policy: { maximum_retry_attempts: 3, maximum_event_age_in_seconds: 600 },
    });
    expect(allowed).toEqual([["event-invoicing", "events.amazonaws.com", expect.anything()]]);
  });

  test("asks the owner of a queue to let its rule send", () => {
    const allowed: string[][] = [];
    const target: EventTarget = { queueArn, allowSend: (...args) => void allowed.push(args) };
    expect(
      built(withRule({ eventPattern }, target)).at("aws_cloudwatch_event_target.events_rule-invoicing_target"),
    ).toMatchObject({ arn: queueArn });
    expect(allowed).toEqual([["event-invoicing", "events.amazonaws.com", expect.anything()]]);
  });

  test("keeps dead letters for each rule apart, under another key too, which that rule alone sends to", () => {
    const { at } = built({ ...withRule({ eventPattern }), deadLetters: true });
    expect(at("aws_cloudwatch_event_target.events_rule-invoicing_target")).toMatchObject({
      dead_letter_config: { arn: ref("aws_sqs_queue.events_rule-invoicing_dead-letters_queue.arn") },
    });
    expect(at("aws_sqs_queue.events_rule-invoicing_dead-letters_queue")).toMatchObject({
      name: "test-events-invoicing-dead-letters",
      sqs_managed_sse_enabled: true,
    });
    const { policy } = at("aws_sqs_queue_policy.events_rule-invoicing_dead-letters_queue-policy");
    expect(JSON.parse(String(policy)).Statement[0].Condition).toEqual({
      ArnEquals: { "aws:SourceArn": ref("aws_cloudwatch_event_rule.events_rule-invoicing_rule.arn") },
    });
  });

  test("watches all rules of the bus at once, those that EventBridge replicates by included", () => {
    const { at } = built({ alarms });
    for (const [id, metric] of [
      ["failed-invocations", "FailedInvocations"],
      ["throttled-rules", "ThrottledRules"],
      ["lost-dead-letters", "InvocationsFailedToBeSentToDlq"],
    ]) {
      expect(at(`aws_cloudwatch_metric_alarm.events_alarms_${id}`)).toMatchObject({
        alarm_actions: [`arn:aws:sns:eu-west-1:${account}:alerts`],
        threshold: 1,
        metric_query: [
          {
            expression: `SELECT SUM(${metric}) FROM SCHEMA("AWS/Events", EventBusName, RuleName) WHERE EventBusName = 'test-events'`,
            return_data: true,
          },
        ],
      });
    }
  });

  test("reports dead letters, and when nobody takes care of them", () => {
    const config: EventBusInput = { alarmThresholds: { deadLetterAgeSeconds: 7200 } };
    const { at } = built({ deadLetters: true, alarms, config });
    expect(at("aws_cloudwatch_metric_alarm.events_dead-letters_visible-alarm")).toMatchObject({
      dimensions: { QueueName: "test-events-dead-letters" },
      metric_name: "ApproximateNumberOfMessagesVisible",
      threshold: 0,
    });
    expect(at("aws_cloudwatch_metric_alarm.events_dead-letters_age-alarm")).toMatchObject({ threshold: 7200 });
  });

  test("lets principals publish to it, under some sources only if asked", () => {
    const [any, some] = grantsIn("eu-west-1", (stack, grantee) => {
      const events = bus(stack);
      events.grantPublish(grantee);
      events.grantPublish(grantee, { sources: ["shop.orders"] });
    });
    const statement = {
      actions: ["events:PutEvents"],
      resources: [ref("aws_cloudwatch_event_bus.events_bus.arn")],
    };
    expect(any).toEqual(statement);
    expect(some).toEqual({ ...statement, conditions: { StringEquals: { "events:source": ["shop.orders"] } } });
  });

  test("hands out its rules by name", () => {
    synth((stack) => {
      const events = bus(stack, { ...withRule({ eventPattern }), deadLetters: true });
      expect(events.rule("invoicing").deadLetterQueueArn).toBeDefined();
      expect(() => events.rule("stock")).toThrow('test/events: has no rule "stock"; use one of invoicing');
    });
  });

  test("keeps its addresses", () => {
    expect(synth(everyOption).addresses).toEqual(expectedAddresses());
  });

  describe("refuses", () => {
    const tooLong = Array.from({ length: 100 }, (_, at) => `shop.orders.${String(at).padStart(20, "0")}`);
    const patterns: [string, object, string][] = [
      [
        "a pattern without a source",
        { "detail-type": ["OrderPlaced"] },
        "eventPattern.source: is required in a pattern; list the sources that the rule is for (received nothing)",
      ],
      [
        "a field that events do not have",
        { ...eventPattern, detailType: ["OrderPlaced"] },
        "eventPattern.detailType: is not a field of an event; use $or, account, detail, detail-type",
      ],
      [
        "a single value without a list",
        { source: "shop.orders" },
        "eventPattern.source: must be a list, even for one value; put it in square brackets",
      ],
      [
        "an empty list",
        { ...eventPattern, detail: { state: [] } },
        "eventPattern.detail.state: is an empty list and would match nothing; add a value or remove the field",
      ],
      [
        "an empty object",
        { ...eventPattern, detail: {} },
        "eventPattern.detail: is empty and would match nothing; add a field",
      ],
      [
        "a list within a list",
        { ...eventPattern, detail: { state: [["open"]] } },
        "eventPattern.detail.state[0]: is a list within a list; use one list of values",
      ],
      [
        "a comparison that does not exist",
        { ...eventPattern, detail: { state: [{ contains: "open" }] } },
        "eventPattern.detail.state[0]: is not a comparison; use an object with one of anything-but, cidr",
      ],
      [
        "an alternative that is no object",
        { ...eventPattern, $or: ["shop", { source: ["shop"] }] },
        "eventPattern.$or[0]: is not a pattern; list objects with fields under $or",
      ],
      [
        "a source of AWS services, which never reach a bus of one's own",
        { source: ["aws.s3"] },
        "eventPattern.source[0]: is a source of AWS services, whose events only arrive on the default bus; use a source of your own",
      ],
      [
        "a source that is the heartbeat",
        { source: ["evenkeel.heartbeat"] },
        "eventPattern.source[0]: would also match the heartbeat of the event endpoint; list your sources, or a prefix of them",
      ],
      [
        "a wildcard for all sources",
        { source: [{ wildcard: "*" }] },
        "eventPattern.source[0]: would also match the heartbeat",
      ],
      [
        "a suffix of the heartbeat",
        { source: [{ suffix: "beat" }] },
        "eventPattern.source[0]: would also match the heartbeat",
      ],
      [
        "a prefix of the heartbeat",
        { source: [{ prefix: "even" }] },
        "eventPattern.source[0]: would also match the heartbeat",
      ],
      [
        "all sources but some",
        { source: [{ "anything-but": ["shop.orders"] }] },
        "eventPattern.source[0]: would also match the heartbeat of the event endpoint; list your sources, or a prefix of them",
      ],
      [
        "a pattern that is too long",
        { source: tooLong },
        "eventPattern: has 3512 characters as JSON, but AWS allows 2048; match fewer values, or use prefixes",
      ],
    ];
    test.each(patterns)("%s", (_, pattern, message) => {
      expect(() => built(withRule({ eventPattern: pattern }))).toThrow(`rules.invoicing.${message}`);
    });

    const configs: [string, object, string][] = [
      ["an archive without an end", { archiveRetentionDays: 0 }, "archiveRetentionDays: is too small; use at least 1"],
      [
        "more retries than EventBridge does",
        { rules: { a: { eventPattern, maximumRetryAttempts: 186 } } },
        "rules.a.maximumRetryAttempts: is too large; use at most 185",
      ],
      [
        "an event age above a day",
        { rules: { a: { eventPattern, maximumEventAgeSeconds: 86_401 } } },
        "rules.a.maximumEventAgeSeconds: is too large; use at most 86400",
      ],
      ["a rule name that is not kebab-case", { rules: { Invoicing: { eventPattern } } }, "this name is not allowed; "],
      [
        "a publisher that is no account",
        { publisherAccounts: { partner: { sources: ["a"] } } },
        "this name is not allowed; ",
      ],
      [
        "a publisher without sources",
        { publisherAccounts: { "222222222222": { sources: [] } } },
        "publisherAccounts.222222222222.sources: is too small; use at least 1 entry",
      ],
      [
        "a publisher with a source of AWS services",
        { publisherAccounts: { "222222222222": { sources: ["aws.s3"] } } },
        "publisherAccounts.222222222222.sources[0]: begins with aws., which is reserved for AWS services; use a source of your own",
      ],
      ["a field that does not exist", { archive: 30 }, "archive: unknown field; "],
    ];
    test.each(configs)("%s", (_, config, message) => {
      expect(() => built({ config: config as EventBusInput })).toThrow(message);
    });

    test.each(["default", "aws.partner", "a/b", "x".repeat(49), ""])('the name "%s"', (name) => {
      expect(() => built({ name })).toThrow("is not a valid event bus name; use 1 to 48 letters");
    });

    const props: [string, Partial<EventBusProps>, string][] = [
      [
        "a rule without a target",
        { config: { rules: { invoicing: { eventPattern } } } },
        'test/events: the rule "invoicing" has no target; add it to targets',
      ],
      [
        "a target without a rule",
        { targets: { invoicing: toFunction() } },
        'test/events: the target "invoicing" has no rule; add it to rules in the config',
      ],
      [
        "a target in another region",
        withRule({ eventPattern }, toFunction(aliasArn.replace("eu-west-1", "eu-central-1"))),
        "is not in the region of the bus, eu-west-1; use a target in the same region",
      ],
      [
        "a function without an alias",
        withRule({ eventPattern }, toFunction(aliasArn.replace(":live", ""))),
        "is not an alias; use the ARN of an alias of the function",
      ],
      [
        "a function's $LATEST",
        withRule({ eventPattern }, toFunction(aliasArn.replace(":live", ":$LATEST"))),
        "is not an alias; use the ARN of an alias of the function",
      ],
      [
        "a FIFO queue",
        withRule({ eventPattern }, toQueue(`${queueArn}.fifo`)),
        "is a FIFO queue; use a standard queue",
      ],
      [
        "a target that is neither function nor queue",
        withRule({ eventPattern }, toQueue(`arn:aws:sns:eu-west-1:${account}:topic`)),
        "is neither a function nor a queue; use the ARN of one",
      ],
      ["a region without a provider", { region: "eu-north-1" }, 'test: has no provider for region "eu-north-1"'],
    ];
    test.each(props)("%s", (_, wrong, message) => {
      expect(() => built(wrong)).toThrow(message);
    });

    test("a name of a rule, made apart from its bus, that is not kebab-case", () => {
      expect(() =>
        synth((stack) => {
          const config = { eventPattern };
          const props = { name: "Stock", config, bus: bus(stack), target: toFunction(), deadLetters: false };
          new EventRule(stack, "stock", props);
        }),
      ).toThrow("test/stock: name: 1 mistake");
    });
  });

  test("is shown in its README by an example that compiles and builds", () => {
    const readme = readFileSync(join(__dirname, "../../../modules/event-bus/README.md"), "utf8");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
    const publisher = { region: "eu-west-1", addToRolePolicy: () => undefined };
    const invoicing = { aliasArn, allowInvoke: () => undefined };
    expect(synth((stack) => example(stack, key, alarms, invoicing, publisher)).addresses).toContain(
      "aws_cloudwatch_event_bus.events_bus",
    );
  });
});

/** Every address of `everyOption`, from the pattern that the README documents. */
function expectedAddresses(): string[] {
  const deadLetters = (id: string) => [
    `aws_sqs_queue.${id}_dead-letters_queue`,
    `aws_sqs_queue_policy.${id}_dead-letters_queue-policy`,
    `aws_cloudwatch_metric_alarm.${id}_dead-letters_visible-alarm`,
    `aws_cloudwatch_metric_alarm.${id}_dead-letters_age-alarm`,
  ];
  const rule = (id: string) => [
    `aws_cloudwatch_event_rule.${id}_rule`,
    `aws_cloudwatch_event_target.${id}_target`,
    ...deadLetters(id),
  ];
  return [
    ...["orders-eu-west-1", "orders-eu-central-1"].flatMap((id) => [
      `aws_cloudwatch_event_bus.${id}_bus`,
      `aws_cloudwatch_event_archive.${id}_archive`,
      `aws_cloudwatch_event_bus_policy.${id}_policy`,
      ...deadLetters(id),
      ...["failed-invocations", "throttled-rules", "lost-dead-letters"].map(
        (alarm) => `aws_cloudwatch_metric_alarm.${id}_alarms_${alarm}`,
      ),
      ...rule(`${id}_rule-invoicing`),
      ...rule(`${id}_rule-audit`),
    ]),
    ...["stock-eu-west-1", "stock-eu-central-1"].flatMap(rule),
    "aws_cloudwatch_event_bus.least_bus",
    "aws_cloudwatch_event_archive.least_archive",
  ].sort();
}
