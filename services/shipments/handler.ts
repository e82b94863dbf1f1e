import { eventConsumer } from "../../runtime/events/consumer";
import { ship, takingOrders } from "./ship";

/** The shipments service: for each order that was placed, one shipment is requested and announced to the carrier, in whichever region is first. */
export const handler = eventConsumer({
  ...takingOrders,
  handle: ({ detail: { order }, time, logger }) => ship(order, time, logger),
});
