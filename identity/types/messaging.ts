import { queue, topic } from "../forms";
import type { Rules } from "../rule";

/**
 * SQS and SNS.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
 * @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 */
export const messaging: Rules = {
  aws_sqs_queue: { scope: "region", name: "queue {name}" },
  aws_sqs_queue_policy: { scope: "region", name: "the policy of queue {queue_url}", read: { queue_url: queue } },
  aws_sqs_queue_redrive_policy: {
    scope: "region",
    name: "the redrive policy of queue {queue_url}",
    read: { queue_url: queue },
  },
  aws_sqs_queue_redrive_allow_policy: {
    scope: "region",
    name: "the redrive allow policy of queue {queue_url}",
    read: { queue_url: queue },
  },
  aws_sns_topic: { scope: "region", name: "topic {name}" },
  aws_sns_topic_policy: { scope: "region", name: "the policy of topic {arn}", read: { arn: topic } },
  aws_sns_topic_subscription: {
    scope: "region",
    name: "the subscription of {protocol} {endpoint} to topic {topic_arn}",
  },
};
