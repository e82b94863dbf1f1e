import { partitionOf } from "../../modules/core";
import { edgeHome } from "../../modules/edge-function";
import type { Feature } from "./feature";
import { always, buses, edges, named, services, withDomain } from "./needed-by";

/** What is of the whole account, or in one region only. */
export const globalFeatures: readonly Feature[] = [
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
    neededBy: (environment) => [
      ...services(({ api, dns }) => api?.domainName && dns.manualSwitch === "routing-control")(environment),
      ...named("container")(environment.containers.filter(({ dns }) => dns.manualSwitch === "routing-control")),
    ],
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
      "aws_s3_bucket_logging",
      "aws_s3_bucket_ownership_controls",
      "aws_s3_bucket_policy",
      "aws_s3_bucket_public_access_block",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_versioning",
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
      "aws_cloudwatch_event_api_destination",
      "aws_cloudwatch_event_connection",
      "aws_cloudwatch_event_rule",
      "aws_cloudwatch_event_target",
      "aws_cloudwatch_metric_alarm",
      "aws_kms_alias",
      "aws_kms_replica_key",
      "aws_sns_topic",
      "aws_sns_topic_policy",
      "aws_sns_topic_subscription",
      "aws_sqs_queue",
      "aws_sqs_queue_policy",
    ],
    only: "us-east-1",
    neededBy: (environment) =>
      partitionOf(environment.regions.home) === "aws" ? [...buses(environment), ...services()(environment)] : [],
  },
  {
    name: "AWS Budgets",
    types: ["aws_budgets_budget", "aws_budgets_budget_action", "aws_iam_policy"],
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
