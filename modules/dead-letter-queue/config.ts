import { z } from "zod";

/**
 * What a queue of dead letters lets its owner decide.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export const deadLetterQueueConfig = z.strictObject({
  deadLetterAgeSeconds: z
    .int()
    .min(60)
    .default(86_400)
    .describe("Age of the oldest dead letter at which somebody is reminded; they are deleted after 14 days."),
});

export type DeadLetterQueueConfig = z.output<typeof deadLetterQueueConfig>;
export type DeadLetterQueueInput = z.input<typeof deadLetterQueueConfig>;
