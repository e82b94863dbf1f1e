import { z } from "zod";
import { kebabName, strictObject } from "../modules/core";
import { acceptedBecause, lastDay } from "./limited-time";

/** How far ahead an acknowledgement may expire: it is for one change, and must not wait for a later mistake. */
const maxDaysAhead = 90;

// A resource, in modules or not, with or without an index; then a block of it, or an argument. Or a stack, as an output names it.
const instance = String.raw`(\[("[^"\]]+"|\d+)\])?`;
const address = new RegExp(
  String.raw`^(module\.[A-Za-z_][\w-]*${instance}\.)*(?!data\.|module\.)[a-z][a-z0-9_]*\.[A-Za-z_][\w-]*${instance}(\.[a-z][a-z0-9_]*(\["[^"\]]+"\])?)*$`,
);

/** The address of a resource without a part of it. */
export const resourceAddress = new RegExp(
  String.raw`^(module\.[A-Za-z_][\w-]*${instance}\.)*(?!data\.|module\.)[a-z][a-z0-9_]*\.[A-Za-z_][\w-]*${instance}$`,
);

/** The removal, the replacement or the change of one resource, or of a part of it, that is meant, for a limited time. */
export const acknowledgedRemoval = strictObject(() => ({
  stack: kebabName(80).describe("Stack that the resource is in: prod-data."),
  address: z
    .string()
    .regex(
      address,
      'is not the address of a resource; copy it from the report of the gate: aws_dynamodb_table.orders_table, or aws_dynamodb_table.orders_table.global_secondary_index["by-customer"] for a part of it, or aws_dynamodb_table.orders_table.ttl for an argument',
    )
    .describe(
      "Terraform address of what goes or changes, as the gate reports it: of a resource, a part of it or an argument.",
    ),
  reason: acceptedBecause.describe("Why it may go or change, and where its data is now; a sentence."),
  expires: lastDay(
    maxDaysAhead,
    "gates accept it",
    `is more than ${maxDaysAhead} days ahead; name a day soon after the deployment, and extend it if it is delayed`,
  ),
}));

/** What is meant to be removed, replaced or changed, for a limited time. */
export type AcknowledgedRemoval = z.output<typeof acknowledgedRemoval>;
