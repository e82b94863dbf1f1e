import { z } from "zod";
import { strictObject } from "../core/strict-object";

export type * from "./input";

/** How long a dead letter is kept, the longest that SQS allows: 14 days. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export const messageRetentionSeconds = 14 * 24 * 60 * 60;

/** The period of the alarm on the age. */
export const agePeriodSeconds = 300;

const latest = messageRetentionSeconds - agePeriodSeconds;

/** Age of a dead letter at which an alarm fires, in seconds: before the letter is deleted. */
export const deadLetterAge = z
  .int()
  .min(60)
  .max(latest, `is never reached, because dead letters are deleted after 14 days; use at most ${latest} s`);

/**
 * The settings of a dead-letter queue.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export const deadLetterQueueConfig = strictObject(() => ({
  deadLetterAgeSeconds: deadLetterAge
    .default(86_400)
    .describe(
      "Age of the oldest dead letter, in seconds, at which an alarm fires. Dead letters are deleted after 14 days.",
    ),
}));

export type DeadLetterQueueConfig = z.output<typeof deadLetterQueueConfig>;
