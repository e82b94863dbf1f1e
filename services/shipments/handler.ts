import { dependency, undeclaredDependency } from "../../runtime/breaker/dependency";
import { breakerVariables, dependencyFromEnvironment } from "../../runtime/breaker/from-environment";
import { faultsFromEnvironment } from "../../runtime/chaos/faults";
import { createDocumentClient } from "../../runtime/dynamodb/document-client";
import { readEnvironment, string } from "../../runtime/environment/environment";
import { eventConsumer } from "../../runtime/events/consumer";
import { handledEventsVariables, idempotencyStoreFromEnvironment } from "../../runtime/events/store-from-environment";
import { validate } from "../../runtime/http/validation";
import { carryingFetch } from "../../runtime/observability/carrying-fetch";
import { loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger";
import { Carrier, CarrierRefusedError } from "./carrier";
import { orderPlaced } from "./order-placed";
import { ShipmentsRepository } from "./shipments-repository";

// Module scope runs once per execution environment: a missing variable fails the cold start, and the client's connections
// are kept from one event to the next.
const environment = readEnvironment({
  ...loggerVariables,
  ...handledEventsVariables,
  ...breakerVariables,
  CARRIER_URL: string().default(""),
  DEPENDENCY_CARRIER: dependency("carrier").default(undeclaredDependency("carrier")),
  TABLE_NAME: string(),
});

const logger = loggerFromEnvironment(environment);

/** Nothing, but where the environment opted in to faults. */
const faults = faultsFromEnvironment({
  onInjected: ({ at, kind }) => logger.warn("fault injected", { at, kind }),
  onProblem: (error) => logger.warn("faults stay off", error),
});

const client = faults.awsClient("dynamodb", createDocumentClient({ region: environment.AWS_REGION }));

const shipments = new ShipmentsRepository(client, environment.TABLE_NAME);

/** Undefined in an environment without a carrier, where shipments are only recorded. */
const carrier = environment.CARRIER_URL
  ? new Carrier(
      dependencyFromEnvironment(environment, environment.DEPENDENCY_CARRIER, {
        logger,
        isFailure: (error) => !(error instanceof CarrierRefusedError),
      }),
      environment.CARRIER_URL,
      carryingFetch(faults.fetch("carrier")),
    )
  : undefined;

/** The shipments service: for each order that was placed, one shipment is requested and announced to the carrier, in whichever region is first. */
export const handler = faults.handler(
  eventConsumer({
    logger,
    store: idempotencyStoreFromEnvironment(environment, client),
    consumer: environment.SERVICE_NAME,
    parse: (detail) => validate(orderPlaced, detail, { in: "body" }),
    handle: async ({ detail: { order }, time, logger: log }) => {
      const requested = await shipments.request(order, time);
      // Also where it was requested before: whoever did that may have died, or found the carrier down.
      await carrier?.announce(order);
      log.info(requested ? "shipment requested" : "shipment was already requested", { order_id: order.orderId });
    },
  }),
);
