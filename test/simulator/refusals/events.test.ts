import type { ObjectValue } from "../../../simulator/protocol/values";
import { account, home, standby, TestCloud } from "./cloud";

const arnOf = (service: string, resource: string, region = home) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;
const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const document = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const role = (service: string): ObjectValue => ({
  name: "caller",
  arn: roleArn("caller"),
  assume_role_policy: document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }),
});

const bus: ObjectValue = { name: "orders", arn: arnOf("events", "event-bus/orders") };
const rule: ObjectValue = {
  id: "orders/placed",
  name: "placed",
  event_bus_name: "orders",
  arn: arnOf("events", "rule/orders/placed"),
};
const queue: ObjectValue = { url: "https://sqs/letters", name: "letters", arn: arnOf("sqs", "letters") };
const target: ObjectValue = {
  id: "orders-placed-queue",
  rule: "placed",
  event_bus_name: "orders",
  target_id: "queue",
  arn: arnOf("sqs", "letters"),
};
const withBus = () => new TestCloud().has("aws_cloudwatch_event_bus", bus);
const withRule = () => withBus().has("aws_cloudwatch_event_rule", rule);

describe("EventBridge refuses", () => {
  test("a second bus or archive of one name", () => {
    expect(withBus().creating("aws_cloudwatch_event_bus", bus)).toMatch(
      /^creating EventBridge Event Bus \(orders\): .*400.* ResourceAlreadyExistsException: Event bus orders already exists\./,
    );
    const archive = { name: "orders", event_source_arn: arnOf("events", "event-bus/orders") };
    const archived = withBus().has("aws_cloudwatch_event_archive", archive);
    expect(archived.creating("aws_cloudwatch_event_archive", archive)).toMatch(
      /^creating EventBridge Archive \(orders\)\): .*Archive orders already exists\./,
    );
    expect(new TestCloud().creating("aws_cloudwatch_event_archive", archive)).toContain(
      "ResourceNotFoundException: Event bus orders does not exist.",
    );
  });

  test("a rule on a bus that is not in its region and account", () => {
    expect(withBus().creating("aws_cloudwatch_event_rule", rule)).toBe("");
    const byArn = { ...rule, event_bus_name: arnOf("events", "event-bus/orders") };
    expect(withBus().creating("aws_cloudwatch_event_rule", byArn)).toBe("");
    expect(withBus().in(standby).creating("aws_cloudwatch_event_rule", rule)).toMatch(
      /^creating EventBridge Rule \(placed\): .*ResourceNotFoundException: Event bus orders does not exist\.$/,
    );
    expect(new TestCloud().creating("aws_cloudwatch_event_rule", { ...rule, event_bus_name: "default" })).toBe("");
  });

  test("a second rule of one name on one bus, however the bus is named, in our own words", () => {
    const second = { ...rule, event_bus_name: arnOf("events", "event-bus/orders") };
    expect(withRule().creating("aws_cloudwatch_event_rule", second)).toContain("two resources would manage one thing");
  });

  test("a schedule on any bus but the default one", () => {
    const scheduled = { ...rule, schedule_expression: "rate(1 minute)" };
    expect(withBus().creating("aws_cloudwatch_event_rule", scheduled)).toContain(
      "api error ValidationException: ScheduleExpression is supported only on the default event bus.",
    );
    expect(withBus().creating("aws_cloudwatch_event_rule", { ...scheduled, event_bus_name: "default" })).toBe("");
  });

  test("a target whose rule is on another bus", () => {
    expect(withRule().creating("aws_cloudwatch_event_target", target)).toBe("");
    const forgotten = { ...target, event_bus_name: null };
    expect(withRule().creating("aws_cloudwatch_event_target", forgotten)).toMatch(
      /^creating EventBridge Target \(placed-queue\): .*ResourceNotFoundException: Rule placed does not exist on EventBus default\.$/,
    );
  });

  test("a target without a role that its service needs, or whose role does not trust EventBridge", () => {
    const machine = { ...target, arn: arnOf("states", "stateMachine:orders") };
    expect(withRule().creating("aws_cloudwatch_event_target", machine)).toContain(
      `api error ValidationException: RoleArn is required for target ${String(machine.arn)}.`,
    );
    const asCaller = { ...machine, role_arn: roleArn("caller") };
    const trusting = (service: string) => withRule().has("aws_iam_role", role(service));
    expect(trusting("scheduler.amazonaws.com").creating("aws_cloudwatch_event_target", asCaller)).toContain(
      `Provided role '${roleArn("caller")}' cannot be assumed by principal 'events.amazonaws.com'.`,
    );
    expect(trusting("events.amazonaws.com").creating("aws_cloudwatch_event_target", asCaller)).toBe("");
  });

  test("a target of another region that is no bus, a FIFO queue without a group, and a sixth target", () => {
    const creating = (more: ObjectValue, cloud = withRule()) =>
      cloud.creating("aws_cloudwatch_event_target", { ...target, ...more });
    expect(creating({ arn: arnOf("sqs", "letters", standby) })).toContain("ValidationException");
    expect(creating({ arn: arnOf("events", "event-bus/orders", standby) })).toBe("");
    expect(creating({ arn: arnOf("sqs", "letters.fifo") })).toContain("SqsParameters must be specified");
    const grouped = { arn: arnOf("sqs", "letters.fifo"), sqs_target: [{ message_group_id: "g" }] };
    expect(creating(grouped)).toBe("");
    const full = withRule();
    for (const target_id of ["1", "2", "3", "4", "5"])
      full.has("aws_cloudwatch_event_target", { ...target, id: target_id, target_id });
    expect(creating({}, full)).toContain("LimitExceededException");
  });

  test("to delete a bus with rules, and a rule with targets", () => {
    expect(withRule().deleting("aws_cloudwatch_event_bus", bus)).toMatch(
      /^deleting EventBridge Event Bus \(orders\): .*api error ValidationException: EventBus can't be deleted since it has rules\.$/,
    );
    expect(withBus().deleting("aws_cloudwatch_event_bus", bus)).toBe("");
    const targeted = withRule().has("aws_cloudwatch_event_target", target);
    expect(targeted.deleting("aws_cloudwatch_event_rule", rule)).toContain(
      "Rule can't be deleted since it has targets.",
    );
    expect(withRule().deleting("aws_cloudwatch_event_rule", rule)).toBe("");
  });

  test("an endpoint whose buses do not fit, or whose role is missing", () => {
    const endpoint = (regions: readonly string[], more: ObjectValue = {}): ObjectValue => ({
      name: "orders",
      event_bus: regions.map((region) => ({ event_bus_arn: arnOf("events", "event-bus/orders", region) })),
      replication_config: [{ state: "DISABLED" }],
      ...more,
    });
    const cloud = withBus();
    const creating = (values: ObjectValue) => cloud.creating("aws_cloudwatch_event_endpoint", values);
    expect(creating(endpoint([home, standby]))).toContain("Event bus orders does not exist.");
    cloud.in(standby).has("aws_cloudwatch_event_bus", { ...bus, arn: arnOf("events", "event-bus/orders", standby) });
    expect(creating(endpoint([home, standby]))).toBe("");
    expect(creating(endpoint([standby, home]))).toContain(`The first event bus must be in region ${home}.`);
    expect(creating(endpoint([home, home]))).toContain("two different regions");
    const replicated = endpoint([home, standby], { replication_config: [{ state: "ENABLED" }] });
    expect(creating(replicated)).toContain("RoleArn is required");
    const asCaller = { ...replicated, role_arn: roleArn("caller") };
    expect(creating(asCaller)).toMatch(
      /^creating EventBridge Global Endpoint \(orders\): .*api error ValidationException: Provided role '.*role\/caller' cannot be assumed by principal 'events\.amazonaws\.com'\.$/,
    );
    cloud.has("aws_iam_role", role("events.amazonaws.com"));
    expect(creating(asCaller)).toBe("");
  });
});

