import * as z from "zod/mini";

const currencies = new Set(Intl.supportedValuesOf("currency"));

/** An account, by the id that the account system gave it. */
export const accountId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, "Invalid input: expected 1 to 64 letters, digits, - or _"));

/** The body of `POST /entries`; the amount is in whole minor units (cents), so that nothing is ever rounded. */
export const entryRequest = z.strictObject({
  entryId: z
    .string()
    .check(
      z.regex(
        /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
        "Invalid input: expected a UUID in lower case, the same on every retry",
      ),
    ),
  accountId,
  amountMinor: z.int().check(
    z.gte(-1_000_000_000_000),
    z.lte(1_000_000_000_000),
    z.refine((amount) => amount !== 0, "Invalid input: expected an amount other than 0"),
  ),
  currency: z
    .string()
    .check(
      z.refine((code) => currencies.has(code), "Invalid input: expected an ISO 4217 code in capitals, such as EUR"),
    ),
  description: z._default(z.string().check(z.maxLength(200)), ""),
});

/** The query parameter `limit`: 1 to 100 entries on a page, 20 by default. */
export const pageSize = z._default(
  z.pipe(
    z.pipe(
      z.string().check(z.regex(/^\d{1,3}$/, "Invalid input: expected a whole number from 1 to 100")),
      z.transform(Number),
    ),
    z.number().check(z.gte(1), z.lte(100)),
  ),
  20,
);

// The version comes first, so that a later form can be told from this one while clients still hold old cursors.
const cursorForm = /^1\|([1-9]\d{0,18})$/;

/** A place in an account's list as opaque text; the same in every region, so that paging works after a failover. */
export const encodeCursor = (position: string): string => Buffer.from(`1|${position}`).toString("base64url");

/** The query parameter `cursor`, decoded to the position after which the page starts; absent on the first page. */
export const cursor = z.optional(
  z.pipe(
    z.string().check(z.maxLength(100)),
    z.transform((text, { issues }): string => {
      const [, position] = cursorForm.exec(Buffer.from(text, "base64url").toString()) ?? [];
      if (position !== undefined && BigInt(position) < 2n ** 63n) return position;
      issues.push({
        code: "custom",
        input: text,
        message:
          "Invalid input: expected the nextCursor of an earlier page; leave it out to start with the newest entry",
      });
      return z.NEVER;
    }),
  ),
);

export type EntryRequest = z.infer<typeof entryRequest>;

/** An entry as it is stored and returned; it never changes. */
export interface Entry extends EntryRequest {
  /** When it was first booked: UTC, ISO 8601 with milliseconds. */
  readonly bookedAt: string;
}
