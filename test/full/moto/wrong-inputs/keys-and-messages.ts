import { ref } from "../../../support/synth";
import { arn, lettingIn, missingQueue } from "./shared";
import { alone, twice, type WrongInput } from "./wrong-input";

const text = { type: "String", value: "on" };
const toTopic = {
  topic_arn: ref("aws_sns_topic.shared.arn"),
  protocol: "sqs",
  endpoint: ref("aws_sqs_queue.shared.arn"),
};
const rules = { automatically_after_days: 30 };
const redrive = (queue: string): string => `{"deadLetterTargetArn":"${queue}","maxReceiveCount":3}`;

export const keysAndMessages: readonly WrongInput[] = [
  twice("a key's alias that another has", "AlreadyExistsException", "aws_kms_alias", {
    name: "alias/taken",
    target_key_id: ref("aws_kms_key.shared.key_id"),
  }),
  twice("a secret whose name another has", "ResourceExistsException", "aws_secretsmanager_secret", { name: "taken" }),
  alone("a value of a missing secret", "ResourceNotFoundException", "aws_secretsmanager_secret_version", {
    secret_id: "missing",
    secret_string: "value",
  }),
  alone("a rotation of a missing secret", "ResourceNotFoundException", "aws_secretsmanager_secret_rotation", {
    secret_id: "missing",
    rotation_lambda_arn: ref("aws_lambda_function.shared.arn"),
    rotation_rules: rules,
  }),
  twice("a parameter whose name another has", "ParameterAlreadyExists", "aws_ssm_parameter", {
    ...text,
    name: "/taken",
  }),
  alone("a parameter named as AWS's own", "AccessDeniedException", "aws_ssm_parameter", { ...text, name: "/aws/mine" }),
  alone("a parameter whose name begins with ssm", "ValidationException", "aws_ssm_parameter", {
    ...text,
    name: "ssm-mine",
  }),
  twice(
    "a queue whose name another has, with other attributes",
    "QueueAlreadyExists",
    "aws_sqs_queue",
    { name: "taken", delay_seconds: 5 },
    { other: { delay_seconds: 6 } },
  ),
  alone("a policy of a missing queue", "AWS.SimpleQueueService.NonExistentQueue", "aws_sqs_queue_policy", {
    queue_url: missingQueue,
    policy: lettingIn("sqs:SendMessage"),
  }),
  alone(
    "a queue with a missing dead-letter queue",
    "InvalidParameterValue",
    "aws_sqs_queue",
    { name: "no-letters", redrive_policy: redrive(arn("sqs", "missing")) },
    "AWS.SimpleQueueService.NonExistentQueue",
  ),
  alone(
    "a FIFO queue with a standard dead-letter queue",
    "InvalidParameterValue",
    "aws_sqs_queue",
    { name: "mismatch.fifo", fifo_queue: true, redrive_policy: redrive(ref("aws_sqs_queue.shared.arn")) },
    "InvalidParameterCombination",
  ),
  alone("a policy of a missing topic", "NotFound", "aws_sns_topic_policy", {
    arn: arn("sns", "missing"),
    policy: lettingIn("sns:Publish"),
  }),
  alone("a subscription to a missing topic", "NotFound", "aws_sns_topic_subscription", {
    ...toTopic,
    topic_arn: arn("sns", "missing"),
  }),
  alone("a FIFO queue that subscribes to a standard topic", "InvalidParameter", "aws_sns_topic_subscription", {
    ...toTopic,
    endpoint: ref("aws_sqs_queue.fifo.arn"),
  }),
  alone("a subscription with a wrong filter", "InvalidParameter", "aws_sns_topic_subscription", {
    ...toTopic,
    filter_policy: JSON.stringify({ source: "orders" }),
  }),
  alone("a subscription with a wrong number", "InvalidParameter", "aws_sns_topic_subscription", {
    ...toTopic,
    protocol: "sms",
    endpoint: "call me",
  }),
];
