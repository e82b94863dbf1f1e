import type { ObjectValue } from "../../../simulator/protocol/values";
import { account, home, standby, TestCloud } from "./cloud";

const arnOf = (service: string, resource: string, region = home) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

describe("CloudWatch refuses", () => {
  const alarm = (alarm_name: string, more: ObjectValue = {}): ObjectValue => ({ alarm_name, ...more });
  const both = alarm("both", { alarm_rule: `ALARM("errors") AND NOT OK(${arnOf("cloudwatch", "alarm:slow")})` });

  test("a composite alarm over alarms that do not exist", () => {
    const cloud = new TestCloud().has("aws_cloudwatch_metric_alarm", alarm("errors"));
    expect(cloud.creating("aws_cloudwatch_composite_alarm", both)).toMatch(
      /^creating CloudWatch Composite Alarm \(both\): .*400.* api error ValidationError: Could not save the composite alarm as alarms \[slow\] in the alarm rule do not exist$/,
    );
    cloud.has("aws_cloudwatch_metric_alarm", alarm("slow"));
    expect(cloud.creating("aws_cloudwatch_composite_alarm", both)).toBe("");
    expect(cloud.in(standby).creating("aws_cloudwatch_composite_alarm", both)).toContain("[errors, slow]");
  });

  test("a composite alarm that an alarm holds back which does not exist", () => {
    const held = alarm("held", {
      alarm_rule: "TRUE",
      actions_suppressor: [{ alarm: "maintenance", wait_period: 60, extension_period: 60 }],
    });
    const cloud = new TestCloud();
    expect(cloud.creating("aws_cloudwatch_composite_alarm", held)).toContain(
      "ValidationError: Could not save the composite alarm as the suppressor alarm [maintenance] does not exist",
    );
    cloud.has("aws_cloudwatch_metric_alarm", alarm("maintenance"));
    expect(cloud.creating("aws_cloudwatch_composite_alarm", held)).toBe("");
  });

  test("to delete an alarm that a composite one names", () => {
    const cloud = new TestCloud().has("aws_cloudwatch_composite_alarm", both);
    expect(cloud.deleting("aws_cloudwatch_metric_alarm", alarm("slow"))).toMatch(
      /^deleting CloudWatch Metric Alarm \(slow\): .*ValidationError: Cannot delete slow as there are composite alarm\(s\) depending on it\.$/,
    );
    expect(cloud.deleting("aws_cloudwatch_metric_alarm", alarm("others"))).toBe("");
  });

  test("actions of another region, but only warns of a topic that does not exist", () => {
    const told = (region: string) => alarm("errors", { alarm_actions: [arnOf("sns", "alerts", region)] });
    const type = "aws_cloudwatch_metric_alarm";
    expect(new TestCloud().creating(type, told(standby))).toContain(
      `Invalid region ${standby} specified. Only ${home} is supported.`,
    );
    expect(new TestCloud().creating(type, told(home))).toBe("");
    expect(new TestCloud().warnings(type, told(home))).toEqual([
      `tells ${arnOf("sns", "alerts")}, which does not exist`,
    ]);
    const topic = { arn: arnOf("sns", "alerts"), name: "alerts" };
    expect(new TestCloud().has("aws_sns_topic", topic).warnings(type, told(home))).toEqual([]);
  });

  test("nothing of equal names, so the simulated cloud does, over both kinds of alarms and all regions of dashboards", () => {
    const cloud = new TestCloud()
      .has("aws_cloudwatch_composite_alarm", alarm("both", { alarm_rule: "TRUE" }))
      .has("aws_cloudwatch_dashboard", { dashboard_name: "orders", dashboard_body: "{}" });
    const twice = "two resources would manage one thing";
    expect(cloud.creating("aws_cloudwatch_metric_alarm", alarm("both"))).toContain(twice);
    expect(cloud.in(standby).creating("aws_cloudwatch_metric_alarm", alarm("both"))).toBe("");
    const dashboard = { dashboard_name: "orders", dashboard_body: "{}" };
    expect(cloud.in(standby).creating("aws_cloudwatch_dashboard", dashboard)).toContain(twice);
    expect(new TestCloud().creating("aws_cloudwatch_dashboard", { ...dashboard, dashboard_body: "" })).toContain(
      "InvalidParameterInput",
    );
  });
});

