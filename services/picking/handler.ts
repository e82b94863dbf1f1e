import { dependency, undeclaredDependency } from "../../runtime/breaker/dependency";
import { breakerVariables, dependencyFromEnvironment } from "../../runtime/breaker/from-environment";
import { pauseWhileOpen } from "../../runtime/breaker/pause";
import { createDocumentClient } from "../../runtime/dynamodb/document-client";
import { readEnvironment, string } from "../../runtime/environment/environment";
import { handledEventsVariables, idempotencyStoreFromEnvironment } from "../../runtime/events/store-from-environment";
import { validate } from "../../runtime/http/validation";
import { loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger";
import { queueConsumer } from "../../runtime/queues/queue-consumer";
import { orderPlaced } from "../shipments/order-placed";
import { PickListsRepository } from "./pick-lists-repository";
import { Warehouse, WarehouseRefusedError } from "./warehouse";

const environment = readEnvironment({
  ...loggerVariables,
  ...handledEventsVariables,
  ...breakerVariables,
  WAREHOUSE_URL: string().default(""),
  DEPENDENCY_WAREHOUSE: dependency("warehouse").default(undeclaredDependency("warehouse")),
  TABLE_NAME: string(),
});

const logger = loggerFromEnvironment(environment);

const client = createDocumentClient({ region: environment.AWS_REGION });

const pickLists = new PickListsRepository(client, environment.TABLE_NAME);

/** Undefined in an environment without a warehouse, where lists are only written. */
const warehouse = environment.WAREHOUSE_URL
  ? new Warehouse(
      dependencyFromEnvironment(environment, environment.DEPENDENCY_WAREHOUSE, {
        logger,
        isFailure: (error) => !(error instanceof WarehouseRefusedError),
      }),
      environment.WAREHOUSE_URL,
    )
  : undefined;

/**
 * The picking service: a pick list for each order that was placed, handed over to the warehouse. Bursts of orders wait in its queue, and all of them while the
 * warehouse is failing.
 */
export const handler = queueConsumer({
  logger,
  store: idempotencyStoreFromEnvironment(environment, client),
  consumer: environment.SERVICE_NAME,
  pause:
    warehouse &&
    pauseWhileOpen({
      warehouse: { breakers: warehouse.breakers, probe: (endpoint) => warehouse.isWorking(endpoint) },
    }),
  parse: (detail) => validate(orderPlaced, detail, { in: "body" }),
  handle: async ({ content: { order }, time, logger: log }) => {
    const written = await pickLists.write(order, time);
    // Also where it was written before: whoever did that may have died, or found the warehouse down.
    await warehouse?.hand(order);
    log.info(written ? "pick list written" : "pick list was already written", { order_id: order.orderId });
  },
});
