import { z } from "zod";
import { logRetentionDays, strictObject } from "../core";

export type * from "./input";

/** What pauses the queues of a region. */
export const queuePausingConfig = strictObject(() => ({
  alarmMinutes: z
    .int()
    .min(1)
    .max(1440)
    .default(15)
    .describe("Minutes in a row that a queue is paused before there is an alarm; the breaker itself has one earlier."),
  logRetentionDays: logRetentionDays.default(30),
}));

export type QueuePausingConfig = z.output<typeof queuePausingConfig>;
