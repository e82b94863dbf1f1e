import type { BaseEnvironment, EnabledCapabilities } from "../../contract";
import { partitionOf } from "../../modules/core";
import { edgeHome } from "../../modules/edge-function";
import type { KnownResourceType } from "../../values/availability";

/** Something of AWS that parts of an environment are made of. */
export interface Feature {
  /** In the words of AWS, as a plural: `event endpoints`. */
  readonly name: string;
  readonly types: readonly KnownResourceType[];
  /** What brings it; without it, the part itself does. */
  readonly capability?: string;
  /** What brings the parts to standby regions; without it they are in the home region only. */
  readonly spread?: string;
  /** The first standby region only. */
  readonly first?: true;
  /** The one region where AWS has it. */
  readonly only?: string;
  /** The parts that need it, in words: `the bus orders`. */
  readonly neededBy: (environment: BaseEnvironment) => readonly string[];
}

const named =
  (kind: string) =>
  (parts: readonly { readonly name: string }[]): string[] =>
    parts.map(({ name }) => `the ${kind} ${name}`);

const databases = ({ databases: all }: BaseEnvironment) => named("database")(all);
const buses = ({ eventBuses }: BaseEnvironment) => named("bus")(eventBuses);
const services =
  (fits: (service: BaseEnvironment["services"][number]) => unknown = () => true) =>
  (environment: BaseEnvironment) =>
    named("service")(environment.services.filter(fits));
const always = () => ["every environment"];

/** Outside of this partition a rule about edges refuses them. */
const edges = (environment: BaseEnvironment) =>
  partitionOf(environment.regions.home) === "aws" ? services(({ edge }) => edge)(environment) : [];
const withDomain = services(({ api }) => api?.domainName);

