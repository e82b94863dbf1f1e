import { z } from "zod";
import { strictObject } from "../core/strict-object";

export type * from "./input";

/** How code is signed, and what Lambda does with code that is not. */
export const codeSigningConfig = strictObject(() => ({
  untrustedCode: z
    .enum(["Warn", "Enforce"])
    .default("Warn")
    .describe(
      "What Lambda does with code that none of the trusted profiles has signed: deploy it and say so in CloudTrail and a metric, or refuse it.",
    ),
  signatureMonths: z
    .int()
    .min(1)
    .max(135)
    .optional()
    .describe(
      "Months that a signature is valid; 135 if left out. What is deployed goes on running, but cannot be deployed again. A change makes another profile, and signs everything again.",
    ),
  earlierVersionDays: z
    .int()
    .min(1)
    .max(3650)
    .default(90)
    .describe("Days that uploads are kept after the next one. Signed code is kept."),
}));

export type CodeSigningConfig = z.output<typeof codeSigningConfig>;
