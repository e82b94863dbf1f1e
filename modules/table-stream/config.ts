import { z } from "zod";
import { eventPatternProblems } from "../../values/languages";
import { handledOnceConfig, type Report, strictObject, withRule } from "../core";

export type * from "./input";

/** How long a stream of DynamoDB keeps a change, in seconds: 24 hours. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html */
export const streamRetentionSeconds = 86_400;

/** Longest that a change is tried: Lambda must give it up before the stream does, or it would be lost without a dead letter. */
const mostRecordAgeSeconds = streamRetentionSeconds - 3600;

const fields = strictObject(() => ({
  startingPosition: z
    .enum(["TRIM_HORIZON", "LATEST"])
    .default("TRIM_HORIZON")
    .describe(
      "Where a new mapping begins: with the changes of the last 24 hours, or with those to come. Another one replaces the mapping, which forgets what it has read.",
    ),
  batchSize: z.int().min(1).max(10_000).default(100).describe("Most changes of one invocation."),
  batchingWindowSeconds: z
    .int()
    .min(0)
    .max(300)
    .default(0)
    .describe("How long Lambda collects changes before it invokes the function, in seconds."),
  parallelizationFactor: z
    .int()
    .min(1)
    .max(10)
    .default(1)
    .describe("Invocations at a time for each shard of the stream; changes of one item stay in their order."),
  maximumRetryAttempts: z
    .int()
    .min(0)
    .max(10_000)
    .default(10)
    .describe(
      "How often a batch is tried again before its failed changes are dead letters. It holds its shard up until then.",
    ),
  maximumRecordAgeSeconds: z
    .int()
    .min(60)
    .max(
      mostRecordAgeSeconds,
      `lets changes leave the stream, after 24 hours, before they are dead letters; use at most ${mostRecordAgeSeconds} s`,
    )
    .default(mostRecordAgeSeconds)
    .describe("Age at which a change that was not handled is a dead letter, in seconds."),
  bisectBatchOnError: z
    .boolean()
    .default(true)
    .describe("Whether Lambda halves a batch that failed, so that one bad change does not fail the others again."),
  filterPatterns: z
    .array(withRule(z.record(z.string(), z.unknown()), checkFilter))
    .max(5)
    .default([])
    .describe(
      'Only changes that match one of these are handled: { eventName: ["INSERT"], dynamodb: { NewImage: { status: { S: ["PAID"] } } } }. All others are skipped.',
    ),
  consumedIn: z
    .enum(["every-region", "active-region"])
    .default("active-region")
    .describe(
      "Each replica has a stream with all changes. every-region reads all of them, so that the table of idempotency decides who handles a change; active-region reads that of the region that serves first.",
    ),
  enabled: z.boolean().default(true).describe("false stops reading; what is not read within 24 hours is lost."),
  eventCountMetrics: z
    .boolean()
    .default(false)
    .describe(
      "Whether Lambda counts polled, filtered, invoked and failed changes, as metrics that CloudWatch charges.",
    ),
  idempotency: handledOnceConfig({
    what: "a change",
    why: "Lambda reads a stream at least once, and each region has a stream of its own",
    handler: "streamConsumer",
  }).describe("What makes it safe that a change comes twice, also in another region."),
  sharedReason: z
    .string()
    .trim()
    .min(15)
    .max(300)
    .optional()
    .describe(
      "Why a second service reads the stream of a replicated table, for which AWS advises one reader, a sentence.",
    ),
  alarmThresholds: strictObject(() => ({
    iteratorAgeSeconds: z
      .int()
      .min(60)
      .max(mostRecordAgeSeconds)
      .default(900)
      .describe("Age of the last change that was read, in seconds, at which an alarm fires."),
  }))
    .prefault({})
    .describe("Alarm thresholds, for each region."),
}));

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html */
function checkFilter(pattern: Readonly<Record<string, unknown>>, report: Report): void {
  for (const { path, problem } of eventPatternProblems(pattern)) report([...path], problem);
  for (const field of Object.keys(pattern)) {
    if (["$or", "dynamodb", "eventName", "userIdentity"].includes(field)) continue;
    report([field], "is not a field of a change to filter by; use dynamodb, eventName or userIdentity");
  }
  reportNumbers(pattern.dynamodb, ["dynamodb"], report);
}

/** Values of DynamoDB are texts, numbers as well, so that a number or a comparison never matches. */
function reportNumbers(value: unknown, path: readonly string[], report: Report): void {
  const inside = (part: unknown, at: readonly string[]): void => reportNumbers(part, at, report);
  if (Array.isArray(value)) {
    for (const entry of value) {
      const compares = typeof entry === "object" && entry !== null && "numeric" in entry;
      if (typeof entry !== "number" && !compares) continue;
      const problem = 'never matches, because DynamoDB writes numbers as texts; compare with a text, as { N: ["5"] }';
      report([...path], problem);
      return;
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [name, part] of Object.entries(value)) inside(part, [...path, name]);
  }
}

/**
 * How a service takes the changes of a table.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html
 */
export const streamConsumerConfig = withRule(fields, ({ startingPosition, consumedIn }, report) => {
  if (consumedIn === "every-region" || startingPosition === "TRIM_HORIZON") return;
  report(
    ["startingPosition"],
    "loses the changes between the loss of a region and the deployment that names another one in regions.active; use TRIM_HORIZON",
  );
});

export type StreamConsumerConfig = z.output<typeof fields>;
