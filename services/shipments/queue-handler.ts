import { queueConsumer } from "../../runtime/queues/queue-consumer";
import { ship, takingOrders } from "./ship";

/** The shipments service behind a queue: bursts of orders wait there, and it handles so many at a time as it can. */
export const handler = queueConsumer({
  ...takingOrders,
  handle: ({ content: { order }, time, logger }) => ship(order, time, logger),
});