describe("CloudWatch Logs refuses", () => {
  const group = (more: ObjectValue = {}): ObjectValue => ({ name: "/aws/lambda/orders", ...more });

  test("a second group of one name, and filters of a group that does not exist", () => {
    const cloud = new TestCloud().has("aws_cloudwatch_log_group", group());
    expect(cloud.creating("aws_cloudwatch_log_group", group())).toMatch(
      /^creating CloudWatch Logs Log Group \(\/aws\/lambda\/orders\): .*ResourceAlreadyExistsException: The specified log group already exists/,
    );
    const filter = { name: "errors", log_group_name: "/aws/lambda/orders" };
    expect(cloud.creating("aws_cloudwatch_log_metric_filter", filter)).toBe("");
    expect(cloud.in(standby).creating("aws_cloudwatch_log_metric_filter", filter)).toContain(
      "ResourceNotFoundException: The specified log group does not exist.",
    );
  });

  test("a group whose key does not let the service of the region in", () => {
    const statement = (principal: object) => ({
      Effect: "Allow",
      Principal: principal,
      Action: "kms:*",
      Resource: "*",
    });
    const key = (principal: object): ObjectValue => ({
      id: "k",
      key_id: "k",
      arn: arnOf("kms", "key/k"),
      policy: JSON.stringify({ Statement: [statement(principal)] }),
    });
    const creating = (principal: object) =>
      new TestCloud()
        .has("aws_kms_key", key(principal))
        .creating("aws_cloudwatch_log_group", group({ kms_key_id: arnOf("kms", "key/k") }));
    expect(creating({ Service: `logs.${home}.amazonaws.com` })).toBe("");
    expect(creating({ Service: `logs.${standby}.amazonaws.com` })).toMatch(
      /api error AccessDeniedException: The specified KMS key does not exist or is not allowed to be used with Arn 'arn:aws:logs:eu-west-1:111122223333:log-group:\/aws\/lambda\/orders'$/,
    );
  });

  test("an eleventh resource policy of a region", () => {
    const cloud = new TestCloud();
    const policy = (index: number) => ({ policy_name: `policy-${index}`, policy_document: "{}" });
    for (let index = 0; index < 9; index++) cloud.has("aws_cloudwatch_log_resource_policy", policy(index));
    expect(cloud.creating("aws_cloudwatch_log_resource_policy", policy(10))).toBe("");
    cloud.has("aws_cloudwatch_log_resource_policy", policy(10));
    expect(cloud.creating("aws_cloudwatch_log_resource_policy", policy(11))).toContain("LimitExceededException");
    expect(cloud.in(standby).creating("aws_cloudwatch_log_resource_policy", policy(11))).toBe("");
  });

  test("a subscription that may not call its function", () => {
    const filter = {
      name: "all",
      log_group_name: "/aws/lambda/orders",
      destination_arn: arnOf("lambda", "function:reader"),
    };
    const cloud = new TestCloud()
      .has("aws_cloudwatch_log_group", group())
      .has("aws_lambda_function", { function_name: "reader" });
    expect(cloud.creating("aws_cloudwatch_log_subscription_filter", filter)).toContain(
      "Could not execute the lambda function.",
    );
    cloud.has("aws_lambda_permission", {
      statement_id: "logs",
      function_name: "reader",
      principal: "logs.amazonaws.com",
    });
    expect(cloud.creating("aws_cloudwatch_log_subscription_filter", filter)).toBe("");
  });

  test("a delivery source of CloudFront outside us-east-1, and a second one of a resource", () => {
    const distribution = `arn:aws:cloudfront::${account}:distribution/E1`;
    const source = (name: string): ObjectValue => ({ name, resource_arn: distribution, log_type: "ACCESS_LOGS" });
    const type = "aws_cloudwatch_log_delivery_source";
    const cloud = new TestCloud({ region: "us-east-1" });
    expect(cloud.creating(type, source("a"))).toBe("");
    expect(new TestCloud().creating(type, source("a"))).toContain("ResourceNotFoundException");
    expect(cloud.has(type, source("a")).creating(type, source("b"))).toMatch(
      /^creating CloudWatch Logs Delivery Source \(b\)\noperation error CloudWatch Logs: PutDeliverySource, .*400.*, ConflictException: This ResourceId has already been used in another Delivery Source in this account\./,
    );
  });

  test("a delivery without its parts, and to delete what delivers", () => {
    const source = { name: "edge", arn: arnOf("logs", "delivery-source:edge"), log_type: "ACCESS_LOGS" };
    const destination = { name: "bucket", arn: arnOf("logs", "delivery-destination:bucket") };
    const delivery = { id: "d1", delivery_source_name: "edge", delivery_destination_arn: destination.arn };
    const cloud = new TestCloud().has("aws_cloudwatch_log_delivery_source", source);
    expect(cloud.creating("aws_cloudwatch_log_delivery", delivery)).toContain("ResourceNotFoundException");
    cloud.has("aws_cloudwatch_log_delivery_destination", destination);
    expect(cloud.creating("aws_cloudwatch_log_delivery", delivery)).toBe("");
    cloud.has("aws_cloudwatch_log_delivery", delivery);
    expect(cloud.creating("aws_cloudwatch_log_delivery", { ...delivery, id: "d2" })).toContain("ConflictException");
    expect(cloud.deleting("aws_cloudwatch_log_delivery_source", source)).toContain("ConflictException");
    expect(cloud.deleting("aws_cloudwatch_log_delivery_destination", destination)).toContain("ConflictException");
  });

  test("no queries of groups that do not exist, but warns of them", () => {
    const query = { name: "errors", query_definition_id: "q", log_group_names: ["/aws/lambda/orders"] };
    expect(new TestCloud().warnings("aws_cloudwatch_query_definition", query)).toHaveLength(1);
    const cloud = new TestCloud().has("aws_cloudwatch_log_group", group());
    expect(cloud.warnings("aws_cloudwatch_query_definition", query)).toEqual([]);
  });
});

