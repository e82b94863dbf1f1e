import { fill } from "../../simulator/fill/fill";
import { dataSourceRules, rulesFor } from "../../simulator/fill/services";
import { zoneId } from "../../simulator/fill/zones";
import type { Type } from "../../simulator/protocol/schema";
import type { ObjectValue } from "../../simulator/protocol/values";
import { attribute, filled, schemaOf, scope, unknown } from "./fixtures/filled";

describe("the rules of the toolkit's types", () => {
  const role = (arn: string): string =>
    `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
  const fn = "arn:aws:lambda:us-east-1:111122223333:function:orders";
  const cases: [typeName: string, known: ObjectValue, expected: Record<string, unknown>][] = [
    [
      "aws_kms_key",
      { multi_region: true },
      {
        id: /^mrk-[0-9a-f]{32}$/,
        key_id: /^mrk-[0-9a-f]{32}$/,
        arn: /^arn:aws:kms:us-east-1:111122223333:key\/mrk-[0-9a-f]{32}$/,
      },
    ],
    [
      "aws_kms_key",
      { multi_region: false },
      { key_id: /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/ },
    ],
    [
      "aws_kms_replica_key",
      { primary_key_arn: "arn:aws:kms:eu-west-1:111122223333:key/mrk-1" },
      { id: "mrk-1", key_id: "mrk-1", arn: "arn:aws:kms:us-east-1:111122223333:key/mrk-1" },
    ],
    [
      "aws_kms_alias",
      { name: "alias/a", target_key_id: "k" },
      { id: "alias/a", arn: "arn:aws:kms:us-east-1:111122223333:alias/a" },
    ],
    [
      "aws_dynamodb_table",
      { name: "t", stream_enabled: true },
      {
        id: "t",
        arn: "arn:aws:dynamodb:us-east-1:111122223333:table/t",
        stream_label: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/,
        stream_arn: /^arn:aws:dynamodb:us-east-1:111122223333:table\/t\/stream\/\d{4}-/,
      },
    ],
    ["aws_dynamodb_table", { name: "t", stream_enabled: false }, { stream_arn: "", stream_label: "" }],
    [
      "aws_dynamodb_table_replica",
      { global_table_arn: "arn:aws:dynamodb:eu-west-1:111122223333:table/t" },
      { id: "t:eu-west-1", arn: "arn:aws:dynamodb:us-east-1:111122223333:table/t" },
    ],
    ["aws_dynamodb_contributor_insights", { table_name: "t", index_name: null }, { id: "name:t/index:/111122223333" }],
    [
      "aws_lambda_function",
      { function_name: "orders", publish: true },
      {
        id: "orders",
        arn: fn,
        version: "1",
        qualified_arn: `${fn}:1`,
        invoke_arn: role(fn),
        qualified_invoke_arn: role(`${fn}:1`),
      },
    ],
    ["aws_lambda_function", { function_name: "orders", publish: false }, { version: "$LATEST" }],
    [
      "aws_lambda_alias",
      { function_name: fn, name: "live" },
      { arn: `${fn}:live`, id: `${fn}:live`, invoke_arn: role(`${fn}:live`) },
    ],
    [
      "aws_lambda_provisioned_concurrency_config",
      { function_name: "orders", qualifier: "live" },
      { id: "orders,live" },
    ],
    ["aws_lambda_function_event_invoke_config", { function_name: "orders", qualifier: "live" }, { id: "orders:live" }],
    [
      "aws_lambda_function_url",
      { function_name: "orders", qualifier: "live" },
      { id: "orders/live", function_url: /^https:\/\/[a-z0-9]{32}\.lambda-url\.us-east-1\.on\.aws\/$/ },
    ],
    [
      "aws_iam_role",
      { name: "r", path: "/svc/" },
      { id: "r", arn: "arn:aws:iam::111122223333:role/svc/r", unique_id: /^AROA[A-Z2-7]{17}$/ },
    ],
    ["aws_iam_role_policy", { role: "r", name: "p" }, { id: "r:p" }],
    ["aws_iam_policy", { name: "p", path: "/" }, { id: "arn:aws:iam::111122223333:policy/p", policy_id: /^ANPA/ }],
    [
      "aws_cloudwatch_log_group",
      { name: "/aws/lambda/o" },
      { id: "/aws/lambda/o", arn: "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/o" },
    ],
    [
      "aws_cloudwatch_metric_alarm",
      { alarm_name: "a" },
      { id: "a", arn: "arn:aws:cloudwatch:us-east-1:111122223333:alarm:a" },
    ],
    [
      "aws_cloudwatch_dashboard",
      { dashboard_name: "d" },
      { dashboard_arn: "arn:aws:cloudwatch::111122223333:dashboard/d" },
    ],
    [
      "aws_apigatewayv2_api",
      { protocol_type: "HTTP" },
      {
        id: /^[a-z0-9]{10}$/,
        arn: /^arn:aws:apigateway:us-east-1::\/apis\/[a-z0-9]{10}$/,
        api_endpoint: /^https:\/\/[a-z0-9]{10}\.execute-api\.us-east-1\.amazonaws\.com$/,
        execution_arn: /^arn:aws:execute-api:us-east-1:111122223333:[a-z0-9]{10}$/,
      },
    ],
    [
      "aws_apigatewayv2_stage",
      { api_id: "abc", name: "$default" },
      { id: "$default", invoke_url: "https://abc.execute-api.us-east-1.amazonaws.com/" },
    ],
    [
      "aws_apigatewayv2_stage",
      { api_id: "abc", name: "v1" },
      { invoke_url: "https://abc.execute-api.us-east-1.amazonaws.com/v1" },
    ],
    [
      "aws_route53_zone",
      { name: "example.com" },
      { zone_id: /^Z[A-Z2-7]{20}$/, arn: /^arn:aws:route53:::hostedzone\/Z/ },
    ],
    [
      "aws_route53_record",
      { zone_id: "Z1", name: "API.example.com", type: "A", set_identifier: "home" },
      { id: "Z1_api.example.com_A_home", fqdn: "api.example.com" },
    ],
    ["aws_route53_health_check", { type: "HTTPS" }, { id: /^[0-9a-f-]{36}$/, arn: /^arn:aws:route53:::healthcheck\// }],
    ["aws_sns_topic", { name: "t" }, { id: "arn:aws:sns:us-east-1:111122223333:t", owner: "111122223333" }],
    [
      "aws_sqs_queue",
      { name: "q" },
      { id: "https://sqs.us-east-1.amazonaws.com/111122223333/q", arn: "arn:aws:sqs:us-east-1:111122223333:q" },
    ],
    ["aws_budgets_budget", { name: "b" }, { id: "111122223333:b", arn: "arn:aws:budgets::111122223333:budget/b" }],
    [
      "aws_cloudwatch_event_rule",
      { name: "r", event_bus_name: "orders" },
      { id: "orders/r", arn: "arn:aws:events:us-east-1:111122223333:rule/orders/r" },
    ],
    [
      "aws_cloudwatch_event_rule",
      { name: "r", event_bus_name: "default" },
      { id: "r", arn: "arn:aws:events:us-east-1:111122223333:rule/r" },
    ],
    ["aws_cloudwatch_event_target", { rule: "r", target_id: "t", event_bus_name: "orders" }, { id: "orders-r-t" }],
    [
      "aws_cloudwatch_event_endpoint",
      { name: "e" },
      { id: "e", endpoint_url: /^https:\/\/[a-z0-9]{10}\.[a-z0-9]{3}\.endpoint\.events\.amazonaws\.com\/$/ },
    ],
    [
      "aws_s3_bucket",
      { bucket: "b" },
      { id: "b", arn: "arn:aws:s3:::b", bucket_regional_domain_name: "b.s3.us-east-1.amazonaws.com" },
    ],
    [
      "aws_secretsmanager_secret",
      { name: "s" },
      { id: /^arn:aws:secretsmanager:us-east-1:111122223333:secret:s-[a-z0-9]{6}$/ },
    ],
    [
      "aws_ssm_parameter",
      { name: "/a/b", type: "String", value: "v" },
      { id: "/a/b", arn: "arn:aws:ssm:us-east-1:111122223333:parameter/a/b" },
    ],
    [
      "aws_rds_global_cluster",
      { global_cluster_identifier: "g" },
      { id: "g", arn: "arn:aws:rds::111122223333:global-cluster:g" },
    ],
    [
      "aws_wafv2_web_acl",
      { name: "w", scope: "REGIONAL" },
      { arn: /^arn:aws:wafv2:us-east-1:111122223333:regional\/webacl\/w\/[0-9a-f-]{36}$/ },
    ],
    [
      "aws_cloudfront_distribution",
      { enabled: true },
      { id: /^E[A-Z2-7]{13}$/, domain_name: /^d[a-z0-9]{13}\.cloudfront\.net$/, hosted_zone_id: "Z2FDTNDATAQYW2" },
    ],
    ["aws_xray_group", { group_name: "g" }, { arn: /^arn:aws:xray:us-east-1:111122223333:group\/g\/[A-Z2-7]{26}$/ }],
    [
      "aws_scheduler_schedule",
      { name: "s", group_name: "default" },
      { id: "default/s", arn: "arn:aws:scheduler:us-east-1:111122223333:schedule/default/s" },
    ],
    [
      "aws_appautoscaling_target",
      { service_namespace: "lambda", resource_id: "function:o:live" },
      { id: "function:o:live", role_arn: /AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency$/ },
    ],
  ];

  test.each(cases)("give %s with %j what AWS gives", (typeName, known, expected) => {
    const unknowns = Object.fromEntries(
      Object.keys({ id: 0, arn: 0, ...rulesFor(typeName), ...expected }).map((name) => [name, unknown]),
    );
    const top = Object.fromEntries(Object.entries({ ...unknowns, ...known }).filter(([name]) => !name.includes(".")));
    const state = filled(typeName, top);
    for (const [name, value] of Object.entries(expected)) {
      if (value instanceof RegExp) expect(state[name]).toMatch(value);
      else expect(state[name]).toBe(value);
    }
  });

  test("ask for one validation record per domain, the same in every region, shared by a wildcard", () => {
    const record: Type = [
      "object",
      {
        domain_name: "string",
        resource_record_name: "string",
        resource_record_type: "string",
        resource_record_value: "string",
      },
    ];
    const block = schemaOf([
      attribute("id", "string", "both"),
      attribute("domain_name", "string", "both"),
      attribute("subject_alternative_names", ["set", "string"], "both"),
      attribute("domain_validation_options", ["set", record]),
    ]);
    const planned = {
      id: unknown,
      domain_name: "example.com",
      subject_alternative_names: ["*.example.com", "example.com"],
      domain_validation_options: unknown,
    };
    const home = filled("aws_acm_certificate", planned, { block });
    const standby = filled("aws_acm_certificate", planned, { block, scope: { ...scope, region: "eu-west-1" } });
    const options = home.domain_validation_options as ObjectValue[];
    expect(options.map((option) => option.domain_name).sort()).toEqual(["*.example.com", "example.com"]);
    expect(options[0]?.resource_record_name).toBe(options[1]?.resource_record_name);
    expect(options[0]?.resource_record_name).toMatch(/^_[0-9a-f]{32}\.example\.com\.$/);
    expect(standby.domain_validation_options).toEqual(home.domain_validation_options);
    expect(standby.id).not.toBe(home.id);
  });

  test("answer the data source of zones with the region's own", () => {
    const list: Type = ["list", "string"];
    const block = schemaOf([attribute("id"), attribute("names", list), attribute("zone_ids", list)]);
    const state = fill({
      typeName: "aws_availability_zones",
      block,
      planned: { id: unknown, names: unknown, zone_ids: unknown },
      prior: null,
      scope: { ...scope, region: "eu-west-1" },
      ordinal: 0,
      rules: dataSourceRules("aws_availability_zones"),
    });
    expect(state).toMatchObject({
      id: "eu-west-1",
      names: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
      zone_ids: ["euw1-az1", "euw1-az2", "euw1-az3"],
    });
  });

  test("answer the data source of a table with a stream of the region", () => {
    const names = ["id", "arn", "stream_label", "stream_arn"];
    const state = fill({
      typeName: "aws_dynamodb_table",
      block: schemaOf(["name", ...names].map((name) => attribute(name))),
      planned: { name: "prod-orders", ...Object.fromEntries(names.map((name) => [name, unknown])) },
      prior: null,
      scope: { ...scope, region: "eu-central-1" },
      ordinal: 0,
      rules: dataSourceRules("aws_dynamodb_table"),
    });
    expect(state?.stream_arn).toBe(`${state?.arn}/stream/${state?.stream_label}`);
    expect(state?.arn).toMatch(/^arn:aws:dynamodb:eu-central-1:\d{12}:table\/prod-orders$/);
  });

  test("make a password that no name looks like", () => {
    const typeName = "aws_secretsmanager_random_password";
    const state = fill({
      typeName,
      block: schemaOf([attribute("random_password")]),
      planned: { random_password: unknown },
      prior: null,
      scope,
      ordinal: 0,
      rules: dataSourceRules(typeName),
    });
    expect(state?.random_password).toMatch(/^SimulatedPassword[0-9a-z]{47}$/);
  });

  test.each([
    ["us-east-1", "use1-az1"],
    ["ap-northeast-1", "apne1-az1"],
    ["eu-central-1", "euc1-az1"],
    ["us-gov-west-1", "usgw1-az1"],
  ])("number the zones of %s from %s", (region, expected) => expect(zoneId(region, 0)).toBe(expected));
});
