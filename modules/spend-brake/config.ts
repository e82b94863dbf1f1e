import { z } from "zod";
import { logRetentionDays, strictObject } from "../core";

export type * from "./input";

/** When a function is stopped. */
export const brakeConfig = strictObject(() => ({
  invocationsPerMinute: z
    .int()
    .min(1)
    .max(100_000_000)
    .describe("Invocations in a minute and region that are never healthy: far above the highest peak."),
  forMinutes: z.int().min(1).max(60).default(5).describe("Minutes in a row above it before the function is stopped."),
  floor: z
    .int()
    .min(0)
    .max(10_000)
    .default(0)
    .describe("Concurrent executions that are left to the function; 0 stops it."),
}));

/** What brakes functions of a region. */
export const spendBrakeConfig = strictObject(() => ({ logRetentionDays: logRetentionDays.default(30) }));

export type BrakeConfig = z.output<typeof brakeConfig>;
export type SpendBrakeConfig = z.output<typeof spendBrakeConfig>;