describe("EventBridge does not look at a target, so there is a warning", () => {
  const warnings = (cloud: TestCloud, values = target) => cloud.warnings("aws_cloudwatch_event_target", values);

  test("of one that does not exist", () => {
    expect(warnings(withRule())).toEqual([`sends events to ${String(target.arn)}, which does not exist`]);
    expect(warnings(withRule(), { ...target, arn: "arn:aws:sqs:eu-west-1:999988887777:letters" })).toEqual([]);
  });

  test("of one whose policy does not let EventBridge in", () => {
    const closed = [`sends events to ${String(target.arn)}, whose policy does not let EventBridge in`];
    const cloud = withRule().has("aws_sqs_queue", queue);
    expect(warnings(cloud)).toEqual(closed);
    const principal = { Service: "events.amazonaws.com" };
    const policy = document({ Effect: "Allow", Principal: principal, Action: "sqs:SendMessage", Resource: queue.arn });
    cloud.has("aws_sqs_queue_policy", { queue_url: "https://sqs/letters", policy });
    expect(warnings(cloud)).toEqual([]);
  });

  test("of a function whose permission is for another alias or another rule", () => {
    const called = { ...target, arn: arnOf("lambda", "function:orders:live") };
    const cloud = () => withRule().has("aws_lambda_function", { function_name: "orders" });
    const permission = (more: ObjectValue) => ({
      statement_id: "bus",
      function_name: "orders",
      principal: "events.amazonaws.com",
      ...more,
    });
    const with_ = (more: ObjectValue) => warnings(cloud().has("aws_lambda_permission", permission(more)), called);
    expect(with_({ qualifier: "live", source_arn: rule.arn ?? null })).toEqual([]);
    expect(with_({})).toHaveLength(1);
    expect(with_({ qualifier: "live", source_arn: arnOf("events", "rule/orders/paid") })).toHaveLength(1);
  });
});

