import * as z from "zod/mini";
import { type DomainEvent, newEvent } from "../../runtime/events/domain-event";

/** What of a pick list in the table is announced. */
export const pickList = z.object({
  orderId: z.string().check(z.minLength(1), z.maxLength(100)),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int() })),
});

/** Its id is that of the order, so that publishing it again is harmless. */
export const pickListWritten = ({ orderId, lines }: z.infer<typeof pickList>, correlationId: string): DomainEvent =>
  newEvent({
    source: "picking",
    detailType: "PickListWritten",
    detail: { orderId, lines: lines.length },
    correlationId,
    eventId: `pick-list-${orderId}`,
  });
