import type { Family } from "./graph";
import type { DetailType, NodeType, Readings } from "./type-row";

const node = (title: string, family: Family, more: Omit<NodeType, "title" | "family"> = {}): NodeType => ({
  title,
  family,
  ...more,
});
const part = (...of: string[]): DetailType => ({ of });
const silent: Readings = { "*": "none" };
const alarm: DetailType = { of: ["dimensions"], counts: "alarm", readings: silent };

/**
 * The types that the picture knows. A name that ends in `*` stands for all types that begin with it. Types that are
 * missing here are drawn as nodes, so that nothing disappears.
 */
export const resourceTypes: Readonly<Record<string, NodeType | DetailType>> = {
  // Where clients arrive.
  aws_route53_record: {
    of: ["name"],
    otherwise: node("DNS name", "entry", {
      name: ["name"],
      place: "global",
      mergedBy: ["zone_id", "name"],
      readings: { alias: "routing", records: "routing" },
    }),
  },
  aws_route53_zone: node("Hosted zone", "entry", { name: ["name"], place: "global" }),
  aws_route53_health_check: { counts: "health check", readings: { cloudwatch_alarm_name: "none" } },
  aws_route53recoverycontrolconfig_cluster: node("Routing controls", "entry", { name: ["name"], place: "global" }),
  aws_route53recoverycontrolconfig_control_panel: part("cluster_arn"),
  aws_route53recoverycontrolconfig_routing_control: { of: ["control_panel_arn", "cluster_arn"], counts: "control" },
  aws_route53recoverycontrolconfig_safety_rule: { of: ["control_panel_arn"], counts: "safety rule" },
  aws_cloudfront_distribution: node("Distribution", "entry", {
    name: ["aliases", "comment"],
    place: "global",
    readings: { origin: "origin", logging_config: "none", lambda_function_association: "data" },
  }),
  "aws_cloudfront_*": {},
  aws_wafv2_web_acl: { counts: "web ACL" },
  "aws_wafv2_*": { of: ["resource_arn", "web_acl_arn"] },
  aws_apigatewayv2_api: node("HTTP API", "entry", { name: ["name"] }),
  aws_apigatewayv2_route: { of: ["api_id"], counts: "route" },
  aws_apigatewayv2_domain_name: { by: "aws_apigatewayv2_api_mapping" },
  "aws_apigatewayv2_*": part("api_id"),
  "aws_acm_certificate*": part("certificate_arn"),
  aws_lb: node("Load balancer", "entry", { name: ["name"] }),
  aws_lb_target_group: { readings: silent },
  "aws_lb_*": part("load_balancer_arn", "listener_arn"),

  // What computes.
  aws_lambda_function: node("Function", "compute", { name: ["function_name"], starts: { "*": "another function" } }),
  aws_lambda_function_event_invoke_config: { of: ["function_name"] },
  aws_lambda_event_source_mapping: { of: ["function_name"], readings: { event_source_arn: "upstream" } },
  aws_lambda_permission: { of: ["function_name"], readings: silent },
  aws_lambda_provisioned_concurrency_config: { of: ["function_name"], counts: "warm pool" },
  // Of several functions: as parts of one, they would lead the others there.
  aws_lambda_code_signing_config: node("Code signing", "security"),
  aws_lambda_layer_version: node("Layer", "compute", { name: ["layer_name"] }),
  "aws_lambda_*": part("function_name"),
  "aws_appautoscaling_*": { of: ["resource_id"], readings: silent },
  aws_ecs_service: node("Fargate service", "compute", { name: ["name"], readings: { load_balancer: "none" } }),
  "aws_ecs_*": {},
  "aws_iam_*": { of: ["role"], readings: { assume_role_policy: "none" } },
  "aws_codedeploy_*": { counts: "deployment", readings: silent },

  // What holds data.
  aws_dynamodb_table: node("Table", "data", {
    name: ["name"],
    together: "Global table",
    blocks: { replica: "replica" },
    starts: { "*": "changes of a table" },
  }),
  aws_dynamodb_table_replica: node("Table replica", "data", {
    nameOf: "global_table_arn",
    readings: { global_table_arn: "replication" },
    starts: { "*": "changes of a table" },
  }),
  "aws_dynamodb_*": part("table_name"),
  aws_rds_global_cluster: node("Global database", "data", { name: ["global_cluster_identifier"], place: "across" }),
  aws_rds_cluster: node("Database cluster", "data", {
    name: ["cluster_identifier"],
    readings: { global_cluster_identifier: "replication", replication_source_identifier: "replication" },
  }),
  aws_rds_cluster_instance: { of: ["cluster_identifier"], counts: "instance" },
  aws_db_proxy: node("Connection pool", "data", { name: ["name"] }),
  aws_db_proxy_endpoint: { of: ["db_proxy_name"], counts: "endpoint" },
  "aws_db_proxy_*": part("db_proxy_name"),
  "aws_db_*": {},
  "aws_rds_*": {},
  aws_s3_bucket: node("Bucket", "data", { name: ["bucket", "bucket_prefix"], starts: { "*": "objects of a bucket" } }),
  "aws_s3_bucket_*": { of: ["bucket"], readings: { policy: "none" } },

  // What carries messages.
  aws_sqs_queue: node("Queue", "messaging", {
    name: ["name"],
    readings: { redrive_policy: "dead-letter" },
    starts: { "*": "messages" },
  }),
  "aws_sqs_queue_*": { of: ["queue_url"], readings: silent },
  aws_sns_topic: node("Topic", "messaging", { name: ["name"], starts: { "*": "messages" } }),
  aws_sns_topic_subscription: { of: ["topic_arn"], counts: "subscriber" },
  "aws_sns_topic_*": { of: ["arn", "topic_arn"], readings: silent },
  aws_cloudwatch_event_bus: node("Event bus", "messaging", { name: ["name"], starts: { "*": "events" } }),
  aws_cloudwatch_event_endpoint: node("Event endpoint", "messaging", {
    name: ["name"],
    place: "global",
    readings: { event_bus: "endpoint" },
  }),
  aws_cloudwatch_event_rule: {
    of: ["event_bus_name", "event_pattern"],
    counts: "event rule",
    otherwise: node("Rule", "messaging", {
      name: ["name"],
      starts: { schedule_expression: "a schedule", "*": "events" },
    }),
    readings: silent,
  },
  aws_cloudwatch_event_target: { of: ["rule", "event_bus_name"] },
  aws_cloudwatch_event_archive: { of: ["event_source_arn"], counts: "archive" },
  aws_cloudwatch_event_bus_policy: { of: ["event_bus_name"], readings: silent },
  aws_scheduler_schedule: node("Schedule", "messaging", { name: ["name"], starts: { "*": "a schedule" } }),
  "aws_scheduler_*": {},

  // Keys and secrets.
  aws_kms_key: node("KMS key", "security", { together: "Multi-Region key" }),
  aws_kms_replica_key: node("KMS key replica", "security", {
    nameOf: "primary_key_arn",
    readings: { primary_key_arn: "replication" },
  }),
  "aws_kms_*": { of: ["target_key_id", "key_id"], readings: silent },
  aws_secretsmanager_secret: node("Secret", "security", {
    name: ["name", "name_prefix"],
    blocks: { replica: "replica" },
    starts: { "*": "the rotation of a secret" },
  }),
  aws_secretsmanager_secret_rotation: { of: ["secret_id"], counts: "rotation" },
  "aws_secretsmanager_*": { of: ["secret_id", "secret_arn"], readings: { policy: "none", resource_policy: "none" } },
  aws_ssm_parameter: node("Parameter", "security", { name: ["name"] }),
  vault_mount: node("Vault engine", "security", { name: ["path"], place: "global" }),
  "vault_*": part("backend", "mount"),

  // Networks, which are only in the picture if the toolkit creates them.
  aws_vpc: node("Network", "other", { readings: silent }),
  aws_subnet: { of: ["vpc_id"], counts: "subnet", readings: silent },
  "aws_security_group*": { of: ["vpc_id", "security_group_id"], readings: silent },
  aws_default_security_group: { of: ["vpc_id"], readings: silent },
  "aws_vpc_*": { of: ["vpc_id", "security_group_id"], readings: silent },
  "aws_route_table*": { of: ["vpc_id"], readings: silent },

  // How it is watched.
  aws_cloudwatch_metric_alarm: alarm,
  aws_cloudwatch_composite_alarm: alarm,
  aws_cloudwatch_log_group: { readings: silent },
  aws_cloudwatch_query_definition: { of: ["log_group_names"], readings: silent },
  "aws_cloudwatch_log_*": { of: ["log_group_name", "resource_arn", "delivery_source_name"], readings: silent },
  aws_cloudwatch_dashboard: node("Dashboard", "operations", {
    name: ["dashboard_name"],
    place: "global",
    readings: silent,
  }),
  aws_budgets_budget: node("Budget", "operations", { name: ["name"], place: "global", readings: silent }),
  "aws_ce_*": { counts: "cost monitor", readings: silent },
  aws_fis_experiment_template: node("Experiment", "operations", { readings: silent }),
  aws_synthetics_canary: node("Canary", "operations", { name: ["name"] }),
  terraform_data: { readings: silent },
};

/** The row for a resource type; a node that shows the type's own name where the table has none. */
export function resourceType(type: string): NodeType | DetailType {
  if (type.startsWith("data.")) return {};
  const exact = resourceTypes[type];
  if (exact) return exact;
  const family = Object.keys(resourceTypes)
    .filter((name) => name.endsWith("*") && type.startsWith(name.slice(0, -1)))
    .sort((left, right) => right.length - left.length)[0];
  return (family && resourceTypes[family]) || unknown(type);
}

function unknown(type: string): NodeType {
  const words = type.replace(/^aws_/, "").replaceAll("_", " ");
  return node(words.charAt(0).toUpperCase() + words.slice(1), "other", { name: ["name"] });
}