describe("EventBridge Scheduler refuses", () => {
  const schedule = (more: ObjectValue = {}): ObjectValue => ({
    schedule_expression: "rate(1 day)",
    name: "nightly",
    group_name: "default",
    target: [{ arn: arnOf("sqs", "letters"), role_arn: roleArn("caller") }],
    ...more,
  });
  const ready = () => new TestCloud().has("aws_iam_role", role("scheduler.amazonaws.com"));

  test("a role that does not trust it", () => {
    expect(ready().creating("aws_scheduler_schedule", schedule())).toBe("");
    const other = new TestCloud().has("aws_iam_role", role("events.amazonaws.com"));
    expect(other.creating("aws_scheduler_schedule", schedule())).toMatch(
      /^creating AWS EventBridge Scheduler Schedule \(nightly\): .*, ValidationException: The execution role you provide must allow AWS EventBridge Scheduler to assume the role\.$/,
    );
  });

  test("a group that does not exist, and a second schedule or group of one name", () => {
    expect(ready().creating("aws_scheduler_schedule", schedule({ group_name: "orders" }))).toContain(
      "ResourceNotFoundException",
    );
    const grouped = ready().has("aws_scheduler_schedule_group", { name: "orders" });
    expect(grouped.creating("aws_scheduler_schedule", schedule({ group_name: "orders" }))).toBe("");
    expect(grouped.creating("aws_scheduler_schedule_group", { name: "orders" })).toContain("ConflictException");
    const twice = ready().has("aws_scheduler_schedule", schedule());
    expect(twice.creating("aws_scheduler_schedule", schedule())).toContain("ConflictException");
  });

  test("a key whose policy does not let the account use it for schedules", () => {
    const statement = (conditions: object) => ({
      Effect: "Allow",
      Action: ["kms:GenerateDataKey", "kms:Decrypt"],
      Resource: "*",
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Condition: conditions,
    });
    const arn = arnOf("kms", "key/k");
    const encrypted = (conditions: object) =>
      ready()
        .has("aws_kms_key", { id: "k", arn, is_enabled: true, policy: document(statement(conditions)) })
        .creating("aws_scheduler_schedule", schedule({ kms_key_arn: arn }));
    const context = "kms:EncryptionContext:aws:scheduler:schedule:arn";
    expect(encrypted({ ArnLike: { [context]: arnOf("scheduler", "schedule/*") } })).toBe("");
    expect(encrypted({ ArnLike: { [context]: arnOf("scheduler", "schedule/other/*") } })).toContain(
      "AccessDeniedException",
    );
    expect(
      ready().creating("aws_scheduler_schedule", schedule({ kms_key_arn: arnOf("kms", "key/k", standby) })),
    ).not.toBe("");
  });
});

describe("A region without something", () => {
  test("refuses it as a call that it does not know", () => {
    const creating = (region: string) =>
      new TestCloud({ region }).creating("aws_cloudwatch_event_archive", { name: "orders" });
    expect(creating("ca-west-1")).toMatch(
      /^creating EventBridge Archive \(orders\)\): operation error EventBridge: CreateArchive, https response error StatusCode: 400, RequestID: …, api error UnknownOperationException: /,
    );
    expect(creating(home)).not.toContain("UnknownOperationException");
  });

  test("is no address for a service that its whole partition lacks", () => {
    const creating = (region: string) => new TestCloud({ region }).creating("aws_budgets_budget", { name: "monthly" });
    expect(creating("us-gov-west-1")).toMatch(
      /^creating Budget \(\S*monthly\): operation error Budgets: CreateBudget, exceeded maximum number of attempts, 25, .*lookup budgets\.us-gov-west-1\.amazonaws\.com: no such host\n/,
    );
    expect(creating("ap-east-2")).toBe("");
  });
});
