import { type ServiceCalls, text } from "../refusal";

const second = 1000;

/**
 * SQS and SNS.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
 */
export const messaging: ServiceCalls = {
  aws_sqs_queue: {
    service: "SQS",
    create: { name: "CreateQueue", says: (queue) => `creating SQS Queue (${text(queue, "name")})` },
    remove: { name: "DeleteQueue", says: (queue) => `deleting SQS Queue (${text(queue, "url")})` },
    // AWS refuses only if an attribute differs; else both resources would manage one queue.
    exists: () => ({
      status: 400,
      code: "QueueAlreadyExists",
      message: "A queue already exists with the same name and a different value for attribute KmsMasterKeyId",
    }),
    heldForMs: () => 60 * second,
    heldRepeatedMs: 87 * second,
    held: () => ({
      status: 400,
      code: "AWS.SimpleQueueService.QueueDeletedRecently",
      message: "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
    }),
  },
};
