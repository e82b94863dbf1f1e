import { endpointOfProtocol } from "../rules/messaging";
import type { Family } from "./type-values";

const queueAttributes =
  "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html";

/** Values of SQS and SNS, whose models leave attributes to a map of texts. */
export const messaging: Family = {
  aws_sqs_queue: {
    api: ["sqs.CreateQueue"],
    cfn: "AWS::SQS::Queue",
    members: { name: "QueueName" },
    own: {
      name: {
        minLength: 1,
        maxLength: 80,
        pattern: "^[A-Za-z0-9_-]+(\\.fifo)?$",
        says: "is not a valid queue name; use letters, digits, hyphens and underscores",
        see: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html",
      },
      message_retention_seconds: { min: 60, max: 1_209_600, see: queueAttributes },
      visibility_timeout_seconds: { min: 0, max: 43_200, see: queueAttributes },
      delay_seconds: { min: 0, max: 900, see: queueAttributes },
      max_message_size: { min: 1024, max: 1_048_576, see: queueAttributes },
      receive_wait_time_seconds: { min: 0, max: 20, see: queueAttributes },
      deduplication_scope: { enum: ["messageGroup", "queue"], see: queueAttributes },
      fifo_throughput_limit: { enum: ["perMessageGroupId", "perQueue"], see: queueAttributes },
      kms_data_key_reuse_period_seconds: { min: 60, max: 86_400, see: queueAttributes },
      kms_master_key_id: { minLength: 1, maxLength: 2048, see: queueAttributes },
    },
  },
  aws_sqs_queue_policy: {
    api: ["sqs.SetQueueAttributes"],
    own: {
      queue_url: {
        pattern: "^https?://[^\\s]+$",
        says: "is not the URL of a queue; write it as https://sqs.<region>.amazonaws.com/<account>/<name>",
        see: queueAttributes,
      },
    },
  },
  aws_sqs_queue_redrive_allow_policy: {
    api: ["sqs.SetQueueAttributes"],
    own: {
      queue_url: {
        pattern: "^https?://[^\\s]+$",
        says: "is not the URL of a queue; write it as https://sqs.<region>.amazonaws.com/<account>/<name>",
        see: queueAttributes,
      },
    },
  },
  aws_sns_topic: {
    api: ["sns.CreateTopic"],
    cfn: "AWS::SNS::Topic",
    own: {
      name: {
        minLength: 1,
        maxLength: 256,
        pattern: "^[A-Za-z0-9_-]+(\\.fifo)?$",
        says: "is not a valid topic name; use letters, digits, hyphens and underscores",
        see: "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html",
      },
      signature_version: {
        enum: ["1", "2"],
        see: "https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html",
      },
      display_name: { maxLength: 100, see: "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html" },
    },
  },
  aws_sns_topic_policy: {
    api: ["sns.SetTopicAttributes"],
    own: {
      arn: {
        pattern: "^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]+$",
        says: "is not the ARN of a topic; write it as arn:aws:sns:<region>:<account>:<name>",
        see: "https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html",
      },
    },
  },
  aws_sns_topic_subscription: {
    api: ["sns.Subscribe"],
    cfn: "AWS::SNS::Subscription",
    own: {
      endpoint: { minLength: 1, see: "https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html" },
      protocol: {
        enum: ["http", "https", "email", "email-json", "sms", "sqs", "application", "lambda", "firehose"],
        see: "https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html",
      },
    },
    rules: [endpointOfProtocol],
  },
};
