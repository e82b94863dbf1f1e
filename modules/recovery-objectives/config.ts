import { z } from "zod";

/** How soon a service must work again after its home region is lost, and how much it may have forgotten. */
export const recoveryObjectivesConfig = z.strictObject({
  recoveryTimeSeconds: z
    .int()
    .min(1)
    .describe("Recovery time objective: seconds from the failure until a standby region does the work, on each path."),
  recoveryPointSeconds: z
    .int()
    .min(0)
    .describe("Recovery point objective: seconds before the failure whose writes and events may be missing."),
});

export type RecoveryObjectivesConfig = z.output<typeof recoveryObjectivesConfig>;
export type RecoveryObjectivesConfigInput = z.input<typeof recoveryObjectivesConfig>;
