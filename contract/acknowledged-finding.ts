import { z } from "zod";
import { kebabName, strictObject } from "../modules/core";
import { acceptedBecause, lastDay, reportedAddress } from "./limited-time";

/** How far ahead an acknowledgement of what stays may expire: within a year somebody looks at it again. */
const maxDaysAhead = 366;

/** Gates that accept nothing: AWS or Terraform would refuse it all the same, or it can be done in another way. */
export const neverAcknowledged: readonly string[] = [
  "no-attribute-type-change",
  "no-fresh-start",
  "no-refused-change",
  "no-vanished-output",
  "one-region-per-wave",
];

/** What one gate finds at one address and may stay as it is, for a limited time. */
export const acknowledgedFinding = strictObject(() => ({
  rule: z
    .string()
    .regex(/^[A-Za-z0-9][\w.:/@-]{0,119}$/, "is not the id of a rule; copy it from the report: no-public-storage")
    .refine((rule) => !neverAcknowledged.includes(rule), {
      error: "is a gate that accepts nothing; do what its report says, and leave the entry out",
    })
    .describe("Id of the gate, or of another scanner's check: no-public-storage, CKV_AWS_18."),
  stack: kebabName(80).describe("Stack that the resource is in: prod-data."),
  address: reportedAddress(
    "is not an address; copy the whole of it from the report: aws_s3_bucket_acl.site.acl; a pattern would accept what nobody has seen",
  ).describe("Address as the report has it: of a resource, an argument or a provider."),
  reason: acceptedBecause.describe("Why it may stay as it is; a sentence."),
  expires: lastDay(
    maxDaysAhead,
    "gates accept it",
    `is more than ${maxDaysAhead} days ahead; name a day within a year, and look at it again then`,
  ),
}));

/** A finding that may stay as it is, for a limited time. */
export type AcknowledgedFinding = z.output<typeof acknowledgedFinding>;
