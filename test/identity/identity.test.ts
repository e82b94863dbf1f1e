import { identitiesOf, identityOf, type Place, uniqueKey, type Values } from "../../identity";
import { ref } from "../support/synth";

const place: Place = { account: "111111111111", region: "eu-west-1" };
const other: Place = { account: "111111111111", region: "eu-central-1" };

const arn = (service: string, resource: string) => `arn:aws:${service}:eu-west-1:111111111111:${resource}`;

/** What it is about, the resource type, and several arguments of that type. */
type Forms = readonly [what: string, type: string, ...forms: readonly Values[]];

/** Forms of the arguments that AWS takes for one thing: every two of a row are the same. */
const same: readonly Forms[] = [
  [
    "a function by name or ARN",
    "aws_lambda_permission",
    { statement_id: "api", function_name: "f", qualifier: "live" },
    { statement_id: "api", function_name: "f:live" },
    { statement_id: "api", function_name: arn("lambda", "function:f"), qualifier: "live" },
    { statement_id: "api", function_name: arn("lambda", "function:f:live"), qualifier: "" },
    {
      statement_id: "api",
      function_name: "111111111111:function:f",
      qualifier: "live",
      action: "lambda:InvokeFunction",
    },
  ],
  [
    "a function without a qualifier",
    "aws_lambda_function_event_invoke_config",
    { function_name: "f" },
    { function_name: arn("lambda", "function:f") },
    { function_name: "f", qualifier: "$LATEST" },
  ],
  [
    "a rule on a bus",
    "aws_cloudwatch_event_rule",
    { name: "r", event_bus_name: "prod-orders" },
    { name: "r", event_bus_name: arn("events", "event-bus/prod-orders"), description: "x" },
  ],
  ["a rule on the default bus", "aws_cloudwatch_event_rule", { name: "r" }, { name: "r", event_bus_name: "default" }],
  [
    "a target of a rule",
    "aws_cloudwatch_event_target",
    { target_id: "t", rule: "r", event_bus_name: "b", arn: "x" },
    { target_id: "t", rule: "r", event_bus_name: arn("events", "event-bus/b"), arn: "y" },
  ],
  [
    "the policy of a queue",
    "aws_sqs_queue_policy",
    { queue_url: "https://sqs.eu-west-1.amazonaws.com/111111111111/q" },
    { queue_url: arn("sqs", "q") },
    { queue_url: "q" },
  ],
  ["the policy of a topic", "aws_sns_topic_policy", { arn: arn("sns", "t") }, { arn: "t", policy: "{}" }],
  ["a role in another case, with a path", "aws_iam_role", { name: "Prod" }, { name: "prod", path: "/teams/" }],
  [
    "a policy of a role",
    "aws_iam_role_policy",
    { name: "p", role: "Prod" },
    { name: "p", role: "arn:aws:iam::111111111111:role/teams/prod" },
  ],
  ["a cluster in another case", "aws_rds_cluster", { cluster_identifier: "Prod" }, { cluster_identifier: "prod" }],
  [
    "a record with a final dot",
    "aws_route53_record",
    { zone_id: "Z1", name: "A.example.com", type: "A" },
    { zone_id: "/hostedzone/Z1", name: "a.example.com.", type: "A", set_identifier: "" },
    { zone_id: "Z1", name: "a", fqdn: "a.example.com", type: "A" },
  ],
  [
    "a wildcard record",
    "aws_route53_record",
    { zone_id: "Z1", name: "*.a.com", type: "A" },
    { zone_id: "Z1", name: "\\052.a.com", type: "A" },
  ],
  ["an API domain in another case", "aws_apigatewayv2_domain_name", { domain_name: "A.com" }, { domain_name: "a.com" }],
  [
    "the mapping of a whole domain",
    "aws_apigatewayv2_api_mapping",
    { domain_name: "a.com" },
    { domain_name: "A.com", api_mapping_key: "" },
  ],
  ["a schedule in the default group", "aws_scheduler_schedule", { name: "s" }, { name: "s", group_name: "default" }],
  [
    "the policy of a secret",
    "aws_secretsmanager_secret_policy",
    { secret_arn: "s" },
    { secret_arn: arn("secretsmanager", "secret:s-AbCdEf") },
  ],
  ["the policy of a bucket", "aws_s3_bucket_policy", { bucket: "b" }, { bucket: "arn:aws:s3:::b", policy: "{}" }],
  ["a group in another case", "aws_security_group", { vpc_id: "vpc-1", name: "A" }, { vpc_id: "vpc-1", name: "a" }],
  [
    "traffic of a group, whatever its description",
    "aws_vpc_security_group_ingress_rule",
    {
      security_group_id: "sg-1",
      ip_protocol: "tcp",
      from_port: 5432,
      to_port: 5432,
      cidr_ipv4: "10.0.0.0/8",
      description: "a",
    },
    { security_group_id: "sg-1", ip_protocol: "tcp", from_port: 5432, to_port: 5432, cidr_ipv4: "10.0.0.0/8" },
  ],
];

