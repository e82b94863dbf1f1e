import { alarmPeriods } from "../rules/monitoring";
import type { Family } from "./type-values";

const putAlarm = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html";
const putComposite = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html";
const metricDatum = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html";

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html */
const statistic = {
  pattern:
    "^(SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tm|tc|ts|wm)(100(\\.0{0,10})?|[0-9]{1,2}(\\.[0-9]{0,10})?)|(TM|TC|TS|WM|PR)\\([0-9.%]*:[0-9.%]*\\))$",
  says: "is not a valid CloudWatch statistic; use Average, Sum, Minimum, Maximum, SampleCount, or a percentile such as p99",
};

/** Values of CloudWatch, CloudWatch Logs and what takes alarms to chats. */
export const monitoring: Family = {
  aws_chatbot_slack_channel_configuration: {
    api: ["chatbot.CreateSlackChannelConfiguration"],
    cfn: "AWS::Chatbot::SlackChannelConfiguration",
  },
  aws_chatbot_teams_channel_configuration: {
    api: ["chatbot.CreateMicrosoftTeamsChannelConfiguration"],
    cfn: "AWS::Chatbot::MicrosoftTeamsChannelConfiguration",
    members: {
      channel_id: "ChannelId",
      channel_name: "ChannelName",
      team_id: "TeamId",
      team_name: "TeamName",
      tenant_id: "TenantId",
    },
  },
  aws_cloudwatch_composite_alarm: {
    api: ["cloudwatch.PutCompositeAlarm"],
    cfn: "AWS::CloudWatch::CompositeAlarm",
    members: {
      "actions_suppressor.alarm": "/cloudwatch.PutCompositeAlarm.ActionsSuppressor",
      "actions_suppressor.extension_period": "/cloudwatch.PutCompositeAlarm.ActionsSuppressorExtensionPeriod",
      "actions_suppressor.wait_period": "/cloudwatch.PutCompositeAlarm.ActionsSuppressorWaitPeriod",
    },
    own: {
      "actions_suppressor.extension_period": { min: 0, because: "the model has no limit", see: putComposite },
      "actions_suppressor.wait_period": { min: 0, because: "the model has no limit", see: putComposite },
    },
  },
  aws_cloudwatch_dashboard: {
    api: ["cloudwatch.PutDashboard"],
    cfn: "AWS::CloudWatch::Dashboard",
    own: {
      dashboard_name: {
        minLength: 1,
        maxLength: 255,
        pattern: "^[A-Za-z0-9_-]+$",
        says: "is not a valid dashboard name; use letters, digits, hyphens and underscores",
        see: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html",
      },
    },
  },
  aws_cloudwatch_metric_alarm: {
    api: ["cloudwatch.PutMetricAlarm"],
    cfn: "AWS::CloudWatch::Alarm",
    members: {
      evaluate_low_sample_count_percentiles: "EvaluateLowSampleCountPercentile",
      metric_query: "Metrics",
      "metric_query.metric": ["MetricStat", "MetricStat.Metric"],
    },
    own: {
      "metric_query.label": { because: "any text, as long as a request may be", maxLength: 1024, see: putAlarm },
      "metric_query.metric.stat": { ...statistic, see: putAlarm },
      extended_statistic: { ...statistic, see: putAlarm },
      threshold: { min: -(2 ** 360), max: 2 ** 360, see: metricDatum },
      treat_missing_data: { enum: ["breaching", "notBreaching", "ignore", "missing"], see: putAlarm },
      evaluate_low_sample_count_percentiles: { enum: ["evaluate", "ignore"], see: putAlarm },
    },
    rules: [alarmPeriods],
  },
  aws_cloudwatch_log_group: {
    api: ["logs.CreateLogGroup", "logs.PutRetentionPolicy"],
    cfn: "AWS::Logs::LogGroup",
    members: { name: "logGroupName" },
    own: {
      retention_in_days: {
        // 0 stands for never, and Terraform then leaves the call away.
        enum: [
          "0",
          "1",
          "3",
          "5",
          "7",
          "14",
          "30",
          "60",
          "90",
          "120",
          "150",
          "180",
          "365",
          "400",
          "545",
          "731",
          "1096",
          "1827",
          "2192",
          "2557",
          "2922",
          "3288",
          "3653",
        ],
        see: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html",
      },
    },
  },
  aws_cloudwatch_log_metric_filter: {
    api: ["logs.PutMetricFilter"],
    cfn: "AWS::Logs::MetricFilter",
    members: {
      name: "filterName",
      pattern: "filterPattern",
      "metric_transformation.name": "metricName",
      "metric_transformation.namespace": "metricNamespace",
      "metric_transformation.value": "metricValue",
    },
    own: {
      "metric_transformation.default_value": {
        pattern: "^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$",
        says: "is not a number; write it in digits",
        see: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_MetricTransformation.html",
      },
    },
  },
  aws_cloudwatch_log_resource_policy: {
    api: ["logs.PutResourcePolicy"],
    own: {
      policy_name: {
        minLength: 1,
        maxLength: 512,
        because: "the provider holds every name of a policy to the length of names in Logs",
        see: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html",
      },
    },
  },
  aws_cloudwatch_query_definition: { api: ["logs.PutQueryDefinition"], cfn: "AWS::Logs::QueryDefinition" },
  aws_cloudwatch_log_delivery: { api: ["logs.CreateDelivery"], cfn: "AWS::Logs::Delivery" },
  aws_cloudwatch_log_delivery_destination: {
    api: ["logs.PutDeliveryDestination"],
    cfn: "AWS::Logs::DeliveryDestination",
  },
  aws_cloudwatch_log_delivery_source: { api: ["logs.PutDeliverySource"], cfn: "AWS::Logs::DeliverySource" },
};
