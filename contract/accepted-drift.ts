import { z } from "zod";
import { kebabName, strictObject } from "../modules/core";
import { acceptedBecause, lastDay, reportedAddress } from "./limited-time";

/** How far ahead it may expire: by then somebody has put it into the configuration, or taken it back. */
const maxDaysAhead = 90;

/** A change beside Terraform that may stay for a limited time. */
export const acceptedDrift = strictObject(() => ({
  stack: kebabName(80).describe("Stack that the resource is in: prod-data."),
  address: reportedAddress(
    "is not an address; copy the whole of it from the report of evenkeel drift; a pattern would accept what nobody has seen",
  ).describe("Terraform address of the resource."),
  attribute: z
    .string()
    .min(1)
    .max(300)
    .regex(/^[a-z][^*\n]*$/, "is not an argument; copy it from the report of evenkeel drift: memory_size")
    .optional()
    .describe(
      "What has changed, as the report has it, with all that is in it: memory_size, tags. Left out for a resource that was deleted.",
    ),
  reason: acceptedBecause.describe("Why it may stay so, and who sees to it; a sentence."),
  expires: lastDay(
    maxDaysAhead,
    "it is accepted",
    `is more than ${maxDaysAhead} days ahead; name an earlier day, and put what should stay into the configuration`,
  ),
}));

/** A change beside Terraform that may stay for a limited time. */
export type AcceptedDrift = z.output<typeof acceptedDrift>;
