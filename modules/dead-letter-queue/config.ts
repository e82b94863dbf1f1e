import { z } from "zod";

/**
 * The settings of a dead-letter queue.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export const deadLetterQueueConfig = z.strictObject({
  deadLetterAgeSeconds: z
    .int()
    .min(60)
    .default(86_400)
    .describe(
      "Age of the oldest dead letter, in seconds, at which an alarm fires. Dead letters are deleted after 14 days.",
    ),
});

export type DeadLetterQueueConfig = z.output<typeof deadLetterQueueConfig>;
export type DeadLetterQueueInput = z.input<typeof deadLetterQueueConfig>;
