import { z } from "zod";

const dayMs = 24 * 60 * 60 * 1000;

/** A day from now as `2027-01-31`, in UTC. @param days how many days ahead */
export const dayAhead = (days: number, now = Date.now()): string =>
  new Date(now + days * dayMs).toISOString().slice(0, 10);

/**
 * The last day on which something is accepted.
 * @param by who accepts it: `gates accept it`
 * @param error what is said of a day that is further ahead
 */
export const lastDay = (maxDaysAhead: number, by: string, error: string) =>
  z.iso
    .date("is not a date; write it like 2027-01-31")
    .refine((day) => day <= dayAhead(maxDaysAhead), { error })
    .describe(`Last day on which ${by}, in UTC; at most ${maxDaysAhead} days ahead.`);

/** Why something is accepted, a sentence. */
export const acceptedBecause = z.string().trim().min(15).max(300);

/** An address of Terraform, or of another report. @param error what is said of a pattern */
export const reportedAddress = (error: string) =>
  z
    .string()
    .min(1)
    .max(300)
    .regex(/^[^\s*][^\n*]*$/, error);
