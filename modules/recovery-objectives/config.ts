import { z } from "zod";
import { strictObject } from "../core/strict-object";

export type * from "./input";

/** How soon a service must work again after its home region is lost, and how much data may be missing. */
export const recoveryObjectivesConfig = strictObject(() => ({
  recoveryTimeSeconds: z
    .int()
    .min(1)
    .describe("Recovery time objective: seconds from the failure until a standby region takes over, on each path."),
  recoveryPointSeconds: z
    .int()
    .min(0)
    .describe("Recovery point objective: writes and events from this many seconds before the failure may be missing."),
}));

export type RecoveryObjectivesConfig = z.output<typeof recoveryObjectivesConfig>;
