import { jsonList, jsonObject } from "../json";
import {
  alarmRule,
  autoScalingSchedule,
  backupSchedule,
  eventPattern,
  identityPolicy,
  inlinePolicy,
  logsQuery,
  type ResourcePolicyService,
  resourcePolicy,
  ruleSchedule,
  schedulerExpression,
  timeZone,
  trustPolicy,
} from "../languages";
import type { Check } from "../problem";
import type { Language } from "./type-values";

const json = (see: string): Language => ({ language: "a JSON object", check: jsonObject, see });

const policy = (language: string, check: Check<string>): Language => ({
  language,
  check,
  see: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html",
});
const policyOf = (service: ResourcePolicyService): Language =>
  policy("a resource-based policy", resourcePolicy(service));

const pattern: Language = {
  language: "an event pattern",
  check: eventPattern,
  see: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html",
};
const zone: Language = {
  language: "a time zone",
  check: timeZone,
  see: "https://www.iana.org/time-zones",
};

/** The attributes that are texts in a language of their own, by type and path. Limits of length come from elsewhere. */
export const languages: Readonly<Record<string, Readonly<Record<string, Language>>>> = {
  aws_appautoscaling_scheduled_action: {
    schedule: {
      language: "a schedule of Application Auto Scaling",
      check: autoScalingSchedule,
      see: "https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html",
    },
    timezone: zone,
  },
  aws_backup_plan: {
    "rule.schedule": {
      language: "a schedule of AWS Backup",
      check: backupSchedule,
      see: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html",
    },
    "rule.schedule_expression_timezone": zone,
  },
  aws_backup_vault_policy: { policy: policyOf("backup") },
  aws_ce_anomaly_monitor: {
    monitor_specification: json(
      "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_Expression.html",
    ),
  },
  aws_cloudwatch_composite_alarm: {
    alarm_rule: {
      language: "a rule of composite alarms",
      check: alarmRule,
      see: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html",
    },
  },
  aws_cloudwatch_dashboard: {
    dashboard_body: json(
      "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html",
    ),
  },
  aws_cloudwatch_event_archive: { event_pattern: pattern },
  aws_cloudwatch_event_bus_policy: { policy: policyOf("events") },
  aws_cloudwatch_event_rule: {
    event_pattern: pattern,
    schedule_expression: {
      language: "a schedule of EventBridge rules",
      check: ruleSchedule,
      see: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html",
    },
  },
  aws_cloudwatch_log_resource_policy: { policy_document: policyOf("logs") },
  aws_cloudwatch_query_definition: {
    query_string: {
      language: "a query of Logs Insights",
      check: logsQuery,
      see: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html",
    },
  },
  aws_ecs_task_definition: {
    container_definitions: {
      language: "a JSON list",
      check: jsonList,
      see: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
    },
  },
  aws_iam_policy: { policy: policy("an identity-based policy", identityPolicy) },
  aws_iam_role: { assume_role_policy: policy("a trust policy", trustPolicy) },
  aws_iam_role_policy: { policy: policy("an identity-based policy", inlinePolicy) },
  aws_kms_key: { policy: policyOf("kms") },
  aws_kms_replica_key: { policy: policyOf("kms") },
  aws_s3_bucket_policy: { policy: policyOf("s3") },
  aws_scheduler_schedule: {
    schedule_expression: {
      language: "a schedule of EventBridge Scheduler",
      check: schedulerExpression,
      see: "https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html",
    },
    schedule_expression_timezone: zone,
  },
  aws_secretsmanager_secret_policy: { policy: policyOf("secretsmanager") },
  aws_sns_topic_policy: { policy: policyOf("sns") },
  aws_sqs_queue_policy: { policy: policyOf("sqs") },
  aws_vpc_endpoint: { policy: policyOf("vpc-endpoint") },
};
