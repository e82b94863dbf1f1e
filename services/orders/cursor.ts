import * as z from "zod/mini";

/** A place in a customer's list: the order after which the next page starts. */
export interface Position {
  readonly createdAt: string;
  readonly orderId: string;
}

// The version comes first, so that a later form can be told from this one while clients still hold old cursors.
const cursorForm = /^1\|(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\|(ord_[0-9a-f]{32})$/;

/** A position as opaque text; the same in every Region, so that paging works after a failover. */
export const encodeCursor = ({ createdAt, orderId }: Position): string =>
  Buffer.from(`1|${createdAt}|${orderId}`).toString("base64url");

/**
 * The query parameter `cursor`, decoded; absent on the first page. It needs no signature: the customer is not part of it
 * but comes from the path, so a forged cursor can only start elsewhere in the list that its bearer may read anyway.
 */
export const cursor = z.optional(
  z.pipe(
    z.string().check(z.maxLength(200)),
    z.transform((text, { issues }): Position => {
      const [, createdAt, orderId] = cursorForm.exec(Buffer.from(text, "base64url").toString()) ?? [];
      if (createdAt === undefined || orderId === undefined) {
        issues.push({
          code: "custom",
          input: text,
          message:
            "Invalid input: expected the nextCursor of an earlier page; leave it out to start with the newest order",
        });
        return z.NEVER;
      }
      return { createdAt, orderId };
    }),
  ),
);
