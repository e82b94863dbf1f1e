import { z } from "zod";
import { logRetentionDays, strictObject } from "../core";

export type * from "./input";

/** What the warmer of a region has for itself. */
export const warmerConfig = strictObject(() => ({
  enabled: z
    .boolean()
    .default(true)
    .describe("false stops the calls of every schedule; all else stays as it is, so that it can be switched on again."),
  logRetentionDays: logRetentionDays.default(30),
}));

export type WarmerConfig = z.output<typeof warmerConfig>;
