import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkPlan } from "../../gates";
import { type Simulator, startSimulator } from "../../simulator";
import { type Plan, TerraformStack } from "../../terraform";

const directory = join(".evenkeel", "test", "replacements");
const minutes = 60_000;

type Arguments = Readonly<Record<string, unknown>>;
/** A resource with its arguments, and those that a later configuration has instead. */
type Row = readonly [type: string, argument: string, before: Arguments, after: Arguments];

const arn = (service: string, name: string) => `arn:aws:${service}:eu-west-1:123456789012:${name}`;

const alarmed = { type: "HTTPS", fqdn: "api.example.com", port: 443, resource_path: "/health" };
const asserted = {
  control_panel_arn: "arn:aws:route53-recovery-control::123456789012:controlpanel/abc",
  name: "one-region-serves",
  wait_period_ms: 5000,
  rule_config: { inverted: false, threshold: 1, type: "ATLEAST" },
};
const control = (name: string) => `${asserted.control_panel_arn}/routingcontrol/${name}`;
const proxy = {
  name: "orders",
  engine_family: "POSTGRESQL",
  role_arn: "arn:aws:iam::123456789012:role/proxy",
  vpc_subnet_ids: ["subnet-1", "subnet-2"],
  auth: { auth_scheme: "SECRETS", iam_auth: "DISABLED", secret_arn: arn("secretsmanager", "secret:orders-abcdef") },
};
const proxyEndpoint = {
  db_proxy_name: "orders",
  db_proxy_endpoint_name: "orders-reader",
  vpc_subnet_ids: ["subnet-1", "subnet-2"],
  target_role: "READ_ONLY",
};
const cluster = {
  cluster_identifier: "orders",
  engine: "aurora-postgresql",
  database_name: "orders",
  master_username: "dbadmin",
  master_password: "not-a-secret-of-anybody",
  storage_encrypted: true,
  kms_key_id: arn("kms", "key/mrk-1"),
  db_subnet_group_name: "orders",
  availability_zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
  skip_final_snapshot: true,
};
const globalCluster = {
  global_cluster_identifier: "orders",
  engine: "aurora-postgresql",
  database_name: "orders",
  storage_encrypted: true,
};
const table = {
  name: "orders",
  billing_mode: "PAY_PER_REQUEST",
  hash_key: "pk",
  range_key: "sk",
  attribute: [
    { name: "pk", type: "S" },
    { name: "sk", type: "S" },
  ],
};
const withAttribute = (name: string) => [...table.attribute, { name, type: "S" }];
// Of another table than the ones here: a table shows its replicas, and would want to be without them.
const replica = {
  global_table_arn: "arn:aws:dynamodb:eu-central-1:123456789012:table/shipments",
  kms_key_arn: arn("kms", "key/mrk-1"),
};
const archive = { name: "orders", event_source_arn: arn("events", "event-bus/orders") };
const lambda = {
  function_name: "orders",
  role: "arn:aws:iam::123456789012:role/orders",
  runtime: "nodejs22.x",
  handler: "index.handler",
  s3_bucket: "code",
  s3_key: "orders.zip",
};
const webAcl = {
  name: "orders",
  scope: "REGIONAL",
  default_action: { allow: {} },
  visibility_config: { cloudwatch_metrics_enabled: true, metric_name: "orders", sampled_requests_enabled: true },
};

