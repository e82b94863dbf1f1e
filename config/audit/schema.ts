import { z } from "zod";
import { strictObject } from "../../modules/core/strict-object";

/** Licences under which code may be given on in a product with little more than a notice. */
const permissive = [
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "Unlicense",
  "Zlib",
] as const;

const licenceId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.:+-]*( WITH [A-Za-z0-9.-]+)?$/, {
  message: "is not one licence of SPDX; use an id such as MIT or Apache-2.0, and a list in place of AND and OR",
});

const packageName = z.string().min(1).max(214).describe("Name of the package.");
const reason = z.string().min(10).max(500).describe("Why it may be in bundles, in a sentence.");

/** The advisorySeverities of npm's advisories, the least first. */
export const advisorySeverities = ["low", "moderate", "high", "critical"] as const;

export type AdvisorySeverity = (typeof advisorySeverities)[number];

const day = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, {
  message: "is not a day; use YYYY-MM-DD",
});

/** What `evenkeel audit` asks of the packages in bundles. */
export const auditConfig = strictObject(() => ({
  licences: strictObject(() => ({
    allowed: z
      .array(licenceId)
      .min(1)
      .default([...permissive])
      .describe(
        "Licences that packages in bundles may have, by their ids at SPDX. Of two to choose from, one is enough.",
      ),
    exceptions: z
      .array(strictObject(() => ({ package: packageName, reason })))
      .default([])
      .describe("Packages that may be in bundles whatever their licence is."),
  }))
    .prefault({})
    .describe("Which licences packages in bundles may have."),
  vulnerabilities: strictObject(() => ({
    failOn: z.enum(advisorySeverities).default("high").describe("The least severity that fails. Others are counted."),
    accepted: z
      .array(
        strictObject(() => ({
          advisory: z
            .string()
            .regex(/^GHSA(-[23456789cfghjmpqrvwx]{4}){3}$/, {
              message: "is not the id of an advisory; use GHSA-xxxx-xxxx-xxxx",
            })
            .describe("Id of the advisory."),
          reason: z.string().min(10).max(500).describe("Why it does no harm here, in a sentence."),
          expires: day.describe("Day from which it fails again, so that somebody looks: YYYY-MM-DD."),
        })),
      )
      .default([])
      .describe("Advisories that do no harm here."),
  }))
    .prefault({})
    .describe("Which known vulnerabilities fail."),
}));

export type Audit = z.output<typeof auditConfig>;
