import { z } from "zod";
import { logRetentionDays } from "../core";

/**
 * When rotation counts as overdue, and how long its evidence is kept.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export const keyRotationConfig = z.strictObject({
  graceDays: z
    .int()
    .min(1)
    .max(90)
    .default(7)
    .describe("Days beyond a key's rotation period at which its last rotation counts as overdue."),
  pauseMinutes: z
    .int()
    .min(1)
    .max(44_640)
    .default(60)
    .describe("Minutes after a rotation in which none is begun on demand: KMS allows a key 25 of these in its life."),
  evidenceRetentionDays: logRetentionDays
    .refine((days) => days >= 365, "is less than a year; use 365 or more, evidence is asked for later")
    .default(731)
    .describe("Days until the evidence of rotations expires; at least a year."),
});

export type KeyRotationConfig = z.output<typeof keyRotationConfig>;
export type KeyRotationInput = z.input<typeof keyRotationConfig>;
