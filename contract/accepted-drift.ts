import { z } from "zod";
import { kebabName } from "../modules/core";

/** How far ahead it may expire: by then somebody has put it into the configuration, or taken it back. */
const maxDaysAhead = 90;

const dayMs = 24 * 60 * 60 * 1000;

/** A day as `2027-01-31`, in UTC. */
const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** A change beside Terraform that may stay for a limited time. */
export const acceptedDrift = z.strictObject({
  stack: kebabName(80).describe("Stack that the resource is in: prod-data."),
  address: z
    .string()
    .min(1)
    .max(300)
    .regex(
      /^[^\s*][^\n*]*$/,
      "is not an address; copy the whole of it from the report of evenkeel drift; a pattern would accept what nobody has seen",
    )
    .describe("Terraform address of the resource."),
  attribute: z
    .string()
    .min(1)
    .max(300)
    .regex(/^[a-z][^*\n]*$/, "is not an argument; copy it from the report of evenkeel drift: memory_size")
    .optional()
    .describe(
      "What has changed, as the report has it, with all that is in it: memory_size, tags. Left out for a resource that was deleted.",
    ),
  reason: z.string().trim().min(15).max(300).describe("Why it may stay so, and who sees to it; a sentence."),
  expires: z.iso
    .date("is not a date; write it like 2027-01-31")
    .refine((day) => day <= isoDay(Date.now() + maxDaysAhead * dayMs), {
      error: `is more than ${maxDaysAhead} days ahead; name an earlier day, and put what should stay into the configuration`,
    })
    .describe(`Last day on which it is accepted, in UTC; at most ${maxDaysAhead} days ahead.`),
});

/** A change beside Terraform that may stay for a limited time. */
export type AcceptedDrift = z.output<typeof acceptedDrift>;