describe("EventBridge refuses", () => {
  const destination: ObjectValue = {
    name: "on-call",
    connection_arn: arnOf("events", "connection/on-call/1"),
    invocation_endpoint: "https://events.pagerduty.com/v2/enqueue",
    http_method: "POST",
  };

  test("a destination without its connection", () => {
    const cloud = new TestCloud();
    expect(cloud.creating("aws_cloudwatch_event_api_destination", destination)).toMatch(
      /^creating EventBridge API Destination \(on-call\): .*ResourceNotFoundException: Connection '.*' does not exist\.$/,
    );
    cloud.has("aws_cloudwatch_event_connection", { name: "on-call", arn: String(destination.connection_arn) });
    expect(cloud.creating("aws_cloudwatch_event_api_destination", destination)).toBe("");
  });

  test("a connection of a name that is taken", () => {
    const connection = { name: "on-call", authorization_type: "API_KEY" };
    const cloud = new TestCloud().has("aws_cloudwatch_event_connection", connection);
    expect(cloud.creating("aws_cloudwatch_event_connection", connection)).toContain(
      "ResourceAlreadyExistsException: Connection on-call already exists.",
    );
  });
});

describe("The chat application refuses", () => {
  const type = "aws_chatbot_slack_channel_configuration";
  const role = `arn:aws:iam::${account}:role/chats`;
  const chat = (more: ObjectValue = {}): ObjectValue => ({
    configuration_name: "orders",
    iam_role_arn: role,
    slack_team_id: "T0123456789",
    slack_channel_id: "C0123456789",
    sns_topic_arns: [arnOf("sns", "alerts")],
    ...more,
  });
  const trusting = (service: string): TestCloud =>
    new TestCloud().has("aws_iam_role", {
      name: "chats",
      arn: role,
      assume_role_policy: JSON.stringify({
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }],
      }),
    });

  test("a role that it cannot assume", () => {
    expect(trusting("lambda.amazonaws.com").creating(type, chat())).toContain(
      `InvalidParameterException: The role ${role} cannot be assumed.`,
    );
    expect(trusting("chatbot.amazonaws.com").creating(type, chat())).toBe("");
  });

  test("what is no topic, but only warns of one that does not exist", () => {
    const cloud = trusting("chatbot.amazonaws.com");
    expect(cloud.creating(type, chat({ sns_topic_arns: [arnOf("sqs", "alerts")] }))).toContain("is not a topic of SNS");
    expect(cloud.warnings(type, chat())).toEqual([`writes what ${arnOf("sns", "alerts")} gets, which does not exist`]);
  });
});
