import { canonical } from "../../fill/random";
import { documentOf, textOf } from "../forms";
import { deletedPrincipals, versioned } from "../policies";
import { type ServiceReads, untouched } from "../rule";

/** What the provider sets where SQS sends nothing, as of a queue without a key. */
const dataKeyReuseSeconds = 300;

/** SQS forgets what is null. */
function withoutNulls(text: string): string {
  const document = documentOf(text);
  if (!document || !Object.values(document).includes(null)) return text;
  return canonical(Object.fromEntries(Object.entries(document).filter(([, value]) => value !== null)));
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
export const messaging: ServiceReads = {
  aws_sqs_queue: {
    answers: (queue) => {
      const own = queue.neighbours.of("aws_sqs_queue_policy").find(({ queue_url }) => queue_url === queue.text("url"));
      const encrypted = queue.text("kms_master_key_id") !== "";
      return {
        policy: deletedPrincipals(queue, versioned(textOf(own?.policy) || queue.text("policy"))),
        redrive_allow_policy: withoutNulls(queue.text("redrive_allow_policy")),
        redrive_policy: withoutNulls(queue.text("redrive_policy")),
        ...(!(encrypted && queue.state.kms_data_key_reuse_period_seconds) && {
          kms_data_key_reuse_period_seconds: dataKeyReuseSeconds,
        }),
      };
    },
  },
  aws_sqs_queue_policy: {
    answers: (policy) => ({ policy: deletedPrincipals(policy, versioned(policy.text("policy"))) }),
  },
  aws_sns_topic: {
    answers: (topic) => {
      const own = topic.neighbours.of("aws_sns_topic_policy").find(({ arn }) => arn === topic.text("arn"));
      return { policy: deletedPrincipals(topic, textOf(own?.policy) || topic.text("policy")) };
    },
  },
  aws_sns_topic_policy: { answers: (policy) => ({ policy: deletedPrincipals(policy, policy.text("policy")) }) },
  aws_sns_topic_subscription: untouched("confirmation_timeout_in_minutes", "endpoint_auto_confirms"),
};
