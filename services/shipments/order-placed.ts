import * as z from "zod/mini";

/**
 * What this service reads from `OrderPlaced`. It accepts unknown fields and only checks its own, so that the orders service
 * can add to its events without asking.
 */
export const orderPlaced = z.object({
  order: z.object({
    orderId: z.string().check(z.minLength(1), z.maxLength(100)),
    customerId: z.string().check(z.minLength(1), z.maxLength(100)),
    items: z
      .array(z.object({ sku: z.string().check(z.minLength(1)), quantity: z.int().check(z.gte(1)) }))
      .check(z.minLength(1)),
  }),
});

export type PlacedOrder = z.infer<typeof orderPlaced>["order"];
