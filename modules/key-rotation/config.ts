import { z } from "zod";
import { logRetentionDays, strictObject } from "../core";

export type * from "./input";

/**
 * When rotation counts as overdue, and how long its evidence is kept.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export const keyRotationConfig = strictObject(() => ({
  graceDays: z
    .int()
    .min(1)
    .max(90)
    .default(7)
    .describe("Days after the end of a key's rotation period before its rotation counts as overdue."),
  pauseMinutes: z
    .int()
    .min(1)
    .max(44_640)
    .default(60)
    .describe(
      "Minutes after a rotation before another on-demand rotation can start. KMS allows 25 on-demand rotations in the life of a key.",
    ),
  evidenceRetentionDays: logRetentionDays
    .refine(
      (days) => days >= 365,
      "is less than a year; use at least 365 days, because auditors often ask for evidence later",
    )
    .default(731)
    .describe("How long the evidence of rotations is kept, in days; at least a year."),
}));

export type KeyRotationConfig = z.output<typeof keyRotationConfig>;
