import { UnavailableError } from "../../runtime/errors/service-errors";
import { newEvent } from "../../runtime/events/domain-event";
import type { Publisher } from "../../runtime/events/publisher";
import type { Order } from "./order-schema";

/**
 * Announces an order on the bus. The event's id is the order's, so announcing it again is harmless: a client that saw an error
 * repeats its request with the same idempotency key, and the event is published then, if it was not before.
 */
export async function publishOrderPlaced(publisher: Publisher, order: Order, correlationId: string): Promise<void> {
  // Consumers have no key, and what is encrypted in the table must not be published in clear.
  const { note: _note, ...announced } = order;
  const placed = newEvent({
    source: "orders",
    detailType: "OrderPlaced",
    detail: { order: announced },
    correlationId,
    eventId: order.orderId,
  });
  const { failed } = await publisher.publish([placed]);
  if (failed.length > 0)
    throw new UnavailableError("The order is stored, but its event could not be published; try again.");
}
