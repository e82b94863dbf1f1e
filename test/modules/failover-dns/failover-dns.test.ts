import { readFileSync } from "node:fs";
import path from "node:path";
import { type DeploymentStack, parseConfig } from "../../../modules/core";
import {
  FailoverDns,
  type FailoverDnsInput,
  type FailoverDnsProps,
  failoverDnsConfig,
  healthPathProblem,
  RecoveryCluster,
} from "../../../modules/failover-dns";
import { ref, resolve, synth as synthIn } from "../../support/synth";
import { alarms } from "../service-function/fixtures/references";
import { everyOption, fullProps, minimalProps, serving } from "./every-option";
import { build as example } from "./example";

const regions = ["eu-west-1", "eu-central-1", "us-east-1", "cn-north-1"];
const synth = (build: (stack: DeploymentStack) => void, inRegions = regions) => synthIn(build, { regions: inRegions });

const build = (changes: Partial<FailoverDnsProps> = {}) =>
  synth((stack) => void new FailoverDns(stack, "orders", { ...minimalProps, ...changes }));
const full = (changes: Partial<FailoverDnsProps> = {}) => build({ ...fullProps, ...changes });
const withTwo = { standby: [serving("eu-central-1")] };
const withThree = { standby: [serving("eu-central-1"), serving("us-east-1")] };
const check = (region: string, name: string) => `aws_route53_health_check.orders_${region}_${name}`;
const idOf = (address: string) => ref(`${address}.id`);

