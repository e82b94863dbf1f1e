import { z } from "zod";
import { accountId, kebabName, strictObject, withRule } from "../core";
import { deadLetterQueueConfig } from "../dead-letter-queue";
import { checkEventPattern } from "./event-pattern";

export type * from "./input";

/**
 * The name of a custom event bus and its archive.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html
 */
export const eventBusName = z
  .string()
  .regex(
    /^(?!default$)(?!aws\.)[.\-_A-Za-z0-9]{1,48}$/,
    "is not a valid event bus name; use 1 to 48 letters, digits, dots, hyphens and underscores, not default and not starting with aws.",
  )
  .describe("Name of the bus and its archive in each region. Cannot change.");

/** The source of an event, which is compared as it stands. @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html */
export const eventSource = z
  .string()
  .min(1)
  .max(256)
  .refine(
    (text) => !text.startsWith("aws."),
    "begins with aws., which is reserved for AWS services; use a source of your own",
  )
  .refine((text) => text !== "*", "is not a wildcard, because sources are compared literally; list each source");

/** The settings of a rule. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html */
export const eventRuleConfig = strictObject(() => ({
  description: z.string().max(512).optional().describe("What the rule is for."),
  eventPattern: withRule(z.record(z.string(), z.unknown()), checkEventPattern).describe(
    "Which events are sent to the target, as an EventBridge pattern. The pattern must include source.",
  ),
  enabled: z.boolean().default(true).describe("Set to false to keep the rule and its target but send nothing."),
  maximumRetryAttempts: z
    .int()
    .min(0)
    .max(185)
    .default(185)
    .describe("How often EventBridge retries to send an event to the target."),
  maximumEventAgeSeconds: z
    .int()
    .min(60)
    .max(86_400)
    .default(86_400)
    .describe("Maximum age of an event while EventBridge retries, in seconds."),
}));

/**
 * The settings of an event bus, the same in each region.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus.html
 */
export const eventBusConfig = strictObject(() => ({
  description: z.string().min(1).max(512).default("Events of this environment").describe("What the bus is for."),
  archiveRetentionDays: z
    .int()
    .min(1)
    .max(3650)
    .default(30)
    .describe("How long events can be replayed, in days. Heartbeats are not archived."),
  rules: z
    .record(kebabName(40), eventRuleConfig)
    .default({})
    .describe("Rules by name, each with one target. The name is part of Terraform addresses and cannot change."),
  publisherAccounts: z
    .record(
      accountId,
      strictObject(() => ({
        sources: z.array(eventSource).min(1).describe("Values of source that the account may use."),
      })),
    )
    .default({})
    .describe("Other AWS accounts that may publish to the bus, and with which sources."),
  alarmThresholds: strictObject(() => ({
    failedInvocations: z
      .int()
      .min(1)
      .default(1)
      .describe("Events that could not be delivered to a target, in 5 minutes."),
    throttledRules: z.int().min(1).default(1).describe("How often a rule was throttled, in 5 minutes."),
    ...deadLetterQueueConfig.shape,
  }))
    .prefault({})
    .describe("Alarm thresholds, for each region."),
}));

export type EventBusConfig = z.output<typeof eventBusConfig>;
export type EventRuleConfig = z.output<typeof eventRuleConfig>;
