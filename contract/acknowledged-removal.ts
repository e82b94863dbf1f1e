import { z } from "zod";
import { kebabName } from "../modules/core";

/** How far ahead an acknowledgement may expire: it is for one change, and must not wait for a later mistake. */
const maxDaysAhead = 90;

const dayMs = 24 * 60 * 60 * 1000;

/** A day as `2027-01-31`, in UTC. */
const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

// A resource, in modules or not, with or without an index; then a nested block with data of its own.
const instance = String.raw`(\[("[^"\]]+"|\d+)\])?`;
const address = new RegExp(
  String.raw`^(module\.[A-Za-z_][\w-]*${instance}\.)*(?!data\.|module\.)[a-z][a-z0-9_]*\.[A-Za-z_][\w-]*${instance}(\.[a-z_]+\["[^"\]]+"\])?$`,
);

/** The removal or replacement of one resource that is meant, for a limited time. */
export const acknowledgedRemoval = z.strictObject({
  stack: kebabName(80).describe("Stack that the resource is in: prod-data."),
  address: z
    .string()
    .regex(
      address,
      'is not the address of a resource; copy it from the report of the gate: aws_dynamodb_table.orders_table, or aws_dynamodb_table.orders_table.global_secondary_index["by-customer"] for a part of it',
    )
    .describe("Terraform address of what goes, as the gate reports it."),
  reason: z.string().trim().min(15).max(300).describe("Why it may go, and where its data is now; a sentence."),
  expires: z.iso
    .date("is not a date; write it like 2027-01-31")
    .refine((day) => day <= isoDay(Date.now() + maxDaysAhead * dayMs), {
      error: `is more than ${maxDaysAhead} days ahead; name a day soon after the removal, and extend it if it is delayed`,
    })
    .describe(`Last day on which gates accept the removal, in UTC; at most ${maxDaysAhead} days ahead.`),
});

/** The removal or replacement of one resource that is meant, for a limited time. */
export type AcknowledgedRemoval = z.output<typeof acknowledgedRemoval>;
