import { createDocumentClient } from "../../runtime/dynamodb/document-client";
import { readEnvironment, string } from "../../runtime/environment/environment";
import { createIdempotencyStore } from "../../runtime/events/idempotency-store";
import { validate } from "../../runtime/http/validation";
import { loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger";
import { queueConsumer } from "../../runtime/queues/queue-consumer";
import { orderPlaced } from "../shipments/order-placed";
import { PickListsRepository } from "./pick-lists-repository";

const environment = readEnvironment({
  ...loggerVariables,
  AWS_REGION: string(),
  HANDLED_EVENTS_TABLE_NAME: string(),
  HOME_REGION: string(),
  TABLE_NAME: string(),
});

const logger = loggerFromEnvironment(environment);

const client = createDocumentClient({ region: environment.AWS_REGION });

const pickLists = new PickListsRepository(client, environment.TABLE_NAME);

const store = createIdempotencyStore({
  tableName: environment.HANDLED_EVENTS_TABLE_NAME,
  client,
  // The queue of the other region gets the event as well. Both ask the same replica, so that only one of them handles it.
  authority:
    environment.HOME_REGION === environment.AWS_REGION
      ? undefined
      : createDocumentClient({ region: environment.HOME_REGION }),
});

/** The picking service: a pick list for each order that was placed. Bursts of orders wait in its queue. */
export const handler = queueConsumer({
  logger,
  store,
  consumer: environment.SERVICE_NAME,
  parse: (detail) => validate(orderPlaced, detail, { in: "body" }),
  handle: async ({ content: { order }, time, logger: log }) => {
    const written = await pickLists.write(order, time);
    log.info(written ? "pick list written" : "pick list was already written", { order_id: order.orderId });
  },
});
