import { jsonList, jsonObject } from "../json";
import type { Language } from "./type-values";

const json = (see: string): Language => ({ language: "a JSON object", check: jsonObject, see });

const policy = json("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html");
const pattern = json("https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html");

/** The attributes that are texts in a language of their own, by type and path. Limits of length come from elsewhere. */
export const languages: Readonly<Record<string, Readonly<Record<string, Language>>>> = {
  aws_ce_anomaly_monitor: {
    monitor_specification: json(
      "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_Expression.html",
    ),
  },
  aws_cloudwatch_dashboard: {
    dashboard_body: json(
      "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html",
    ),
  },
  aws_cloudwatch_event_archive: { event_pattern: pattern },
  aws_cloudwatch_event_bus_policy: { policy },
  aws_cloudwatch_event_rule: { event_pattern: pattern },
  aws_cloudwatch_log_resource_policy: { policy_document: policy },
  aws_ecs_task_definition: {
    container_definitions: {
      language: "a JSON list",
      check: jsonList,
      see: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    },
  },
  aws_iam_role: { assume_role_policy: policy },
  aws_iam_role_policy: { policy },
  aws_kms_key: { policy },
  aws_kms_replica_key: { policy },
  aws_s3_bucket_policy: { policy },
  aws_secretsmanager_secret_policy: { policy },
  aws_sns_topic_policy: { policy },
  aws_sqs_queue_policy: { policy },
};
