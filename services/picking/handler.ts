import { createDocumentClient } from "../../runtime/dynamodb/document-client";
import { readEnvironment, string } from "../../runtime/environment/environment";
import { handledEventsVariables, idempotencyStoreFromEnvironment } from "../../runtime/events/store-from-environment";
import { validate } from "../../runtime/http/validation";
import { loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger";
import { queueConsumer } from "../../runtime/queues/queue-consumer";
import { orderPlaced } from "../shipments/order-placed";
import { PickListsRepository } from "./pick-lists-repository";

const environment = readEnvironment({
  ...loggerVariables,
  ...handledEventsVariables,
  TABLE_NAME: string(),
});

const logger = loggerFromEnvironment(environment);

const client = createDocumentClient({ region: environment.AWS_REGION });

const pickLists = new PickListsRepository(client, environment.TABLE_NAME);

/** The picking service: a pick list for each order that was placed. Bursts of orders wait in its queue. */
export const handler = queueConsumer({
  logger,
  store: idempotencyStoreFromEnvironment(environment, client),
  consumer: environment.SERVICE_NAME,
  parse: (detail) => validate(orderPlaced, detail, { in: "body" }),
  handle: async ({ content: { order }, time, logger: log }) => {
    const written = await pickLists.write(order, time);
    log.info(written ? "pick list written" : "pick list was already written", { order_id: order.orderId });
  },
});
