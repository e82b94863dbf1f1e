import { dependency, undeclaredDependency } from "../../runtime/breaker/dependency";
import { breakerVariables, dependencyFromEnvironment } from "../../runtime/breaker/from-environment";
import { pauseWhileOpen } from "../../runtime/breaker/pause";
import { faultsFromEnvironment } from "../../runtime/chaos/faults";
import { createDocumentClient } from "../../runtime/dynamodb/document-client";
import { readEnvironment, string } from "../../runtime/environment/environment";
import { createPublisher } from "../../runtime/events/publisher";
import { handledEventsVariables, idempotencyStoreFromEnvironment } from "../../runtime/events/store-from-environment";
import { validate } from "../../runtime/http/validation";
import { bySource } from "../../runtime/invocation/by-source";
import { loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger";
import { queueConsumer } from "../../runtime/queues/queue-consumer";
import { scheduledTask } from "../../runtime/schedules/scheduled-task";
import { streamConsumer } from "../../runtime/streams/stream-consumer";
import { orderPlaced } from "../shipments/order-placed";
import { pickList, pickListWritten } from "./pick-list-events";
import { PickListsRepository } from "./pick-lists-repository";
import { Warehouse, WarehouseRefusedError } from "./warehouse";

const environment = readEnvironment({
  ...loggerVariables,
  ...handledEventsVariables,
  // Without a bus in the region its stream fails, and the queue goes on.
  EVENT_BUS_NAME: string().default(""),
  EVENT_ENDPOINT_ID: string().default(""),
  ...breakerVariables,
  WAREHOUSE_URL: string().default(""),
  DEPENDENCY_WAREHOUSE: dependency("warehouse").default(undeclaredDependency("warehouse")),
  TABLE_NAME: string(),
});

const logger = loggerFromEnvironment(environment);

/** Nothing, but where the environment opted in to faults. */
const faults = faultsFromEnvironment({
  onInjected: ({ at, kind }) => logger.warn("fault injected", { at, kind }),
  onProblem: (error) => logger.warn("faults stay off", error),
});

const client = faults.awsClient("dynamodb", createDocumentClient({ region: environment.AWS_REGION }));

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

const publisher = createPublisher({
  client: { region: environment.AWS_REGION },
  eventBusName: environment.EVENT_BUS_NAME,
  endpointId: environment.EVENT_ENDPOINT_ID || undefined,
});

/** What all of them remember in one table, which every region asks. */
const once = {
  logger,
  store: idempotencyStoreFromEnvironment(environment, client),
  consumer: environment.SERVICE_NAME,
};

/**
 * A pick list for each order that was placed, handed over to the warehouse. Bursts of orders wait in its queue, and all of them while the
 * warehouse is failing.
 */
const queue = queueConsumer({
  ...once,
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

/** An event for each pick list that is in the table: what was not written is not announced, and nothing that was is forgotten. */
const stream = streamConsumer({
  ...once,
  version: "version",
  parse: (item) => validate(pickList, item, { in: "body" }),
  handle: async ({ item, correlationId }) => {
    await publisher.publishAll([pickListWritten(item, correlationId)]);
  },
});

/** The round of a working day, which the pickers begin with. */
const schedule = scheduledTask({
  ...once,
  tasks: {
    "morning-round": async ({ scheduledTime, logger: log }) => {
      const day = scheduledTime.toISOString().slice(0, 10);
      log.info((await pickLists.openRound(day)) ? "round opened" : "round was already open", { day });
    },
  },
});

/** The picking service: pick lists from a queue, their events from the stream of the table, and a round on a schedule. */
export const handler = faults.handler(bySource({ queue, stream, schedule }));
