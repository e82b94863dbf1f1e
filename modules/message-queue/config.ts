import { z } from "zod";
import { type Report, strictObject, withRule } from "../core";
import { deadLetterQueueConfig, messageRetentionSeconds } from "../dead-letter-queue";

export type * from "./input";

/** A dead letter is kept for at least this long, in seconds. */
const leastDeadLetterSeconds = 86_400;

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html#understanding-message-retention-periods */
const latestRetention = messageRetentionSeconds - leastDeadLetterSeconds;

/** The visibility timeout of a queue that no service of the environment reads, in seconds: SQS's own. */
export const defaultVisibilitySeconds = 30;

/**
 * How long a queue that circuit breakers pause hides a message at least, in seconds: until the breaker is noticed, within a minute, and Lambda has
 * switched the mapping off. So an open breaker costs a message one receive, and not one after the other.
 */
export const pausedVisibilitySeconds = 180;

/**
 * The least visibility timeout of a queue that a function reads, in seconds: six times the function's timeout, so that Lambda
 * can try again while it is throttled, and the batching window.
 * @param isPaused whether circuit breakers pause the queue
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export const leastVisibilitySeconds = (
  timeoutSeconds: number,
  batchingWindowSeconds: number,
  isPaused = false,
): number => Math.max(6 * timeoutSeconds + batchingWindowSeconds, isPaused ? pausedVisibilitySeconds : 0);

const fifo = withRule(
  strictObject(() => ({
    contentBasedDeduplication: z
      .boolean()
      .default(false)
      .describe(
        "Messages with the same body within 5 minutes are one; otherwise senders give each an id. Leave it off where the same body may be sent twice.",
      ),
    deduplicationScope: z
      .enum(["queue", "messageGroup"])
      .default("queue")
      .describe("Whether an id is unique in the queue or in its message group."),
    throughputLimit: z
      .enum(["perQueue", "perMessageGroupId"])
      .default("perQueue")
      .describe("perMessageGroupId for high throughput, which needs deduplicationScope messageGroup."),
  })),
  checkThroughput,
);

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html */
function checkThroughput(
  { deduplicationScope, throughputLimit }: { readonly deduplicationScope: string; readonly throughputLimit: string },
  report: Report,
): void {
  if (throughputLimit !== "perMessageGroupId" || deduplicationScope === "messageGroup") return;
  report(["throughputLimit"], "needs deduplicationScope messageGroup; set both, or leave this out");
}

/**
 * The settings of a queue, the same in each region.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
export const messageQueueConfig = strictObject(() => ({
  fifo: fifo
    .optional()
    .describe("Makes it a FIFO queue, which keeps the order in each message group. Another kind is another queue."),
  messageRetentionSeconds: z
    .int()
    .min(60)
    .max(
      latestRetention,
      `leaves a dead letter less than a day, as it keeps its first time stamp; use at most ${latestRetention} s`,
    )
    .default(345_600)
    .describe("How long a message waits to be handled, in seconds, before SQS deletes it."),
  delaySeconds: z.int().min(0).max(900).default(0).describe("How long a new message is hidden, in seconds."),
  maxMessageBytes: z
    .int()
    .min(1024)
    .max(262_144, "is more than the AWS provider accepts, 262144; keep larger messages in a bucket")
    .default(262_144)
    .describe("Largest message, attributes included, in bytes."),
  visibilityTimeoutSeconds: z
    .int()
    .min(0)
    .max(43_200)
    .optional()
    .describe(
      "How long a message that was received is hidden, in seconds. Left out, it follows from the service that takes the queue: six times its timeout, and its batching window. A longer one delays every further attempt.",
    ),
  maxReceiveCount: z
    .int()
    .min(1)
    .max(1000)
    .default(5)
    .describe(
      "How often a message is received before it is a dead letter. Less than 5 also gives up on messages that were only throttled.",
    ),
  kmsDataKeyReuseSeconds: z
    .int()
    .min(60)
    .max(86_400)
    .default(300)
    .describe("How long SQS uses a data key again, in seconds, before it asks KMS for another one."),
  alarmThresholds: strictObject(() => ({
    oldestMessageSeconds: z
      .int()
      .min(60)
      .max(latestRetention)
      .default(900)
      .describe("Age of the oldest message that waits, in seconds, at which an alarm fires."),
    ...deadLetterQueueConfig.shape,
  }))
    .prefault({})
    .describe("Alarm thresholds, for each region."),
}));

export type MessageQueueConfig = z.output<typeof messageQueueConfig>;
