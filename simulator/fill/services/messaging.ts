import { arn, form, generatedName, same, starting } from "../forms";
import type { Rule, ServiceRules } from "../subject";

const defaultTopicPolicy: Rule = (s) =>
  JSON.stringify({
    Id: "__default_policy_ID",
    Statement: [
      {
        Action: [
          "SNS:GetTopicAttributes",
          "SNS:SetTopicAttributes",
          "SNS:AddPermission",
          "SNS:RemovePermission",
          "SNS:DeleteTopic",
          "SNS:Subscribe",
          "SNS:ListSubscriptionsByTopic",
          "SNS:Publish",
        ],
        Condition: { StringEquals: { "AWS:SourceOwner": s.account } },
        Effect: "Allow",
        Principal: { AWS: "*" },
        Resource: s.text("arn"),
        Sid: "__default_statement_ID",
      },
    ],
    Version: "2008-10-17",
  });

const fifoName =
  (flag: string): Rule =>
  (s) =>
    `${String(generatedName("name_prefix")(s))}${s.value(flag) === true ? ".fifo" : ""}`;

/**
 * SNS and SQS.
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-create-topic.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
 */
export const messaging: ServiceRules = {
  aws_sns_topic: {
    name: fifoName("fifo_topic"),
    arn: arn("sns", "{name}"),
    id: same("arn"),
    owner: form("{account}"),
    policy: defaultTopicPolicy,
    signature_version: starting(0),
    tracing_config: starting(""),
    beginning_archive_time: starting(""),
    fifo_throughput_scope: (s) => (s.value("fifo_topic") === true ? "Topic" : ""),
  },
  aws_sns_topic_policy: { id: same("arn"), owner: form("{account}") },
  aws_sns_topic_data_protection_policy: { id: same("arn") },
  aws_sns_topic_subscription: {
    arn: (s) => `${s.text("topic_arn")}:${s.random.uuid()}`,
    id: same("arn"),
    owner_id: form("{account}"),
    pending_confirmation: (s) => s.text("protocol").startsWith("email"),
    filter_policy_scope: (s) => (s.text("filter_policy") ? "MessageAttributes" : ""),
  },
  aws_sqs_queue: {
    name: fifoName("fifo_queue"),
    url: form("https://sqs.{region}.{dns_suffix}/{account}/{name}"),
    id: same("url"),
    arn: arn("sqs", "{name}"),
    policy: starting(""),
    redrive_policy: starting(""),
    redrive_allow_policy: starting(""),
    kms_data_key_reuse_period_seconds: starting(300),
    sqs_managed_sse_enabled: (s) => s.text("kms_master_key_id") === "",
    deduplication_scope: (s) => (s.value("fifo_queue") === true ? "queue" : ""),
    fifo_throughput_limit: (s) => (s.value("fifo_queue") === true ? "perQueue" : ""),
  },
  aws_sqs_queue_policy: { id: same("queue_url") },
  aws_sqs_queue_redrive_policy: { id: same("queue_url") },
  aws_sqs_queue_redrive_allow_policy: { id: same("queue_url") },
};
