import { isObject, type ObjectValue } from "../../protocol/values";
import { accountArn, arn, form, generatedName, same, starting, timestamp, uuid } from "../forms";
import { onEveryChange, type ServiceRules } from "../subject";

/** What logs are delivered to, by the service of its ARN. */
const destinationTypes: Readonly<Record<string, string>> = { s3: "S3", logs: "CWL", firehose: "FH" };

/** Every field of CloudFront's access logs, in its order. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html */
const cloudfrontFields = [
  "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent)",
  "cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken",
  "x-forwarded-for ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status",
  "fle-encrypted-fields c-port time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len",
  "sc-range-start sc-range-end",
].flatMap((line) => line.split(" "));

/** Metrics, alarms, dashboards and logs. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-access-control-overview-cw.html */
export const cloudwatch: ServiceRules = {
  aws_cloudwatch_metric_alarm: {
    id: same("alarm_name"),
    arn: arn("cloudwatch", "alarm:{alarm_name}"),
    evaluate_low_sample_count_percentiles: starting(""),
  },
  aws_chatbot_slack_channel_configuration: {
    chat_configuration_arn: (s) =>
      s
        .arn("chatbot", `chat-configuration/slack-channel/${s.text("configuration_name")}`)
        .replace(/:chatbot:[^:]*:/, ":chatbot::"),
    slack_channel_name: (s) => `channel-${s.text("slack_channel_id").toLowerCase()}`,
    slack_team_name: (s) => `workspace-${s.text("slack_team_id").toLowerCase()}`,
  },
  aws_chatbot_teams_channel_configuration: {
    chat_configuration_arn: (s) =>
      s
        .arn("chatbot", `chat-configuration/microsoft-teams-channel/${s.text("configuration_name")}`)
        .replace(/:chatbot:[^:]*:/, ":chatbot::"),
    channel_name: starting("General"),
    team_name: starting("Team"),
  },
  aws_cloudwatch_composite_alarm: { id: same("alarm_name"), arn: arn("cloudwatch", "alarm:{alarm_name}") },
  aws_cloudwatch_dashboard: {
    id: same("dashboard_name"),
    dashboard_arn: accountArn("cloudwatch", "dashboard/{dashboard_name}"),
  },
  aws_cloudwatch_metric_stream: {
    name: generatedName("name_prefix"),
    id: same("name"),
    arn: arn("cloudwatch", "metric-stream/{name}"),
    state: starting("running"),
    creation_date: timestamp,
    last_update_date: onEveryChange(timestamp),
  },
  aws_cloudwatch_contributor_insight_rule: { resource_arn: arn("cloudwatch", "insight-rule/{rule_name}") },
  aws_cloudwatch_log_group: {
    name: generatedName("name_prefix"),
    id: same("name"),
    arn: arn("logs", "log-group:{name}"),
    log_group_class: starting("STANDARD"),
  },
  aws_cloudwatch_log_stream: { id: same("name"), arn: arn("logs", "log-group:{log_group_name}:log-stream:{name}") },
  aws_cloudwatch_log_metric_filter: { id: same("name") },
  aws_cloudwatch_log_subscription_filter: { id: (s) => `cwlsf-${s.random.digits(10)}`, role_arn: starting("") },
  aws_cloudwatch_log_resource_policy: { id: same("policy_name") },
  aws_cloudwatch_log_account_policy: { id: same("policy_name") },
  aws_cloudwatch_log_data_protection_policy: { id: same("log_group_name") },
  aws_cloudwatch_log_destination: { id: same("name"), arn: arn("logs", "destination:{name}") },
  aws_cloudwatch_log_destination_policy: { id: same("destination_name") },
  aws_cloudwatch_log_anomaly_detector: { arn: (s) => s.arn("logs", `anomaly-detector:${s.random.uuid()}`) },
  aws_cloudwatch_log_delivery: {
    id: (s) => s.random.lower(16),
    arn: arn("logs", "delivery:{id}"),
    field_delimiter: starting(""),
    record_fields: starting(cloudfrontFields),
    s3_delivery_configuration: starting([]),
  },
  aws_cloudwatch_log_delivery_destination: {
    arn: arn("logs", "delivery-destination:{name}"),
    delivery_destination_type: (s) => {
      const configuration = s.value("delivery_destination_configuration");
      const [block] = Array.isArray(configuration) ? configuration : [configuration];
      const arn = isObject(block ?? null) ? String((block as ObjectValue).destination_resource_arn) : "";
      return destinationTypes[arn.split(":")[2] ?? ""] ?? "CWL";
    },
  },
  aws_cloudwatch_log_delivery_source: {
    arn: arn("logs", "delivery-source:{name}"),
    service: starting("cloudfront"),
  },
  aws_cloudwatch_query_definition: { query_definition_id: uuid, id: form("{query_definition_id}") },
};
