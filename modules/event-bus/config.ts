import { z } from "zod";
import { accountId, kebabName, withRule } from "../core";
import { deadLetterQueueConfig } from "../dead-letter-queue";
import { checkEventPattern } from "./event-pattern";

/**
 * The name of a custom bus, which is the name of its archive too.
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html
 */
export const eventBusName = z
  .string()
  .regex(
    /^(?!default$)(?!aws\.)[.\-_A-Za-z0-9]{1,48}$/,
    "is no name for an event bus; use 1 to 48 letters, digits, dots, hyphens and underscores, neither default nor beginning with aws.",
  )
  .describe("Name of the bus and its archive in each region; never changes.");

const source = z
  .string()
  .min(1)
  .max(256)
  .refine((text) => !text.startsWith("aws."), "is kept for AWS services; use a source of your own");

/** What a rule lets its owner decide. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rules.html */
export const eventRuleConfig = z.strictObject({
  description: z.string().max(512).optional().describe("What the rule is for."),
  eventPattern: withRule(z.record(z.string(), z.unknown()), checkEventPattern).describe(
    "Which events reach the target, as an EventBridge pattern; source is required.",
  ),
  enabled: z.boolean().default(true).describe("False keeps the rule and its target but sends nothing."),
  maximumRetryAttempts: z
    .int()
    .min(0)
    .max(185)
    .default(185)
    .describe("How often EventBridge tries again to hand an event to the target."),
  maximumEventAgeSeconds: z
    .int()
    .min(60)
    .max(86_400)
    .default(86_400)
    .describe("How old an event may become on the way to the target, in seconds."),
});

/**
 * What an event bus lets its owner decide; it is the same for the bus in each region.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus.html
 */
export const eventBusConfig = z.strictObject({
  description: z.string().min(1).max(512).default("Events of this environment").describe("What the bus carries."),
  archiveRetentionDays: z
    .int()
    .min(1)
    .max(3650)
    .default(30)
    .describe("Days that events can be replayed; heartbeats are not archived."),
  rules: z
    .record(kebabName(40), eventRuleConfig)
    .default({})
    .describe("Rules by name, each with one target; the name is part of Terraform addresses and never changes."),
  publisherAccounts: z
    .record(accountId, z.strictObject({ sources: z.array(source).min(1).describe("Values of source it may use.") }))
    .default({})
    .describe("Other AWS accounts that may publish to the bus, and under which sources."),
  alarmThresholds: z
    .strictObject({
      failedInvocations: z.int().min(1).default(1).describe("Events in 5 minutes that a target never got."),
      throttledRules: z.int().min(1).default(1).describe("Times in 5 minutes that a rule was held back."),
      ...deadLetterQueueConfig.shape,
    })
    .prefault({})
    .describe("When the alarms of each region go off."),
});

export type EventBusConfig = z.output<typeof eventBusConfig>;
export type EventBusInput = z.input<typeof eventBusConfig>;
export type EventRuleConfig = z.output<typeof eventRuleConfig>;
export type EventRuleInput = z.input<typeof eventRuleConfig>;
