import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AlarmTarget, DeploymentStack } from "../../../modules/core";
import type { EventBusReference } from "../../../modules/event-bus";
import {
  EventEndpoint,
  type EventEndpointInput,
  type EventEndpointProps,
  eventEndpointRecovery,
} from "../../../modules/event-endpoint";
import { grantsIn, ref, resolve, synth, synthGlobal } from "../../support/synth";
import { everyOption } from "./every-option";
import { build as example } from "./example";

const account = "123456789012";
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };
const busIn = (region: string, name = "test-events"): EventBusReference => ({
  region,
  eventBusName: name,
  eventBusArn: `arn:aws:events:${region}:${account}:event-bus/${name}`,
});
const home = busIn("eu-west-1");
const standby = busIn("eu-central-1");

const endpoint = (stack: DeploymentStack, props: Partial<EventEndpointProps> = {}) =>
  new EventEndpoint(stack, "events", { config: {}, name: "test-events", account, home, standby, ...props });
const built = (props: Partial<EventEndpointProps> = {}) => synth((stack) => endpoint(stack, props));

const statements = (policy: unknown) => JSON.parse(String(policy)).Statement;

describe("EventEndpoint", () => {
  test("joins the two buses, home first, with replication, and fails over by its health check", () => {
    expect(built().at("aws_cloudwatch_event_endpoint.events_endpoint")).toMatchObject({
      provider: "aws.eu-west-1",
      name: "test-events",
      event_bus: [{ event_bus_arn: home.eventBusArn }, { event_bus_arn: standby.eventBusArn }],
      replication_config: { state: "ENABLED" },
      role_arn: ref("aws_iam_role.events_replication_role.arn"),
      routing_config: {
        failover_config: {
          primary: { health_check: ref("aws_route53_health_check.events_failover_health-check.arn") },
          secondary: { route: "eu-central-1" },
        },
      },
      depends_on: ["aws_iam_role_policy.events_replication_policy"],
    });
  });

  describe("with an active region", () => {
    const builtWith = (active?: string) =>
      synthGlobal((stack) => endpoint(stack, { alarms, ...(active !== undefined && { active }) }));
    const address = (name: string) => `aws_route53_health_check.events_failover_${name}`;
    const primary = ({ at }: ReturnType<typeof builtWith>) =>
      JSON.stringify(at("aws_cloudwatch_event_endpoint.events_endpoint").routing_config);
    const watchedBy = ({ at }: ReturnType<typeof builtWith>) =>
      at("aws_cloudwatch_metric_alarm.events_failover_state-alarm").dimensions;

    test("counts home as healthy exactly while its standby region is not, which has no data when it is lost", () => {
      const turned = builtWith("eu-central-1");
      expect(primary(turned)).toContain(`${address("turned-round")}.arn`);
      expect(turned.at(address("turned-round"))).toMatchObject({
        type: "CALCULATED",
        child_healthchecks: [ref(`${address("standby-health-check")}.id`)],
        child_health_threshold: 1,
        invert_healthcheck: true,
      });
      expect(turned.at(address("standby-health-check"))).toMatchObject({
        cloudwatch_alarm_name: ref("aws_cloudwatch_metric_alarm.events_failover_standby-latency-alarm.alarm_name"),
        cloudwatch_alarm_region: "eu-central-1",
        insufficient_data_health_status: "Unhealthy",
      });
      expect(turned.at("aws_cloudwatch_metric_alarm.events_failover_standby-latency-alarm").provider).toBe(
        "aws.eu-central-1",
      );
      expect(turned.at("aws_scheduler_schedule.events_standby-heartbeat_schedule")).toMatchObject({
        provider: "aws.eu-central-1",
        target: { arn: standby.eventBusArn },
      });
      expect(watchedBy(turned)).toEqual({ HealthCheckId: ref(`${address("standby-health-check")}.id`) });
    });

    test("keeps what it has, and has the same things whichever region is active", () => {
      const [none, ...others] = [undefined, "eu-west-1", "eu-central-1", "eu-west-2"].map((active) =>
        builtWith(active),
      );
      const [atHome, turned, elsewhere] = others;
      if (!none || !atHome || !turned || !elsewhere) throw new Error("four are built");
      expect(turned.addresses).toEqual(expect.arrayContaining([...none.addresses]));
      expect([atHome.addresses, elsewhere.addresses]).toEqual([turned.addresses, turned.addresses]);
      for (const one of [atHome, elsewhere]) {
        for (const name of none.addresses) expect(one.at(name)).toEqual(none.at(name));
      }
      const event_bus = none.at("aws_cloudwatch_event_endpoint.events_endpoint").event_bus;
      expect(turned.at("aws_cloudwatch_event_endpoint.events_endpoint").event_bus).toEqual(event_bus);
    });
  });

  test("replicates with a role that EventBridge alone takes, for its managed rules, both buses and itself", () => {
    const { at } = built();
    const trust = at("aws_iam_role.events_replication_role").assume_role_policy;
    expect(statements(trust)).toEqual([
      { Effect: "Allow", Principal: { Service: "events.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    const managed = (region: string) =>
      `arn:aws:events:${region}:${account}:rule/test-events/GlobalEndpointManagedRule-*`;
    expect(statements(at("aws_iam_role_policy.events_replication_policy").policy)).toEqual([
      {
        Sid: "ManageReplicationRules",
        Effect: "Allow",
        Action: ["events:PutRule", "events:PutTargets", "events:DeleteRule", "events:RemoveTargets"],
        Resource: [managed("eu-west-1"), managed("eu-central-1")],
      },
      {
        Sid: "ReplicateEvents",
        Effect: "Allow",
        Action: "events:PutEvents",
        Resource: [home.eventBusArn, standby.eventBusArn],
      },
      {
        Sid: "PassItselfToRules",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: ref("aws_iam_role.events_replication_role.arn"),
        Condition: { StringLike: { "iam:PassedToService": "events.amazonaws.com" } },
      },
    ]);
  });

  test("fails over on exactly the alarm that AWS recommends, which Route 53 can read", () => {
    const alarm = built().at("aws_cloudwatch_metric_alarm.events_failover_latency-alarm");
    expect(alarm).toMatchObject({
      provider: "aws.eu-west-1",
      namespace: "AWS/Events",
      metric_name: "IngestionToInvocationStartLatency",
      statistic: "Average",
      comparison_operator: "GreaterThanThreshold",
      threshold: 30_000,
      period: 60,
      evaluation_periods: 5,
      treat_missing_data: "breaching",
    });
    for (const field of ["dimensions", "extended_statistic", "metric_query"]) expect(alarm[field]).toBeUndefined();
  });

  test("says on purpose how a region without metrics counts: as unhealthy, unless the config says else", () => {
    const check = (config: EventEndpointInput) =>
      built({ config }).at("aws_route53_health_check.events_failover_health-check");
    expect(check({})).toMatchObject({
      type: "CLOUDWATCH_METRIC",
      cloudwatch_alarm_name: ref("aws_cloudwatch_metric_alarm.events_failover_latency-alarm.alarm_name"),
      cloudwatch_alarm_region: "eu-west-1",
      insufficient_data_health_status: "Unhealthy",
      triggers: { alarm: "30000/60/5" },
    });
    expect(check({ insufficientDataHealthStatus: "LastKnownStatus" }).insufficient_data_health_status).toBe(
      "LastKnownStatus",
    );
  });

  test("sends a heartbeat a minute to the home bus, past the endpoint, so that quiet traffic does not fail over", () => {
    const { at } = built();
    expect(at("aws_scheduler_schedule.events_heartbeat_schedule")).toMatchObject({
      provider: "aws.eu-west-1",
      schedule_expression: "rate(1 minute)",
      state: "ENABLED",
      flexible_time_window: { mode: "OFF" },
      target: {
        arn: home.eventBusArn,
        role_arn: ref("aws_iam_role.events_heartbeat_role.arn"),
        eventbridge_parameters: { source: "evenkeel.heartbeat", detail_type: "Heartbeat" },
      },
    });
  });

  test("gives the heartbeat a rule with a target, because latency is measured up to the call of one", () => {
    const { at } = built();
    expect(at("aws_cloudwatch_event_rule.events_heartbeat_rule")).toMatchObject({
      event_bus_name: ref(`element(split("/", "${home.eventBusArn}"), 1)`),
      event_pattern: '{"source":["evenkeel.heartbeat"]}',
      state: "ENABLED",
    });
    expect(at("aws_cloudwatch_event_target.events_heartbeat_target")).toMatchObject({
      arn: ref("aws_sqs_queue.events_heartbeat_queue.arn"),
    });
    expect(at("aws_sqs_queue.events_heartbeat_queue")).toMatchObject({
      message_retention_seconds: 60,
      sqs_managed_sse_enabled: true,
    });
    expect(statements(at("aws_sqs_queue_policy.events_heartbeat_queue-policy").policy)[0]).toMatchObject({
      Principal: { Service: "events.amazonaws.com" },
      Condition: { ArnEquals: { "aws:SourceArn": ref("aws_cloudwatch_event_rule.events_heartbeat_rule.arn") } },
    });
  });

  test("lets the heartbeat publish heartbeats and nothing else", () => {
    const { at } = built();
    expect(statements(at("aws_iam_role_policy.events_heartbeat_policy").policy)).toEqual([
      {
        Effect: "Allow",
        Action: "events:PutEvents",
        Resource: home.eventBusArn,
        Condition: { StringEquals: { "events:source": ["evenkeel.heartbeat"] } },
      },
    ]);
    expect(statements(at("aws_iam_role.events_heartbeat_role").assume_role_policy)[0].Condition).toEqual({
      StringEquals: {
        "aws:SourceAccount": account,
        "aws:SourceArn": `arn:aws:scheduler:eu-west-1:${account}:schedule-group/default`,
      },
    });
  });

  test("encrypts the schedule with a key that is passed, and lets its role decrypt that schedule alone", () => {
    const keyArn = `arn:aws:kms:eu-west-1:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`;
    const { at } = built({ key: { arnIn: (region) => keyArn.replace("eu-west-1", region) } });
    const { kms_key_arn, name } = at("aws_scheduler_schedule.events_heartbeat_schedule");
    expect(kms_key_arn).toBe(keyArn);
    expect(statements(at("aws_iam_role_policy.events_heartbeat_policy").policy)[1]).toEqual({
      Effect: "Allow",
      Action: "kms:Decrypt",
      Resource: keyArn,
      Condition: {
        StringEquals: {
          "kms:EncryptionContext:aws:scheduler:schedule:arn": `arn:aws:scheduler:eu-west-1:${account}:schedule/default/${name}`,
        },
      },
    });
  });

  test("makes nothing in the standby region, whose bus belongs to that region's stack", () => {
    const { resource } = built();
    const providers = Object.values(resource).flatMap((all) => Object.values(all).map(({ provider }) => provider));
    expect(new Set(providers)).toEqual(new Set(["aws.eu-west-1"]));
  });

  test("reports failovers in home, and in us-east-1 in case home can tell nobody", () => {
    const { resource } = synthGlobal((stack) => endpoint(stack, { alarms }));
    expect(resource.aws_cloudwatch_metric_alarm).toMatchObject({
      "events_failover_latency-alarm": { alarm_actions: [`arn:aws:sns:eu-west-1:${account}:alerts`] },
      "events_failover_state-alarm": {
        provider: "aws.us-east-1",
        namespace: "AWS/Route53",
        metric_name: "HealthCheckStatus",
        dimensions: { HealthCheckId: ref("aws_route53_health_check.events_failover_health-check.id") },
        comparison_operator: "LessThanThreshold",
        threshold: 1,
        treat_missing_data: "breaching",
        alarm_actions: [`arn:aws:sns:us-east-1:${account}:alerts`],
      },
    });
    expect(built().addresses).not.toContain("aws_cloudwatch_metric_alarm.events_failover_state-alarm");
  });

  test("lets principals of any region publish to both buses, under some sources only if asked", () => {
    const resources = [home.eventBusArn, standby.eventBusArn];
    const granted = grantsIn("eu-central-1", (stack, grantee) => {
      endpoint(stack).grantPublish(grantee, { sources: ["shop.orders"] });
    });
    expect(granted).toEqual([
      { actions: ["events:PutEvents"], resources, conditions: { StringEquals: { "events:source": ["shop.orders"] } } },
    ]);
  });

  test("states the recovery time and point that AWS does", () => {
    expect(eventEndpointRecovery).toEqual({ typicalSeconds: 360, longestSeconds: 420 });
  });

  test("keeps its addresses", () => {
    expect(synthGlobal(everyOption).addresses).toEqual(expectedAddresses());
  });

  describe("refuses", () => {
    const wrong: [string, Partial<EventEndpointProps>, string][] = [
      [
        "one region twice",
        { standby: home },
        "test/events: home and standby are both eu-west-1; use buses in two regions",
      ],
      [
        "buses of two names",
        { standby: busIn("eu-central-1", "other") },
        'test/events: the buses have different names, "test-events" and "other"; give both the same name',
      ],
      [
        "default buses",
        { home: busIn("eu-west-1", "default"), standby: busIn("eu-central-1", "default") },
        "test/events: bus in eu-west-1: 1 mistake\n  (root): is not a valid event bus name; use 1 to 48 letters, digits, dots, hyphens and underscores, not default",
      ],
      [
        "a region without event endpoints",
        { standby: busIn("me-south-1") },
        "test/events: event endpoints are not available in me-south-1; use one of ap-northeast-1, ",
      ],
      [
        "a bus of another account",
        { standby: { ...standby, eventBusArn: standby.eventBusArn.replace(account, "999999999999") } },
        "test/events: the bus in eu-central-1 belongs to account 999999999999, but the endpoint to 123456789012; use buses in",
      ],
      ["a name that is too long", { name: "x".repeat(65) }, "is not a valid event endpoint name; use 1 to 64 letters"],
      [
        "a status of missing metrics that does not exist",
        { config: { insufficientDataHealthStatus: "Unknown" as "Healthy" } },
        "insufficientDataHealthStatus: is not one of the allowed values; ",
      ],
      [
        "switching replication off",
        { config: { replication: false } as EventEndpointInput },
        "replication: unknown field; ",
      ],
      [
        "alarms in a stack that does not reach us-east-1",
        { alarms },
        'test: has no provider for region "us-east-1", only for eu-west-1, eu-central-1; add the region to the stack',
      ],
    ];
    test.each(wrong)("%s", (_, props, message) => {
      expect(() => built(props)).toThrow(message);
    });
  });

  test("is shown in its README by an example that compiles and builds, and hands out the id that publishers need", () => {
    const readme = readFileSync(join(__dirname, "../../../modules/event-endpoint/README.md"), "utf8");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
    const publisher = { region: "eu-west-1", addToRolePolicy: () => undefined };
    synthGlobal((stack) => {
      const id = resolve(stack, example(stack, home, standby, alarms, publisher));
      expect(id).toBe(
        ref('replace(aws_cloudwatch_event_endpoint.events_endpoint.endpoint_url, "/^https://|[.]endpoint[.].*$/", "")'),
      );
    });
  });
});

/** Every address of `everyOption`, from the pattern that the README documents. */
function expectedAddresses(): string[] {
  const buses = ["test-orders", "test-least"].flatMap((name) =>
    ["eu-west-1", "eu-central-1"].flatMap((region) => [
      `aws_cloudwatch_event_bus.${name}-${region}_bus`,
      `aws_cloudwatch_event_archive.${name}-${region}_archive`,
    ]),
  );
  const endpoints = ["all", "least"].flatMap((id) => [
    `aws_cloudwatch_event_endpoint.${id}_endpoint`,
    `aws_iam_role.${id}_replication_role`,
    `aws_iam_role_policy.${id}_replication_policy`,
    `aws_iam_role.${id}_heartbeat_role`,
    `aws_iam_role_policy.${id}_heartbeat_policy`,
    `aws_scheduler_schedule.${id}_heartbeat_schedule`,
    `aws_cloudwatch_event_rule.${id}_heartbeat_rule`,
    `aws_cloudwatch_event_target.${id}_heartbeat_target`,
    `aws_sqs_queue.${id}_heartbeat_queue`,
    `aws_sqs_queue_policy.${id}_heartbeat_queue-policy`,
    `aws_cloudwatch_metric_alarm.${id}_failover_latency-alarm`,
    `aws_route53_health_check.${id}_failover_health-check`,
  ]);
  return [...buses, ...endpoints, "aws_cloudwatch_metric_alarm.all_failover_state-alarm"].sort();
}