/** Arguments that differ in what makes a resource another one: no two of a row are the same. */
const different: readonly Forms[] = [
  ["names in another case", "aws_sqs_queue", { name: "Prod" }, { name: "prod" }],
  [
    "qualifiers",
    "aws_lambda_permission",
    { statement_id: "a", function_name: "f" },
    { statement_id: "a", function_name: "f:live" },
  ],
  ["buses", "aws_cloudwatch_event_rule", { name: "r" }, { name: "r", event_bus_name: "b" }],
  [
    "set identifiers and types",
    "aws_route53_record",
    { zone_id: "Z1", name: "a.com", type: "A" },
    { zone_id: "Z1", name: "a.com", type: "AAAA" },
    { zone_id: "Z1", name: "a.com", type: "A", set_identifier: "home" },
    { zone_id: "Z2", name: "a.com", type: "A" },
  ],
  [
    "parts that run into each other",
    "aws_lambda_alias",
    { name: "bc", function_name: "a" },
    { name: "c", function_name: "ab" },
  ],
  [
    "ports",
    "aws_vpc_security_group_egress_rule",
    { security_group_id: "sg-1", ip_protocol: "tcp", from_port: 1, to_port: 1, cidr_ipv4: "10.0.0.0/8" },
    { security_group_id: "sg-1", ip_protocol: "tcp", from_port: 2, to_port: 2, cidr_ipv4: "10.0.0.0/8" },
  ],
];

/** What takes its name, and where another of that name may still be made. */
const scopes: readonly (readonly [
  type: string,
  values: Values,
  twiceInAnAccount: boolean,
  twiceInThePartition: boolean,
])[] = [
  ["aws_sqs_queue", { name: "a" }, true, true],
  ["aws_cloudwatch_dashboard", { dashboard_name: "a" }, false, true],
  ["aws_iam_role", { name: "a" }, false, true],
  ["aws_budgets_budget", { name: "a" }, false, true],
  ["aws_rds_global_cluster", { global_cluster_identifier: "a" }, false, true],
  ["aws_route53_record", { zone_id: "Z1", name: "a.com", type: "A" }, false, true],
  ["aws_cloudfront_response_headers_policy", { name: "a" }, false, true],
  ["aws_s3_bucket", { bucket: "a" }, false, false],
];

const rows = (table: readonly Forms[]) => table.map(([what, type, ...forms]) => ({ what, type, forms }));

const keyOf = (type: string, values: Values, at = place): string | undefined => {
  const identity = identityOf(type, values);
  return identity && uniqueKey(identity, at);
};

