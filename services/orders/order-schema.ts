import * as z from "zod/mini";

const currencies = new Set(Intl.supportedValuesOf("currency"));

/** A customer, by the id that the customer system gave it. */
export const customerId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, "Invalid input: expected 1 to 64 letters, digits, - or _"));

/** An order's id: `ord_` and 32 hexadecimal digits. */
export const orderId = z
  .string()
  .check(z.regex(/^ord_[0-9a-f]{32}$/, "Invalid input: expected ord_ and 32 hexadecimal digits"));

/** One line of an order; prices are whole minor units of the order's currency (cents), so that no amount is ever rounded. */
export const orderItem = z.strictObject({
  sku: z.string().check(z.regex(/^[A-Za-z0-9._-]{1,64}$/, "Invalid input: expected 1 to 64 letters, digits, . _ or -")),
  quantity: z.int().check(z.gte(1), z.lte(999)),
  unitPriceMinor: z.int().check(z.gte(0), z.lte(100_000_000)),
});

/** The body of `POST /orders`. Its bounds keep the total below 2^53 and the stored item far below DynamoDB's 400 KB. */
export const orderRequest = z.strictObject({
  customerId,
  currency: z
    .string()
    .check(
      z.refine((code) => currencies.has(code), "Invalid input: expected an ISO 4217 code in capitals, such as EUR"),
    ),
  items: z.array(orderItem).check(z.minLength(1), z.maxLength(100)),
  /** The customer's note about the delivery; stored encrypted, and only shown to the customer. */
  note: z.optional(z.string().check(z.minLength(1), z.maxLength(500))),
});

/** The header `Idempotency-Key`: chosen by the client, one per order it means to place, the same on every retry of it. */
export const idempotencyKey = z
  .string()
  .check(
    z.regex(/^[A-Za-z0-9._-]{16,128}$/, "Invalid input: expected 16 to 128 letters, digits, . _ or -, such as a UUID"),
  );

const givenPageSize = z.pipe(
  z.pipe(
    z.string().check(z.regex(/^\d{1,3}$/, "Invalid input: expected a whole number from 1 to 100")),
    z.transform(Number),
  ),
  z.number().check(z.gte(1), z.lte(100)),
);

/** The query parameter `limit`: 1 to 100 orders on a page; the default is a setting of the service. */
export const pageSize = (standard: number) => z._default(givenPageSize, standard);

export type OrderRequest = z.infer<typeof orderRequest>;

/** An order as it is stored and answered; it is written once and never changed. */
export interface Order extends OrderRequest {
  readonly orderId: string;
  readonly status: "PLACED";
  /** Sum of quantity times unit price, in minor units of `currency`. */
  readonly totalMinor: number;
  /** When the order was first asked for: UTC, ISO 8601 with milliseconds. */
  readonly createdAt: string;
}

/** The order that a request asks for. */
export function placeOrder(id: string, request: OrderRequest, createdAt: string): Order {
  const totalMinor = request.items.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0);
  return { orderId: id, ...request, status: "PLACED", totalMinor, createdAt };
}