describe("FailoverDns", () => {
  test("has these addresses in two regions, which are frozen", () => {
    const region = (name: string, other: string) => [
      `aws_acm_certificate.orders_${name}_name_certificate`,
      `aws_acm_certificate_validation.orders_${name}_name_validation`,
      `aws_apigatewayv2_api_mapping.orders_${name}_name_mapping`,
      `aws_apigatewayv2_domain_name.orders_${name}_name_domain-name`,
      `aws_cloudwatch_metric_alarm.orders_${name}_metric-alarm`,
      `aws_cloudwatch_metric_alarm.orders_${name}_status-alarm`,
      `aws_cloudwatch_metric_alarm.orders_${name}_switch_alarm-in-${other}`,
      `aws_route53_health_check.orders_${name}_endpoint`,
      `aws_route53_health_check.orders_${name}_health`,
      `aws_route53_health_check.orders_${name}_metric`,
      `aws_route53_health_check.orders_${name}_switch_check`,
      `aws_route53_record.orders_${name}_name_record`,
      `aws_route53_record.orders_${name}_name_validation-record`,
    ];
    expect(full().addresses).toEqual(
      [
        ...region("eu-west-1", "eu-central-1"),
        ...region("eu-central-1", "eu-west-1"),
        "aws_route53_record.orders_home",
        "aws_route53_record.orders_standby",
      ].sort(),
    );
  });

  test("checks an API that asks for certificates by its metric and by hand alone, and gives its regions no names", () => {
    const asking = (region: string) => ({ ...serving(region), asksForCertificates: true });
    const { addresses, at } = full({ home: asking("eu-west-1"), standby: [asking("eu-central-1")] });
    expect(addresses.filter((address) => /_name_|_endpoint$/.test(address))).toEqual([]);
    for (const region of ["eu-west-1", "eu-central-1"]) {
      expect(at(check(region, "health"))).toMatchObject({
        child_healthchecks: [idOf(check(region, "metric")), idOf(check(region, "switch_check"))],
        child_health_threshold: 2,
      });
    }
  });

  test("has these addresses for routing controls, latency and more regions, which are frozen", () => {
    const own = synth(everyOption).addresses.filter((address) =>
      /recovery|routing-controls|\.near_latency|^aws_route53_record\.controlled_(home|standby)/.test(address),
    );
    expect(own).toEqual([
      "aws_route53_record.controlled_home",
      "aws_route53_record.controlled_standby",
      "aws_route53_record.controlled_standby-1",
      "aws_route53_record.controlled_standby-1-next",
      "aws_route53_record.near_latency-eu-central-1",
      "aws_route53_record.near_latency-eu-west-1",
      "aws_route53_record.near_latency-us-east-1",
      "aws_route53recoverycontrolconfig_cluster.recovery_cluster",
      "aws_route53recoverycontrolconfig_control_panel.controlled_routing-controls_panel",
      "aws_route53recoverycontrolconfig_routing_control.controlled_routing-controls_control-eu-central-1",
      "aws_route53recoverycontrolconfig_routing_control.controlled_routing-controls_control-eu-west-1",
      "aws_route53recoverycontrolconfig_routing_control.controlled_routing-controls_control-us-east-1",
      "aws_route53recoverycontrolconfig_safety_rule.controlled_routing-controls_one-region-on",
    ]);
  });

  test("is one PRIMARY record without a check while there is no standby region", () => {
    const { addresses, at } = build({ config: fullProps.config, alarms });
    expect(addresses).toEqual(["aws_route53_record.orders_home"]);
    expect(at("aws_route53_record.orders_home")).toMatchObject({
      name: "orders.example.com",
      type: "A",
      set_identifier: "home",
      failover_routing_policy: { type: "PRIMARY" },
      alias: { name: serving("eu-west-1").target.name, evaluate_target_health: true },
    });
    expect(at("aws_route53_record.orders_home")).not.toHaveProperty("health_check_id");
  });

  test("keeps what makes the home record the same record when a standby region comes", () => {
    const fixedFields = (changes: Partial<FailoverDnsProps>) => {
      const { name, type, zone_id, set_identifier, failover_routing_policy } = build(changes).at(
        "aws_route53_record.orders_home",
      );
      return { name, type, zone_id, set_identifier, failover_routing_policy };
    };
    expect(fixedFields(withTwo)).toEqual(fixedFields({}));
    expect(fixedFields(withThree)).toEqual(fixedFields({}));
  });

  test("answers with the standby region as SECONDARY, each record with its region's joined check", () => {
    const { at } = build(withTwo);
    expect(at("aws_route53_record.orders_home").health_check_id).toBe(idOf(check("eu-west-1", "health")));
    expect(at("aws_route53_record.orders_standby")).toMatchObject({
      set_identifier: "standby",
      failover_routing_policy: { type: "SECONDARY" },
      health_check_id: idOf(check("eu-central-1", "health")),
      alias: { name: serving("eu-central-1").target.name, evaluate_target_health: true },
    });
  });

  test("chains three regions, as a name takes one PRIMARY and one SECONDARY", () => {
    const { at } = build(withThree);
    expect(at("aws_route53_record.orders_standby")).toMatchObject({
      name: "orders.example.com",
      set_identifier: "standby",
      failover_routing_policy: { type: "SECONDARY" },
      alias: { name: ref("aws_route53_record.orders_standby-1.fqdn"), evaluate_target_health: true },
      depends_on: ["aws_route53_record.orders_standby-1"],
    });
    expect(at("aws_route53_record.orders_standby")).not.toHaveProperty("health_check_id");
    expect(at("aws_route53_record.orders_standby-1")).toMatchObject({
      name: "standby-1.orders.example.com",
      failover_routing_policy: { type: "PRIMARY" },
      health_check_id: idOf(check("eu-central-1", "health")),
    });
    expect(at("aws_route53_record.orders_standby-1-next")).toMatchObject({
      name: "standby-1.orders.example.com",
      failover_routing_policy: { type: "SECONDARY" },
      health_check_id: idOf(check("us-east-1", "health")),
    });
  });

  test.each([
    ["eu-west-1", ["eu-west-1", "eu-central-1", "us-east-1"]],
    ["eu-central-1", ["eu-central-1", "eu-west-1", "us-east-1"]],
    ["us-east-1", ["us-east-1", "eu-west-1", "eu-central-1"]],
  ])("leads to %s first, and changes only where records lead and by which check", (active, order) => {
    const names = ["home", "standby", "standby-1", "standby-1-next"].map((name) => `aws_route53_record.orders_${name}`);
    const [before, after] = [build(withThree), build({ ...withThree, active })];
    expect(after.addresses).toEqual(before.addresses);
    const fixed = ({ alias: _, health_check_id: __, ...record }: Record<string, unknown>) => record;
    for (const name of after.addresses.filter((address) => !names.includes(address))) {
      expect(after.at(name)).toEqual(before.at(name));
    }
    for (const name of names) expect(fixed(after.at(name))).toEqual(fixed(before.at(name)));
    const led = names.filter((name) => !name.endsWith("_standby")).map((name) => after.at(name));
    expect(led.map(({ alias, health_check_id }) => [(alias as { name: string }).name, health_check_id])).toEqual(
      order.map((region) => [serving(region).target.name, idOf(check(region, "health"))]),
    );
  });

  test("turns two regions round, and refuses a region that it does not have", () => {
    const { at } = build({ ...withTwo, active: "eu-central-1" });
    const led = ["home", "standby"].map((name) => at(`aws_route53_record.orders_${name}`));
    expect(led.map(({ alias }) => (alias as { name: string }).name)).toEqual(
      ["eu-central-1", "eu-west-1"].map((region) => serving(region).target.name),
    );
    expect(() => build({ ...withTwo, active: "us-east-1" })).toThrow(
      'cannot serve from "us-east-1" first, because it is not one of its regions; use one of eu-west-1, eu-central-1',
    );
  });

  test("has a latency record per region, the same one whatever the order and number of standby regions", () => {
    const config: FailoverDnsInput = { policy: "latency" };
    const record = { set_identifier: "eu-west-1", latency_routing_policy: { region: "eu-west-1" } };
    expect(build({ config }).at("aws_route53_record.orders_latency-eu-west-1")).toMatchObject(record);
    const three = build({ config, standby: [...withThree.standby].reverse() });
    expect(three.at("aws_route53_record.orders_latency-eu-west-1")).toMatchObject({
      ...record,
      health_check_id: idOf(check("eu-west-1", "health")),
    });
    expect(three.at("aws_route53_record.orders_latency-us-east-1")).toMatchObject({ set_identifier: "us-east-1" });
  });

  test("asks each region under a name of its own, which has a certificate and leads to that region's API alone", () => {
    const { at } = full();
    expect(at(check("eu-central-1", "endpoint"))).toMatchObject({
      type: "HTTPS",
      fqdn: ref("aws_route53_record.orders_eu-central-1_name_record.fqdn"),
      port: 443,
      enable_sni: true,
      resource_path: "/health?deep=1",
      request_interval: 10,
      failure_threshold: 2,
      measure_latency: true,
      regions: ["us-east-1", "eu-west-1", "ap-southeast-1"],
    });
    expect(at("aws_acm_certificate.orders_eu-central-1_name_certificate")).toMatchObject({
      domain_name: "eu-central-1.orders.example.com",
      provider: "aws.eu-central-1",
      lifecycle: { create_before_destroy: true },
    });
    expect(at("aws_apigatewayv2_api_mapping.orders_eu-central-1_name_mapping")).toMatchObject({
      api_id: serving("eu-central-1").apiId,
      stage: "$default",
    });
    expect(at("aws_route53_record.orders_eu-central-1_name_record")).toMatchObject({
      name: "eu-central-1.orders.example.com",
      depends_on: ["aws_apigatewayv2_api_mapping.orders_eu-central-1_name_mapping"],
    });
  });

  test("gives others the health check and the name of each region, and neither without a standby region", () => {
    synth((stack) => {
      const { healthCheckIds, regionalNames } = new FailoverDns(stack, "orders", fullProps);
      expect([...healthCheckIds.keys()]).toEqual(["eu-west-1", "eu-central-1"]);
      expect(resolve(stack, [...regionalNames])).toEqual(
        ["eu-west-1", "eu-central-1"].map((region) => [
          region,
          ref(`aws_route53_record.orders_${region}_name_record.fqdn`),
        ]),
      );
    });
    synth((stack) => {
      const alone = new FailoverDns(stack, "orders", minimalProps);
      expect([alone.healthCheckIds.size, alone.regionalNames.size, alone.switches.length]).toEqual([0, 0, 0]);
    });
  });

  test("makes an alarm for Route 53 in the metric's region, and writes the check again when its settings change", () => {
    const { at } = full();
    expect(at("aws_cloudwatch_metric_alarm.orders_eu-central-1_metric-alarm")).toMatchObject({
      provider: "aws.eu-central-1",
      namespace: "AWS/ApiGateway",
      dimensions: { ApiId: serving("eu-central-1").apiId },
      statistic: "Sum",
      period: 120,
      treat_missing_data: "missing",
    });
    const triggersOf = (threshold: number) =>
      full({ config: { alarmCheck: { threshold } } }).at(check("eu-west-1", "metric")).triggers;
    expect(at(check("eu-central-1", "metric"))).toMatchObject({
      type: "CLOUDWATCH_METRIC",
      cloudwatch_alarm_region: "eu-central-1",
      insufficient_data_health_status: "LastKnownStatus",
    });
    expect(triggersOf(50)).not.toEqual(triggersOf(51));
  });

  test("takes silence for health unless told otherwise, as the endpoint check sees a dead region", () => {
    expect(full({ config: { alarmCheck: { threshold: 1 } } }).at(check("eu-west-1", "metric"))).toMatchObject({
      insufficient_data_health_status: "Healthy",
    });
  });

  test("joins endpoint, metric and switch so that each of them can take the region out", () => {
    const children = ["endpoint", "metric", "switch_check"].map((name) => idOf(check("eu-west-1", name)));
    expect(full().at(check("eu-west-1", "health"))).toMatchObject({
      type: "CALCULATED",
      child_healthchecks: children,
      child_health_threshold: 3,
    });
    expect(build(withTwo).at(check("eu-west-1", "health"))).toMatchObject({
      child_healthchecks: [children[0], children[2]],
      child_health_threshold: 2,
    });
  });

  test("creates a health check before the record lets go of the one it replaces", () => {
    const { addresses, at } = full();
    const checks = addresses.filter((address) => address.startsWith("aws_route53_health_check."));
    expect(checks).toHaveLength(8);
    for (const address of checks) expect(at(address).lifecycle).toEqual({ create_before_destroy: true });
  });

  test("switches a region by one data point in another region's CloudWatch, which the check remembers", () => {
    const { at } = build(withTwo);
    expect(at("aws_cloudwatch_metric_alarm.orders_eu-west-1_switch_alarm-in-eu-central-1")).toMatchObject({
      provider: "aws.eu-central-1",
      namespace: "Evenkeel/Failover",
      metric_name: "Drained",
      dimensions: { Service: "test-orders", Region: "eu-west-1" },
      threshold: 1,
      period: 60,
      evaluation_periods: 1,
      treat_missing_data: "missing",
    });
    expect(at(check("eu-west-1", "switch_check"))).toMatchObject({
      type: "CLOUDWATCH_METRIC",
      cloudwatch_alarm_region: "eu-central-1",
      insufficient_data_health_status: "LastKnownStatus",
    });
  });

  test("puts the commands of its switches into the outputs", () => {
    const command = (value: number) =>
      `aws cloudwatch put-metric-data --region eu-central-1 --namespace Evenkeel/Failover --metric-name Drained --dimensions Service=test-orders,Region=eu-west-1 --value ${value}`;
    const { output } = build(withTwo);
    expect(output["orders_drain-eu-west-1"]?.value).toBe(command(1));
    expect(output["orders_restore-eu-west-1"]?.value).toBe(command(0));
    expect(Object.keys(output)).toHaveLength(4);
  });

  test("switches by routing controls, of which a safety rule keeps one on", () => {
    const { at, output } = synth(everyOption);
    const control = (region: string) =>
      ref(`aws_route53recoverycontrolconfig_routing_control.controlled_routing-controls_control-${region}.arn`);
    expect(at("aws_route53recoverycontrolconfig_safety_rule.controlled_routing-controls_one-region-on")).toMatchObject({
      asserted_controls: ["eu-west-1", "eu-central-1", "us-east-1"].map(control),
      rule_config: { type: "ATLEAST", threshold: 1, inverted: false },
    });
    expect(at("aws_route53_health_check.controlled_eu-west-1_switch_check")).toMatchObject({
      type: "RECOVERY_CONTROL",
      routing_control_arn: control("eu-west-1"),
    });
    expect(output["controlled_drain-eu-west-1"]?.value).toMatch(
      /^aws route53-recovery-cluster update-routing-control-state --region \$\{.*\} --endpoint-url \$\{.*\} --routing-control-arn \$\{.*control-eu-west-1\.arn\} --routing-control-state Off$/,
    );
    expect(output["controlled_restore-eu-west-1"]?.value).toMatch(/ --routing-control-state On$/);
  });

  test("makes a new safety rule before the old one goes when regions are added", () => {
    const ruleOf = (changes: Partial<FailoverDnsProps>) =>
      synth((stack) => {
        const recoveryCluster = new RecoveryCluster(stack, "recovery", { name: "test", region: "eu-west-1" });
        const config: FailoverDnsInput = { manualSwitch: "routing-control" };
        new FailoverDns(stack, "orders", { ...minimalProps, ...changes, config, recoveryCluster });
      }).at("aws_route53recoverycontrolconfig_safety_rule.orders_routing-controls_one-region-on");
    expect(ruleOf(withTwo).lifecycle).toEqual({ create_before_destroy: true });
    expect(ruleOf(withTwo).name).not.toBe(ruleOf(withThree).name);
  });

  test("alarms on the health of each region where its metric is, in us-east-1", () => {
    expect(full().at("aws_cloudwatch_metric_alarm.orders_eu-central-1_status-alarm")).toMatchObject({
      provider: "aws.us-east-1",
      namespace: "AWS/Route53",
      metric_name: "HealthCheckStatus",
      dimensions: { HealthCheckId: idOf(check("eu-central-1", "health")) },
      alarm_actions: [alarms.topicArn("us-east-1")],
    });
    expect(build(withTwo).addresses.filter((address) => address.includes("status-alarm"))).toEqual([]);
  });

  test("is built by the README's example, which is this compiled one", () => {
    const { at } = synth((stack) => void example(stack, serving("eu-west-1"), serving("eu-central-1"), alarms));
    expect(at(check("eu-west-1", "endpoint"))).toMatchObject({ request_interval: 10, failure_threshold: 3 });
    const source = readFileSync(path.join(__dirname, "example.ts"), "utf8");
    const readme = readFileSync(path.join(__dirname, "..", "..", "..", "modules", "failover-dns", "README.md"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
  });
});

describe("FailoverDns refuses", () => {
  const refused: [string, () => unknown, RegExp][] = [
    [
      "a region twice",
      () => build({ standby: [serving("eu-central-1"), serving("eu-west-1")] }),
      /test\/orders: lists the region "eu-west-1" twice; pass each serving region once/,
    ],
    [
      "a stack without us-east-1, where the health metrics are",
      () => synth((stack) => void new FailoverDns(stack, "orders", fullProps), ["eu-west-1", "eu-central-1"]),
      /has no provider for region "us-east-1".*; add the region to the stack's regions/,
    ],
    [
      "routing controls without a cluster",
      () => build({ ...withTwo, config: { manualSwitch: "routing-control" } }),
      /uses routing controls, but has no ARC cluster for them; create a RecoveryCluster and pass it/,
    ],
    [
      "a name that no certificate takes",
      () => build({ ...withTwo, domainName: `${"a".repeat(50)}.example.com` }),
      /has 72 characters, but the first name of an ACM certificate may have 64; shorten the domain name/,
    ],
    [
      "checks in another partition",
      () => build({ home: serving("cn-north-1"), ...withTwo }),
      /cannot check cn-north-1, because its partition has different health checkers and metrics; leave standby empty/,
    ],
    [
      "a name that ARC does not take",
      () => synth((stack) => void new RecoveryCluster(stack, "recovery", { name: "a b", region: "eu-west-1" })),
      /"a b" is not a valid name in ARC; use 1 to 64 letters, digits, _ and -/,
    ],
  ];

  test.each(refused)("%s", (_, attempt, message) => {
    expect(attempt).toThrow(message);
  });
});

describe("failoverDnsConfig", () => {
  const parse = (input: unknown) => parseConfig(failoverDnsConfig, input, "dns");
  const alarmCheck = (changes: object) => ({ alarmCheck: { threshold: 1, ...changes } });
  const endpointCheck = (changes: object) => ({ endpointCheck: changes });

  test("fails over after three failed checks at 30 seconds and switches by a metric unless told otherwise", () => {
    expect(parse({})).toEqual({
      policy: "failover",
      endpointCheck: { path: "/health", requestIntervalSeconds: 30, failureThreshold: 3, measureLatency: false },
      manualSwitch: "metric",
    });
  });

  const refused: [string, unknown, RegExp][] = [
    [
      "a request interval that Route 53 has not",
      endpointCheck({ requestIntervalSeconds: 20 }),
      /requestIntervalSeconds: is not one of the allowed values; use one of 10, 30/,
    ],
    [
      "a failure threshold above 10",
      endpointCheck({ failureThreshold: 11 }),
      /failureThreshold: is too large; use at most 10/,
    ],
    ["a path without a slash", endpointCheck({ path: "health" }), /endpointCheck\.path: is not a path; start with \//],
    [
      "fewer than three checker regions",
      endpointCheck({ checkerRegions: ["us-east-1", "eu-west-1"] }),
      /checkerRegions: has too few regions for Route 53; list at least 3/,
    ],
    [
      "a checker region twice",
      endpointCheck({ checkerRegions: ["us-east-1", "eu-west-1", "eu-west-1"] }),
      /checkerRegions\[2\]: is listed twice/,
    ],
    [
      "a region without checkers",
      endpointCheck({ checkerRegions: ["us-east-1", "eu-west-1", "eu-central-1"] }),
      /checkerRegions\[2\]: is not one of the allowed values/,
    ],
    [
      "a percentile",
      alarmCheck({ statistic: "p99" }),
      /alarmCheck\.statistic: is not a statistic that Route 53 supports; use one of Average, Minimum, Maximum, Sum, SampleCount/,
    ],
    [
      "a high-resolution period",
      alarmCheck({ periodSeconds: 10 }),
      /periodSeconds: is not a period that Route 53 supports; use a multiple of 60 s/,
    ],
    [
      "a period between minutes",
      alarmCheck({ periodSeconds: 90 }),
      /periodSeconds: is not a period that Route 53 supports/,
    ],
    [
      "metric math",
      alarmCheck({ metricQuery: [] }),
      /alarmCheck\.metricQuery: unknown field; use one of metricName, statistic/,
    ],
    ["an extended statistic", alarmCheck({ extendedStatistic: "p99" }), /alarmCheck\.extendedStatistic: unknown field/],
    [
      "a metric that HTTP APIs have not",
      alarmCheck({ metricName: "5XXError" }),
      /alarmCheck\.metricName: is not one of the allowed values; use one of 5xx/,
    ],
    [
      "an unknown meaning of silence",
      alarmCheck({ insufficientDataHealthStatus: "OK" }),
      /insufficientDataHealthStatus: is not one of the allowed values/,
    ],
    ["an alarm without a threshold", { alarmCheck: {} }, /alarmCheck\.threshold: is required; add a number/],
    [
      "an alarm that looks back more than a day",
      alarmCheck({ periodSeconds: 60, evaluationPeriods: 1441 }),
      /evaluationPeriods: covers more than a day with periodSeconds 60, the most that CloudWatch evaluates with this period; use at most 1440/,
    ],
    [
      "an alarm with long periods that looks back more than a week",
      alarmCheck({ periodSeconds: 3600, evaluationPeriods: 169 }),
      /evaluationPeriods: covers more than a week with periodSeconds 3600, the most that CloudWatch evaluates with this period; use at most 168/,
    ],
    [
      "an unknown policy",
      { policy: "weighted" },
      /policy: is not one of the allowed values; use one of failover, latency/,
    ],
    ["an unknown switch", { manualSwitch: "ssm" }, /manualSwitch: is not one of the allowed values/],
  ];

  test.each(refused)("refuses %s", (_, config, message) => {
    expect(() => parse(config)).toThrow(message);
  });
});

describe("healthPathProblem", () => {
  const open = { authorization: "NONE" };
  const signed = { authorization: "AWS_IAM" };

  test.each([
    ["its own open route", "/health", { "GET /health": open, $default: signed }],
    ["a path with a query", "/health?deep=1", { "GET /health": open }],
    ["an open route for any method", "/health", { "ANY /health": open }],
    ["an open parameter", "/v1/health", { "GET /v1/{name}": open }],
    ["an open greedy route", "/internal/health", { "ANY /{path+}": open, "GET /{name}": signed }],
    ["an open default route", "/health", { $default: open, "POST /health": signed }],
  ])("takes %s", (_, path, routes) => {
    expect(healthPathProblem(path, routes)).toBeUndefined();
  });

  test.each([
    [
      "a path without a route",
      { "POST /health": open, "GET /{a}/{b}": open },
      /^does not match any route of the API; add the route "GET \/health" with authorization NONE$/,
    ],
    ["a signed default route", { $default: signed }, /^matches the route "\$default", which requires AWS_IAM/],
    [
      "a closer route that is closed",
      { "GET /{name}": signed, "ANY /{path+}": open },
      /the route "GET \/\{name\}", which requires AWS_IAM/,
    ],
    [
      "a method's own route that is closed",
      { "GET /health": { authorization: "JWT" }, "ANY /health": open },
      /which requires JWT, but health checkers send no credentials/,
    ],
  ])("refuses %s", (_, routes: Record<string, { authorization: string }>, message) => {
    expect(healthPathProblem("/health", routes)).toMatch(message);
  });
});