// biome-ignore format: one line for each value reads as a table
/** Values that hold data, keys or names on which others depend: their replacement is refused by a gate. */
const refused: readonly Row[] = [
  ["aws_kms_key", "multi_region", {}, { multi_region: true }],
  ["aws_secretsmanager_secret", "name", { name: "orders" }, { name: "others" }],
  ["aws_s3_bucket", "bucket", { bucket: "orders" }, { bucket: "others" }],
  ["aws_s3_bucket", "object_lock_enabled", { bucket: "orders" }, { bucket: "orders", object_lock_enabled: true }],
  ["aws_sqs_queue", "name", { name: "orders" }, { name: "others" }],
  ["aws_sqs_queue", "fifo_queue", { name_prefix: "orders" }, { name_prefix: "orders", fifo_queue: true }],
  ["aws_sns_topic", "name", { name: "orders" }, { name: "others" }],
  ["aws_sns_topic", "fifo_topic", { name_prefix: "orders" }, { name_prefix: "orders", fifo_topic: true }],
  ["aws_cloudwatch_log_group", "name", { name: "orders" }, { name: "others" }],
  ["aws_cloudwatch_log_group", "log_group_class", { name: "orders" }, { name: "orders", log_group_class: "INFREQUENT_ACCESS" }],
  ["aws_cloudwatch_event_archive", "name", archive, { ...archive, name: "others" }],
  ["aws_cloudwatch_event_archive", "event_source_arn", archive, { ...archive, event_source_arn: arn("events", "event-bus/others") }],
  ["aws_cloudwatch_event_bus", "name", { name: "orders" }, { name: "others" }],
  ["aws_rds_global_cluster", "global_cluster_identifier", globalCluster, { ...globalCluster, global_cluster_identifier: "others" }],
  ["aws_rds_global_cluster", "engine", globalCluster, { ...globalCluster, engine: "aurora-mysql" }],
  ["aws_rds_global_cluster", "storage_encrypted", globalCluster, { ...globalCluster, storage_encrypted: false }],
  ["aws_rds_global_cluster", "database_name", globalCluster, { ...globalCluster, database_name: "others" }],
  ["aws_rds_cluster", "storage_encrypted", cluster, { ...cluster, storage_encrypted: false }],
  ["aws_rds_cluster", "kms_key_id", cluster, { ...cluster, kms_key_id: arn("kms", "key/mrk-2") }],
  ["aws_rds_cluster", "database_name", cluster, { ...cluster, database_name: "others" }],
  ["aws_rds_cluster", "master_username", cluster, { ...cluster, master_username: "other" }],
  ["aws_rds_cluster", "engine_mode", cluster, { ...cluster, engine_mode: "serverless" }],
  ["aws_rds_cluster", "db_subnet_group_name", cluster, { ...cluster, db_subnet_group_name: "others" }],
  ["aws_rds_cluster", "availability_zones", cluster, { ...cluster, availability_zones: ["eu-west-1a", "eu-west-1b"] }],
  ["aws_dynamodb_table", "name", table, { ...table, name: "others" }],
  ["aws_dynamodb_table", "hash_key", table, { ...table, hash_key: "id", attribute: [{ name: "id", type: "S" }, { name: "sk", type: "S" }] }],
  ["aws_dynamodb_table", "range_key", table, { ...table, range_key: "at", attribute: [{ name: "pk", type: "S" }, { name: "at", type: "S" }] }],
  ["aws_dynamodb_table_replica", "kms_key_arn", replica, { ...replica, kms_key_arn: arn("kms", "key/mrk-2") }],
  ["aws_dynamodb_table", "local_secondary_index", table, { ...table, attribute: withAttribute("at"), local_secondary_index: { name: "by-time", range_key: "at", projection_type: "ALL" } }],
];