describe("The identity of a resource", () => {
  test.each(rows(same))("is one for $what", ({ type, forms }) => {
    const keys = forms.map((values) => keyOf(type, values));
    expect(keys[0]).toEqual(expect.any(String));
    expect(new Set(keys).size).toBe(1);
  });

  test.each(rows(different))("differs by $what", ({ type, forms }) => {
    expect(new Set(forms.map((values) => keyOf(type, values))).size).toBe(forms.length);
  });

  test.each(scopes)("of %s is taken as far as AWS says", (type, values, twiceInAnAccount, twiceInThePartition) => {
    const keys = [
      place,
      other,
      { ...place, account: "222222222222" },
      { account: "222222222222", region: "cn-north-1" },
    ].map((at) => keyOf(type, values, at));
    expect(keys[0] !== keys[1]).toBe(twiceInAnAccount);
    expect(keys[0] !== keys[2]).toBe(twiceInThePartition);
    expect(keys[3]).not.toBe(keys[0]);
  });

  test("is shared by alarms of both kinds, and by a table and its replica", () => {
    expect(keyOf("aws_cloudwatch_composite_alarm", { alarm_name: "a" })).toBe(
      keyOf("aws_cloudwatch_metric_alarm", { alarm_name: "a" }),
    );
    expect(keyOf("aws_dynamodb_table_replica", { global_table_arn: arn("dynamodb", "table/a") })).toBe(
      keyOf("aws_dynamodb_table", { name: "a" }),
    );
  });

  test("is none where AWS gives a new id, or where it or Terraform makes the name", () => {
    expect(identityOf("aws_kms_key", { description: "a" })).toBeUndefined();
    expect(identityOf("aws_sqs_queue", { name: null, name_prefix: "a" })).toBeUndefined();
    expect(identityOf("aws_lambda_permission", { function_name: "f" })).toBeUndefined();
  });

  test("says in words what is the same", () => {
    const { name } =
      identityOf("aws_cloudwatch_event_rule", { name: "r", event_bus_name: arn("events", "event-bus/b") }) ?? {};
    expect(name).toBe("rule r on event bus b");
  });

  test("keeps references as they stand", () => {
    const reference = { queue_url: ref("aws_sqs_queue.orders-eu_queue.url") };
    expect(identityOf("aws_sqs_queue_policy", reference)?.name).toBe(`the policy of queue ${reference.queue_url}`);
  });
});

describe("Further names of a resource", () => {
  const keys = (type: string, values: Values) =>
    identitiesOf(type, values).map((identity) => uniqueKey(identity, place));

  test("are each alias of a distribution, whatever its case", () => {
    expect(keys("aws_cloudfront_distribution", { aliases: ["A.com", "b.com"] })).toEqual(
      keys("aws_cloudfront_distribution", { aliases: ["a.com", "B.com."] }),
    );
    expect(keys("aws_cloudfront_distribution", { aliases: ["a.com", "b.com"] })).toHaveLength(2);
  });

  test.each([
    ["aws_secretsmanager_secret", { region: "eu-central-1" }],
    ["aws_dynamodb_table", { region_name: "eu-central-1" }],
  ])("are copies of %s in other regions, where the name is taken as well", (type, replica) => {
    const [, copy] = keys(type, { name: "a", replica: [replica] });
    expect(copy).toBe(keyOf(type, { name: "a" }, other));
    expect(keys(type, { name: "a", replica })).toEqual(keys(type, { name: "a", replica: [replica] }));
  });

  test("are the route tables of a gateway", () => {
    const gateway = { service_name: "com.amazonaws.eu-west-1.s3", vpc_id: "vpc-1" };
    const [first, second, ...rest] = keys("aws_vpc_endpoint", { ...gateway, route_table_ids: ["rtb-1", "rtb-2"] });
    expect(rest).toEqual([]);
    expect(first).not.toBe(second);
    expect(keys("aws_vpc_endpoint", { ...gateway, route_table_ids: ["rtb-2"] })).toEqual([second]);
  });
});
