import { logGroup, text } from "../forms";
import type { Rules } from "../rule";

/**
 * CloudWatch, its logs, and X-Ray. Alarms of both kinds share their names; dashboards are one for all regions.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/
 */
export const monitoring: Rules = {
  aws_chatbot_slack_channel_configuration: {
    scope: "account",
    name: "chat configuration of Slack channel {slack_channel_id} in workspace {slack_team_id}",
  },
  aws_chatbot_teams_channel_configuration: {
    scope: "account",
    name: "chat configuration of Teams channel {channel_id} in team {team_id}",
  },
  aws_cloudwatch_metric_alarm: { scope: "region", name: "alarm {alarm_name}" },
  aws_cloudwatch_composite_alarm: {
    scope: "region",
    name: "alarm {alarm_name}",
    namesOf: "aws_cloudwatch_metric_alarm",
  },
  aws_cloudwatch_dashboard: { scope: "account", name: "dashboard {dashboard_name}" },
  aws_cloudwatch_log_group: { scope: "region", name: "log group {name}" },
  aws_cloudwatch_log_metric_filter: {
    scope: "region",
    name: "metric filter {name} of log group {log_group_name}",
    read: { log_group_name: logGroup },
  },
  aws_cloudwatch_log_subscription_filter: {
    scope: "region",
    name: "subscription filter {name} of log group {log_group_name}",
    read: { log_group_name: logGroup },
  },
  aws_cloudwatch_log_resource_policy: { scope: "region", name: "log resource policy {policy_name}" },
  aws_cloudwatch_log_delivery_source: { scope: "region", name: "log delivery source {name}" },
  aws_cloudwatch_log_delivery_destination: { scope: "region", name: "log delivery destination {name}" },
  aws_cloudwatch_log_delivery: {
    scope: "region",
    name: "the delivery from {delivery_source_name} to {delivery_destination_arn}",
    read: {
      delivery_destination_arn: (value, values) => text(value, values)?.replace(/^arn:.*:delivery-destination:/, ""),
    },
  },
  aws_xray_group: { scope: "region", name: "X-Ray group {group_name}" },
  aws_xray_sampling_rule: { scope: "region", name: "sampling rule {rule_name}" },
  aws_xray_encryption_config: { scope: "region", name: "the encryption of X-Ray" },
};
