import { z } from "zod";
import { kebabName, strictObject } from "../modules/core";
import { acknowledgedRemoval, resourceAddress } from "./acknowledged-removal";

const stack = kebabName(80).describe("Stack whose state it is about: prod-data.");
const address = z
  .string()
  .regex(resourceAddress, "is not the address of a resource; copy it from a plan: aws_dynamodb_table.orders_table");

/** A resource that the configuration calls otherwise. @see https://developer.hashicorp.com/terraform/language/modules/develop/refactoring */
const moved = strictObject(() => ({
  stack,
  from: address.describe("Address that the state has it at."),
  to: address.describe("Address that the configuration has it at."),
}));

/** An object of AWS that a state takes in. @see https://developer.hashicorp.com/terraform/language/block/import */
const imported = strictObject(() => ({
  stack,
  to: address.describe("Address that the configuration has it at."),
  id: z
    .string()
    .min(1)
    .max(2048)
    .describe("Id by which the provider imports it; the section Import of the type's page says which one."),
}));

/** What states of an environment rename, let go and take in: `moves/<environment>.json`. */
export const movesFormat = strictObject(() => ({
  moved: z.array(moved).default([]).describe("Resources that have another address."),
  removed: z
    .array(acknowledgedRemoval.extend({ address: address.describe("Address that the state has it at.") }))
    .default([])
    .describe("Resources that leave their state and stay in AWS. Gates accept each as an acknowledged removal."),
  imports: z.array(imported).default([]).describe("Objects that exist, and that a state takes in."),
}));

export type Moves = z.output<typeof movesFormat>;

/** The file of an environment's moves, relative to the project. */
export const movesFileOf = (environment: string): string => `moves/${environment}.json`;
