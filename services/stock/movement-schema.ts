import * as z from "zod/mini";

/** An article, by the number that the warehouse gave it. */
export const sku = z
  .string()
  .check(z.regex(/^[A-Z0-9-]{1,40}$/, "Invalid input: expected 1 to 40 capital letters, digits or -"));

/** The body of `POST /movements`. */
export const movementRequest = z.strictObject({
  movementId: z
    .string()
    .check(
      z.regex(
        /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        "Invalid input: expected a UUID in lower case, the same on every retry",
      ),
    ),
  sku,
  quantity: z.int().check(
    z.gte(-1_000_000),
    z.lte(1_000_000),
    z.refine((quantity) => quantity !== 0, "Invalid input: expected a quantity other than 0"),
  ),
});

export type MovementRequest = z.infer<typeof movementRequest>;

/** A movement as it is stored and returned; it never changes. */
export interface Movement extends MovementRequest {
  /** What was in stock after it. */
  readonly levelAfter: number;
  /** When it was first made: UTC, ISO 8601 with milliseconds. */
  readonly movedAt: string;
}
