import { z } from "zod";
import { region, strictObject } from "../core";

export type * from "./input";

/** How bad a finding is, the least first. */
export const findingSeverities = ["LOW", "MEDIUM", "HIGH", "CRITICAL"] as const;

export type FindingSeverity = (typeof findingSeverities)[number];

/** Scans of functions that an account has switched on, and which of their findings are told. */
export const accountSecurityConfig = strictObject(() => ({
  inspector: strictObject(() => ({
    codeScans: z
      .boolean()
      .default(false)
      .describe(
        "Whether Inspector also looks for mistakes in the code of functions, beside packages with known vulnerabilities. Not in every region; billed apart.",
      ),
  }))
    .optional()
    .describe("Has Amazon Inspector scan functions and their layers; it is not switched on if left out."),
  guardDuty: strictObject(() => ({
    existingDetectors: z
      .partialRecord(
        region,
        z.string().regex(/^[0-9a-f]{32}$/, {
          message: "is not the id of a detector; copy it from `aws guardduty list-detectors`",
        }),
      )
      .default({})
      .describe(
        "Detectors that are there already, by region: an account has one in each region at most. Where none is named, one is made.",
      ),
    publishingFrequency: z
      .enum(["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"])
      .default("FIFTEEN_MINUTES")
      .describe("How often a detector that is made tells of what goes on in a finding that is known."),
  }))
    .optional()
    .describe("Has GuardDuty watch what functions call in the network; it is not switched on if left out."),
  findings: strictObject(() => ({
    leastSeverity: z.enum(findingSeverities).default("HIGH").describe("The least severity that is told."),
    about: z
      .enum(["functions", "everything"])
      .default("functions")
      .describe("Whether findings about anything else in the account are told too."),
  }))
    .prefault({})
    .describe("Which findings go to the alert topic."),
})).refine(({ inspector, guardDuty }) => inspector !== undefined || guardDuty !== undefined, {
  message: "switches nothing on; name inspector or guardDuty, {} for what is usual",
});

export type AccountSecurityConfig = z.output<typeof accountSecurityConfig>;