/** What the stacks make, by what it is for. Together they name every resource type; a test compares them with all stacks. */
export const features: readonly Feature[] = [
  {
    name: "KMS keys",
    types: ["aws_kms_key", "aws_kms_replica_key", "aws_kms_alias"],
    spread: "replicatedKeys",
    neededBy: always,
  },
  {
    name: "SNS topics",
    types: ["aws_sns_topic", "aws_sns_topic_policy", "aws_sns_topic_subscription"],
    spread: "replicatedKeys",
    neededBy: always,
  },
  { name: "CloudWatch alarms", types: ["aws_cloudwatch_metric_alarm"], spread: "replicatedKeys", neededBy: always },
  {
    name: "DynamoDB tables",
    types: ["aws_dynamodb_table", "aws_dynamodb_table_replica", "aws_dynamodb_contributor_insights"],
    spread: "replicatedTables",
    neededBy: ({ tables }) => named("table")(tables),
  },
  {
    name: "scaling of tables",
    types: ["aws_appautoscaling_target", "aws_appautoscaling_policy"],
    spread: "replicatedTables",
    neededBy: ({ tables }) => named("table")(tables),
  },
  {
    name: "Aurora global databases",
    types: ["aws_rds_global_cluster"],
    spread: "globalDatabase",
    neededBy: databases,
  },
  {
    name: "Aurora clusters",
    types: ["aws_rds_cluster", "aws_rds_cluster_instance", "aws_rds_cluster_parameter_group", "aws_db_subnet_group"],
    spread: "globalDatabase",
    neededBy: databases,
  },
  {
    name: "VPCs",
    types: [
      "aws_default_security_group",
      "aws_route_table",
      "aws_route_table_association",
      "aws_security_group",
      "aws_subnet",
      "aws_vpc",
      "aws_vpc_endpoint",
      "aws_vpc_security_group_egress_rule",
      "aws_vpc_security_group_ingress_rule",
    ],
    spread: "globalDatabase",
    neededBy: databases,
  },
  {
    name: "secrets",
    types: [
      "aws_secretsmanager_random_password",
      "aws_secretsmanager_secret",
      "aws_secretsmanager_secret_policy",
      "aws_secretsmanager_secret_version",
    ],
    spread: "globalDatabase",
    neededBy: databases,
  },
  {
    name: "RDS proxies",
    types: ["aws_db_proxy", "aws_db_proxy_default_target_group", "aws_db_proxy_endpoint", "aws_db_proxy_target"],
    capability: "databaseProxy",
    spread: "globalDatabase",
    neededBy: ({ databases: all }) => named("database")(all.filter(({ pgbouncer }) => !pgbouncer)),
  },
  {
    name: "ECS and load balancers",
    types: [
      "aws_ecs_cluster",
      "aws_ecs_service",
      "aws_ecs_task_definition",
      "aws_lb",
      "aws_lb_listener",
      "aws_lb_target_group",
    ],
    capability: "databaseProxy",
    spread: "globalDatabase",
    neededBy: ({ databases: all }) => named("database")(all.filter(({ pgbouncer }) => pgbouncer)),
  },
  {
    name: "rotation of secrets",
    types: ["aws_secretsmanager_secret_rotation", "aws_lambda_function", "aws_lambda_permission"],
    capability: "secretRotation",
    neededBy: databases,
  },
  {
    name: "event buses",
    types: ["aws_cloudwatch_event_bus", "aws_cloudwatch_event_bus_policy"],
    spread: "replicatedEvents",
    first: true,
    neededBy: buses,
  },
  {
    name: "event archives",
    types: ["aws_cloudwatch_event_archive"],
    spread: "replicatedEvents",
    first: true,
    neededBy: buses,
  },
  {
    name: "event endpoints",
    types: ["aws_cloudwatch_event_endpoint"],
    capability: "replicatedEvents",
    spread: "replicatedEvents",
    first: true,
    neededBy: buses,
  },
  {
    name: "EventBridge schedules",
    types: ["aws_scheduler_schedule", "aws_route53_health_check"],
    capability: "replicatedEvents",
    neededBy: buses,
  },
  {
    name: "SQS queues",
    types: ["aws_sqs_queue", "aws_sqs_queue_policy"],
    spread: "standbyServices",
    neededBy: (environment) => [...buses(environment), ...services()(environment)],
  },
  {
    name: "event rules",
    types: ["aws_cloudwatch_event_rule", "aws_cloudwatch_event_target"],
    spread: "standbyServices",
    neededBy: always,
  },
  {
    name: "Lambda functions",
    types: [
      "aws_lambda_alias",
      "aws_lambda_function",
      "aws_lambda_function_event_invoke_config",
      "aws_lambda_permission",
      "aws_lambda_provisioned_concurrency_config",
      "aws_lambda_runtime_management_config",
    ],
    spread: "standbyServices",
    neededBy: always,
  },
  {
    name: "IAM roles",
    types: ["aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment"],
    spread: "replicatedKeys",
    neededBy: always,
  },
  {
    name: "CloudWatch logs",
    types: [
      "aws_cloudwatch_dashboard",
      "aws_cloudwatch_log_group",
      "aws_cloudwatch_log_metric_filter",
      "aws_cloudwatch_log_resource_policy",
      "aws_cloudwatch_query_definition",
    ],
    spread: "replicatedKeys",
    neededBy: always,
  },
  {
    name: "scaling of provisioned concurrency",
    types: ["aws_appautoscaling_target", "aws_appautoscaling_policy", "aws_appautoscaling_scheduled_action"],
    capability: "provisionedConcurrency",
    spread: "standbyServices",
    neededBy: services((service) => service.function.provisionedConcurrency),
  },
  {
    name: "parameters of Systems Manager",
    types: ["aws_ssm_parameter"],
    spread: "standbyServices",
    neededBy: always,
  },
  {
    name: "HTTP APIs",
    types: [
      "aws_apigatewayv2_api",
      "aws_apigatewayv2_api_mapping",
      "aws_apigatewayv2_authorizer",
      "aws_apigatewayv2_domain_name",
      "aws_apigatewayv2_integration",
      "aws_apigatewayv2_route",
      "aws_apigatewayv2_stage",
    ],
    spread: "standbyServices",
    neededBy: services(({ api }) => api),
  },
  {
    name: "certificates of ACM",
    types: ["aws_acm_certificate", "aws_acm_certificate_validation"],
    spread: "standbyServices",
    neededBy: withDomain,
  },
  { name: "public hosted zones", types: ["aws_route53_record"], neededBy: withDomain },
  { name: "health checks", types: ["aws_route53_health_check"], capability: "dnsFailover", neededBy: withDomain },
  {
    name: "routing controls",
    types: [
      "aws_route53recoverycontrolconfig_cluster",
      "aws_route53recoverycontrolconfig_control_panel",
      "aws_route53recoverycontrolconfig_routing_control",
      "aws_route53recoverycontrolconfig_safety_rule",
    ],
    capability: "dnsFailover",
    neededBy: services(({ api, dns }) => api?.domainName && dns.manualSwitch === "routing-control"),
  },
  {
    name: "distributions",
    types: [
      "aws_cloudfront_cache_policy",
      "aws_cloudfront_distribution",
      "aws_cloudfront_origin_request_policy",
      "aws_cloudfront_response_headers_policy",
      "aws_route53_record",
    ],
    only: edgeHome,
    neededBy: edges,
  },
  {
    name: "buckets for the logs of distributions",
    types: [
      "aws_s3_bucket",
      "aws_s3_bucket_lifecycle_configuration",
      "aws_s3_bucket_ownership_controls",
      "aws_s3_bucket_policy",
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_server_side_encryption_configuration",
    ],
    neededBy: edges,
  },
  {
    name: "firewalls of distributions",
    types: ["aws_wafv2_ip_set", "aws_wafv2_web_acl", "aws_wafv2_web_acl_logging_configuration"],
    capability: "firewall",
    only: edgeHome,
    neededBy: edges,
  },
  {
    name: "what distributions need in the region of CloudFront",
    types: [
      "aws_acm_certificate",
      "aws_acm_certificate_validation",
      "aws_cloudwatch_log_delivery",
      "aws_cloudwatch_log_delivery_destination",
      "aws_cloudwatch_log_delivery_source",
      "aws_cloudwatch_log_group",
      "aws_cloudwatch_log_resource_policy",
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_lambda_function",
    ],
    only: edgeHome,
    neededBy: edges,
  },
  {
    name: "keys and alarms for what reports in one region only",
    types: [
      "aws_cloudwatch_event_rule",
      "aws_cloudwatch_event_target",
      "aws_cloudwatch_metric_alarm",
      "aws_kms_alias",
      "aws_kms_replica_key",
      "aws_sns_topic",
      "aws_sns_topic_policy",
      "aws_sns_topic_subscription",
    ],
    only: "us-east-1",
    neededBy: (environment) =>
      partitionOf(environment.regions.home) === "aws" ? [...buses(environment), ...services()(environment)] : [],
  },
  {
    name: "AWS Budgets",
    types: ["aws_budgets_budget"],
    capability: "spendGuard",
    neededBy: always,
  },
  {
    name: "cost anomaly detection",
    types: ["aws_ce_anomaly_monitor", "aws_ce_anomaly_subscription"],
    capability: "spendGuard",
    neededBy: (environment) =>
      (environment as { spendGuard?: { anomalies?: unknown } }).spendGuard?.anomalies ? ["spendGuard.anomalies"] : [],
  },
];

/** A region of the environment that has something, with its path. */
export interface PlacedRegion {
  readonly region: string;
  readonly path: readonly PropertyKey[];
}

/** Where a feature is needed, now or at a later stage; the home region first. None if nothing needs it. */
export function regionsOf(
  { capability, spread, first, only, neededBy }: Feature,
  environment: BaseEnvironment,
  comes: EnabledCapabilities["comes"],
): PlacedRegion[] {
  if ((capability && !comes(capability)) || neededBy(environment).length === 0) return [];
  const { home, standby } = environment.regions;
  if (only) return [{ region: only, path: ["regions", "home"] }];
  const spreads = spread && comes(spread) ? standby.slice(0, first ? 1 : undefined) : [];
  const places = spreads.map((region, index) => ({ region, path: ["regions", "standby", index] }));
  // One of another partition is refused for that alone.
  const reachable = places.filter(({ region }) => partitionOf(region) === partitionOf(home));
  return [{ region: home, path: ["regions", "home"] }, ...reachable];
}