// biome-ignore format: one line for each value reads as a table
/** Values of what can be made again; the modules freeze them, or make the new one before the old one goes. */
const replaced: readonly Row[] = [
  ["aws_route53_health_check", "request_interval", { ...alarmed, request_interval: 30 }, { ...alarmed, request_interval: 10 }],
  ["aws_route53_health_check", "type", alarmed, { ...alarmed, type: "HTTP" }],
  ["aws_route53_health_check", "measure_latency", alarmed, { ...alarmed, measure_latency: true }],
  ["aws_route53recoverycontrolconfig_safety_rule", "asserted_controls", { ...asserted, asserted_controls: [control("a")] }, { ...asserted, asserted_controls: [control("a"), control("b")] }],
  ["aws_db_proxy", "engine_family", proxy, { ...proxy, engine_family: "MYSQL" }],
  ["aws_db_proxy", "vpc_subnet_ids", proxy, { ...proxy, vpc_subnet_ids: ["subnet-1", "subnet-3"] }],
  ["aws_db_proxy_endpoint", "db_proxy_endpoint_name", proxyEndpoint, { ...proxyEndpoint, db_proxy_endpoint_name: "others" }],
  ["aws_db_proxy_endpoint", "vpc_subnet_ids", proxyEndpoint, { ...proxyEndpoint, vpc_subnet_ids: ["subnet-1", "subnet-3"] }],
  ["aws_db_proxy_endpoint", "target_role", proxyEndpoint, { ...proxyEndpoint, target_role: "READ_WRITE" }],
  ["aws_lambda_function", "package_type", lambda, { function_name: "orders", role: lambda.role, package_type: "Image", image_uri: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/orders@sha256:${"0".repeat(64)}` }],
  ["aws_lambda_permission", "qualifier", { action: "lambda:InvokeFunction", function_name: "orders", principal: "events.amazonaws.com" }, { action: "lambda:InvokeFunction", function_name: "orders", principal: "events.amazonaws.com", qualifier: "live" }],
  ["aws_lambda_function_event_invoke_config", "qualifier", { function_name: "orders" }, { function_name: "orders", qualifier: "live" }],
  ["aws_lambda_provisioned_concurrency_config", "qualifier", { function_name: "orders", provisioned_concurrent_executions: 1, qualifier: "1" }, { function_name: "orders", provisioned_concurrent_executions: 1, qualifier: "live" }],
  ["aws_lambda_function_url", "qualifier", { function_name: "orders", authorization_type: "AWS_IAM" }, { function_name: "orders", authorization_type: "AWS_IAM", qualifier: "live" }],
  ["aws_acm_certificate", "domain_name", { domain_name: "a.example.com", validation_method: "DNS" }, { domain_name: "b.example.com", validation_method: "DNS" }],
  ["aws_acm_certificate", "subject_alternative_names", { domain_name: "a.example.com", validation_method: "DNS" }, { domain_name: "a.example.com", validation_method: "DNS", subject_alternative_names: ["b.example.com"] }],
  ["aws_wafv2_web_acl", "name", webAcl, { ...webAcl, name: "others" }],
  ["aws_wafv2_web_acl", "scope", webAcl, { ...webAcl, scope: "CLOUDFRONT" }],
];

// biome-ignore format: one line for each value reads as a table
/** Values that capabilities switch on later, so nothing may be replaced for them. */
const updated: readonly Row[] = [
  ["aws_dynamodb_table", "point_in_time_recovery", table, { ...table, point_in_time_recovery: { enabled: true } }],
  ["aws_dynamodb_table", "deletion_protection_enabled", table, { ...table, deletion_protection_enabled: true }],
  ["aws_dynamodb_table", "ttl", table, { ...table, ttl: { enabled: true, attribute_name: "expiresAt" } }],
  ["aws_dynamodb_table", "stream_enabled", table, { ...table, stream_enabled: true, stream_view_type: "NEW_AND_OLD_IMAGES" }],
  ["aws_dynamodb_table", "billing_mode", table, { ...table, billing_mode: "PROVISIONED", read_capacity: 5, write_capacity: 5 }],
  ["aws_dynamodb_table", "replica", { ...table, stream_enabled: true, stream_view_type: "NEW_AND_OLD_IMAGES" }, { ...table, stream_enabled: true, stream_view_type: "NEW_AND_OLD_IMAGES", replica: { region_name: "eu-central-1" } }],
  ["aws_dynamodb_table_replica", "point_in_time_recovery", replica, { ...replica, point_in_time_recovery: true }],
  ["aws_dynamodb_table", "global_secondary_index", table, { ...table, attribute: withAttribute("at"), global_secondary_index: { name: "by-time", hash_key: "at", projection_type: "ALL" } }],
  ["aws_db_proxy", "require_tls", proxy, { ...proxy, require_tls: true }],
  ["aws_db_proxy", "auth", proxy, { ...proxy, auth: { ...proxy.auth, iam_auth: "REQUIRED" } }],
  ["aws_lambda_function", "runtime", lambda, { ...lambda, runtime: "python3.13", handler: "app.handler" }],
  ["aws_lambda_function", "architectures", lambda, { ...lambda, architectures: ["arm64"] }],
  ["aws_lambda_function", "snap_start", lambda, { ...lambda, snap_start: { apply_on: "PublishedVersions" } }],
  ["aws_lambda_function", "tracing_config", lambda, { ...lambda, tracing_config: { mode: "Active" } }],
  ["aws_lambda_function", "reserved_concurrent_executions", lambda, { ...lambda, reserved_concurrent_executions: 10 }],
  ["aws_lambda_function", "dead_letter_config", lambda, { ...lambda, dead_letter_config: { target_arn: arn("sqs", "dead") } }],
  ["aws_sqs_queue", "redrive_policy", { name: "orders" }, { name: "orders", redrive_policy: JSON.stringify({ deadLetterTargetArn: arn("sqs", "dead"), maxReceiveCount: 3 }) }],
];

const unseen: Row = [
  "aws_dynamodb_table",
  "attribute",
  table,
  {
    ...table,
    attribute: [
      { name: "pk", type: "S" },
      { name: "sk", type: "N" },
    ],
  },
];

const rows = [...refused, ...replaced, ...updated, unseen];
const addressOf = ([type, argument]: Row) => `${type}.${argument}`;

/** A configuration with a resource for each row, called by the argument that the row is about. */
function configuration(pick: (row: Row) => Arguments): string {
  const resource: Record<string, Record<string, Arguments>> = {};
  for (const row of rows) {
    const [type, argument] = row;
    resource[type] = { ...resource[type], [argument]: pick(row) };
  }
  return JSON.stringify({
    terraform: { required_providers: { aws: { source: "registry.terraform.io/hashicorp/aws" } } },
    provider: { aws: { region: "eu-west-1" } },
    resource,
  });
}

/** What the modules' rules on replacement rest on, by plans of the real provider. */
describe("A change of one argument", () => {
  let simulator: Simulator;
  let plan: Plan;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    // Each row is about one resource alone: most share a name, and what they refer to is not there.
    simulator = await startSimulator({ directory, refusals: false });
    const folder = join(directory, "stack");
    mkdirSync(folder, { recursive: true });
    const stack = new TerraformStack({ name: "replacements", folder }, simulator.env);
    writeFileSync(
      join(folder, "main.tf.json"),
      configuration(([, , before]) => before),
    );
    await stack.plan();
    await stack.apply();
    writeFileSync(
      join(folder, "main.tf.json"),
      configuration(([, , , after]) => after),
    );
    plan = await stack.plan();
  }, 3 * minutes);
  afterAll(() => simulator?.stop());

  const changeOf = (row: Row) => plan.resource_changes?.find(({ address }) => address === addressOf(row))?.change;
  const violationOf = (row: Row) => checkPlan(plan).find(({ address }) => address === addressOf(row));

  test.each(refused)("of %s, its %s, replaces it and is refused by a gate", (...row) => {
    expect(violationOf(row)).toMatchObject({
      rule: "no-data-loss",
      message: expect.stringMatching(new RegExp(`^would be replaced because .*${row[1]}.* changes; it holds `)),
    });
  });

  test.each(replaced)("of %s, its %s, replaces it", (...row) => {
    const change = changeOf(row);
    expect([...(change?.actions ?? [])].sort()).toEqual(["create", "delete"]);
    expect(JSON.stringify(change?.replace_paths)).toContain(row[1]);
  });

  test.each(updated)("of %s, its %s, is made in place", (...row) => {
    expect(changeOf(row)?.actions).toEqual(["update"]);
  });

  test("of the type of a table's attribute is planned as nothing, and refused by a gate", () => {
    expect(changeOf(unseen)?.actions).toEqual(["no-op"]);
    expect(violationOf(unseen)).toMatchObject({
      rule: "no-attribute-type-change",
      message: 'its attribute "sk" has type S, but the configuration says N',
    });
  });
});
