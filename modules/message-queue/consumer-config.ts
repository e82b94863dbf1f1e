import { z } from "zod";
import { eventPatternProblems } from "../../values/languages";
import { handledOnceConfig, kebabName, type Report, strictObject, withRule } from "../core";

/** The most messages of a batch without a batching window, and of a FIFO queue. */
export const mostWithoutWindow = 10;

const fields = strictObject(() => ({
  batchSize: z
    .int()
    .min(1)
    .max(10_000)
    .default(10)
    .describe("Most messages of one invocation; above 10 with a batching window only, and at most 10 of a FIFO queue."),
  batchingWindowSeconds: z
    .int()
    .min(0)
    .max(300)
    .default(0)
    .describe("How long Lambda collects messages before it invokes the function, in seconds; not of a FIFO queue."),
  maximumConcurrency: z
    .int()
    .min(2)
    .max(1000)
    .default(10)
    .describe(
      "Most invocations at a time, in each region. Where the function reserves concurrency, all of its queues together have at most that.",
    ),
  filterPatterns: z
    .array(withRule(z.record(z.string(), z.unknown()), checkFilter))
    .max(5)
    .default([])
    .describe(
      'Only messages that match one of these are handled: { body: { type: ["placed"] } }. Lambda deletes all others.',
    ),
  consumedIn: z
    .enum(["every-region", "active-region"])
    .default("every-region")
    .describe(
      "active-region: in standby regions the messages wait, until regions.active names the region or they expire.",
    ),
  pausedBy: z
    .array(kebabName(32))
    .max(5)
    .default([])
    .describe(
      "Dependencies of the service without which no message can be handled: while the circuit breaker of one is open, the queue is not read, and messages wait. The handler passes the same ones to pauseWhileOpen.",
    ),
  enabled: z.boolean().default(true).describe("false stops reading; messages wait until they expire."),
  eventCountMetrics: z
    .boolean()
    .default(false)
    .describe(
      "Whether Lambda counts polled, filtered, invoked and failed messages, as metrics that CloudWatch charges.",
    ),
  idempotency: handledOnceConfig({
    what: "a message",
    why: "SQS delivers at least once",
    handler: "queueConsumer",
  }).describe("What makes it safe that a message comes twice, also in another region."),
}));

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html */
function checkFilter(pattern: Readonly<Record<string, unknown>>, report: Report): void {
  for (const { path, problem } of eventPatternProblems(pattern)) report([...path], problem);
  for (const field of Object.keys(pattern)) {
    if (["$or", "body", "attributes", "messageAttributes", "messageId"].includes(field)) continue;
    report([field], "is not a field of a message; use body, attributes, messageAttributes or messageId");
  }
}

/**
 * How a service takes messages of a queue.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-parameters.html
 */
export const queueConsumerConfig = withRule(fields, ({ batchSize, batchingWindowSeconds }, report) => {
  if (batchSize <= mostWithoutWindow || batchingWindowSeconds > 0) return;
  report(["batchSize"], `is above ${mostWithoutWindow} without a window; set batchingWindowSeconds to 1 or more`);
});

export type QueueConsumerConfig = z.output<typeof fields>;
