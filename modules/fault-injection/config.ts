import { z } from "zod";
import { strictObject } from "../core/strict-object";

export type * from "./input";

/** How faults may be injected into one function, as literal values. */
export const faultInjectionConfig = strictObject(() => ({
  longestMinutes: z
    .int()
    .min(1)
    .max(1440)
    .default(60)
    .describe("The longest time for which faults may be switched on at once, in minutes."),
}));

export type FaultInjectionConfig = z.output<typeof faultInjectionConfig>;
