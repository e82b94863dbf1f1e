import type { Thing } from "../../inventory/thing";
import type { ObjectValue } from "../../protocol/values";
import { parseArn } from "../demands/arns";
import { keyUsable } from "../demands/key-warnings";
import { principalsKnown } from "../demands/principals";
import { newTextsAt } from "../demands/references";
import { type Answer, type Call, type Demand, type ServiceCalls, text } from "../refusal";

const second = 1000;

/** SQS's names of the attributes that CreateQueue compares, in the order in which the provider sends them. */
const compared: Readonly<Record<string, string>> = {
  content_based_deduplication: "ContentBasedDeduplication",
  deduplication_scope: "DeduplicationScope",
  delay_seconds: "DelaySeconds",
  fifo_queue: "FifoQueue",
  fifo_throughput_limit: "FifoThroughputLimit",
  kms_data_key_reuse_period_seconds: "KmsDataKeyReusePeriodSeconds",
  kms_master_key_id: "KmsMasterKeyId",
  max_message_size: "MaximumMessageSize",
  message_retention_seconds: "MessageRetentionPeriod",
  policy: "Policy",
  receive_wait_time_seconds: "ReceiveMessageWaitTimeSeconds",
  redrive_allow_policy: "RedriveAllowPolicy",
  redrive_policy: "RedrivePolicy",
  sqs_managed_sse_enabled: "SqsManagedSseEnabled",
  visibility_timeout_seconds: "VisibilityTimeout",
};

/** SQS refuses a second queue only if an attribute differs; else both resources would manage one queue. */
function exists({ values }: Call, holder: Thing): Answer | undefined {
  const differing = Object.keys(compared).find((name) => plain(values[name]) !== plain(holder.state[name]));
  return differing === undefined
    ? undefined
    : {
        status: 400,
        code: "QueueAlreadyExists",
        message: `A queue already exists with the same name and a different value for attribute ${compared[differing]}`,
      };
}

const plain = (value: ObjectValue[string] | undefined): string => String(value ?? "");

/** The dead-letter queue must be there, and of the same kind. */
const redriveTarget: Demand = (call) => {
  const [policy] = newTextsAt(call, "redrive_policy");
  if (policy === undefined) return undefined;
  const target = targetOf(policy);
  const arn = parseArn(target);
  const invalid = (reason: string): Answer => ({
    status: 400,
    code: "InvalidParameterValue",
    message: `Value ${policy} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
    unlisted: true,
  });
  if (!arn) return invalid("Dead letter target must be a valid ARN.");
  const { account, region } = call.cloud.place;
  if (arn.account !== account || arn.region !== region)
    return invalid("Dead-letter target owner and region should be the same as the source.");
  if (!call.cloud.find("aws_sqs_queue", (queue) => queue.arn === target))
    return invalid("Dead letter target does not exist.");
  const source = text(call.values, "name") || text(call.values, "queue_url");
  return source.endsWith(".fifo") === target.endsWith(".fifo")
    ? undefined
    : invalid("Dead-letter queue must be same type of queue as the source.");
};

function targetOf(redrivePolicy: string): string {
  try {
    const { deadLetterTargetArn } = JSON.parse(redrivePolicy) as { deadLetterTargetArn?: unknown };
    return typeof deadLetterTargetArn === "string" ? deadLetterTargetArn : "";
  } catch {
    return "";
  }
}

/** The queue whose attribute is set. */
const queueExists: Demand = (call) => {
  const [url] = newTextsAt(call, "queue_url");
  const owner = /^https:\/\/[^/]+\/(\d{12})\//.exec(url ?? "")?.[1];
  if (url === undefined || (owner !== undefined && owner !== call.cloud.place.account)) return undefined;
  return call.cloud.find("aws_sqs_queue", (queue) => queue.id === url)
    ? undefined
    : {
        status: 400,
        code: "AWS.SimpleQueueService.NonExistentQueue",
        message: "The specified queue does not exist.",
      };
};

const setAttribute = (attribute: string) => ({
  service: "SQS",
  create: {
    name: "SetQueueAttributes",
    says: (values: ObjectValue) => `setting SQS Queue (${text(values, "queue_url")}) attribute (${attribute})`,
  },
  remove: {
    name: "SetQueueAttributes",
    says: (values: ObjectValue) => `deleting SQS Queue (${text(values, "queue_url")}) attribute (${attribute})`,
  },
});

/**
 * SQS. It does not look up keys.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
 */
export const sqs: ServiceCalls = {
  aws_sqs_queue: {
    service: "SQS",
    create: { name: "CreateQueue", says: (queue) => `creating SQS Queue (${text(queue, "name")})` },
    update: {
      name: "SetQueueAttributes",
      says: (queue) => `setting SQS Queue (${text(queue, "url")}) attribute (RedrivePolicy)`,
    },
    remove: { name: "DeleteQueue", says: (queue) => `deleting SQS Queue (${text(queue, "url")})` },
    exists,
    heldForMs: () => 60 * second,
    heldRepeatedMs: 87 * second,
    held: () => ({
      status: 400,
      code: "AWS.SimpleQueueService.QueueDeletedRecently",
      message: "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
    }),
    demands: [redriveTarget],
    warnings: [keyUsable("kms_master_key_id", "sqs", "cannot encrypt its messages"), principalsKnown("policy")],
  },
  aws_sqs_queue_policy: { ...setAttribute("Policy"), demands: [queueExists], warnings: [principalsKnown("policy")] },
  aws_sqs_queue_redrive_policy: { ...setAttribute("RedrivePolicy"), demands: [queueExists, redriveTarget] },
  aws_sqs_queue_redrive_allow_policy: { ...setAttribute("RedriveAllowPolicy"), demands: [queueExists] },
};
