import { onDemand } from "../../runtime/aws/on-demand";
import { faultsFromEnvironment } from "../../runtime/chaos/faults";
import { encryptionFromEnvironment } from "../../runtime/encryption/from-environment";
import { integer, readEnvironment, string } from "../../runtime/environment/environment";
import { NotFoundError } from "../../runtime/errors/service-errors";
import { createPublisher } from "../../runtime/events/publisher";
import { authorize, ownershipFromEnvironment, ownershipVariables } from "../../runtime/http/authorization";
import { healthRoute } from "../../runtime/http/health";
import { httpApi } from "../../runtime/http/http-api";
import { businessMetricsFromEnvironment } from "../../runtime/observability/business-metrics";
import { loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger";
import { Settings } from "../../runtime/settings/settings";
import { parameterStoreSource } from "../../runtime/settings/settings-source";
import { cursor, encodeCursor } from "./cursor";
import { publishOrderPlaced } from "./order-events";
import { OrderNotes } from "./order-notes";
import { customerId, idempotencyKey, orderId, orderRequest, pageSize } from "./order-schema";

// Module scope runs once per execution environment: a missing variable fails the cold start, and what is loaded on demand is
// kept from one request to the next, connections included.
const environment = readEnvironment({
  ...loggerVariables,
  ...ownershipVariables,
  AWS_REGION: string(),
  EVENT_BUS_NAME: string().default(""),
  EVENT_ENDPOINT_ID: string().default(""),
  SETTINGS_PATH: string().default(""),
  TABLE_NAME: string(),
});

const logger = loggerFromEnvironment(environment);

/** A customer is who the token says, or whom a support desk acts for; nobody else sees or places orders of a customer. */
const requireCustomer = ownershipFromEnvironment(environment);

const reading = { scopes: ["orders:read"] };
const placing = { scopes: ["orders:write"] };

/** Nothing, but where the environment opted in to faults. */
const faults = faultsFromEnvironment({
  onInjected: ({ at, kind }) => logger.warn("fault injected", { at, kind }),
  onProblem: (error) => logger.warn("faults stay off", error),
});

/** What the business is run by; the storefront, which only reads, has none. */
const metrics = businessMetricsFromEnvironment({ names: ["OrdersPlaced", "OrderValue"] });

const notes = new OrderNotes(encryptionFromEnvironment());

/** On demand, as in production a request has the same processor as a cold start, and health checks need no DynamoDB. */
const orders = onDemand(async () =>
  (await import("./open-orders.js")).openOrders(environment.AWS_REGION, environment.TABLE_NAME, notes, faults),
);

/** Settings that can be changed without a deployment; the defaults apply if the service is deployed without settings. */
const settings = new Settings({
  source: environment.SETTINGS_PATH
    ? parameterStoreSource({ path: environment.SETTINGS_PATH, region: environment.AWS_REGION })
    : undefined,
  settings: { "page-size": integer(1, 100).default(20) },
  onProblem: (error) => logger.warn("settings stay as they were", error),
});

/** Undefined if the service is deployed without a bus, for example only for reading. */
const publisher = environment.EVENT_BUS_NAME
  ? faults.methods(
      "events",
      createPublisher({
        client: { region: environment.AWS_REGION },
        eventBusName: environment.EVENT_BUS_NAME,
        // If events are replicated, the endpoint sends them to the bus of a healthy region.
        endpointId: environment.EVENT_ENDPOINT_ID || undefined,
      }),
      "publish",
    )
  : undefined;

/** The orders service: creates, reads and lists orders behind an HTTP API. */
export const handler = faults.handler(
  httpApi({
    logger,
    routes: {
      "GET /health": healthRoute(environment.AWS_REGION),

      "POST /orders": authorize(placing, async (request) => {
        const key = request.header("idempotency-key", idempotencyKey);
        const body = request.body(orderRequest);
        requireCustomer(request, body.customerId);
        const { order, replayed } = await (await orders()).create(body, key);
        if (publisher) await publishOrderPlaced(publisher, order, request.correlationId);
        if (!replayed) {
          await metrics.record("OrdersPlaced");
          await metrics.record("OrderValue", order.totalMinor, { Currency: order.currency });
        }
        request.logger.info(replayed ? "order replayed" : "order placed", { order_id: order.orderId });
        return {
          status: 201,
          headers: { location: `/orders/${order.orderId}`, "idempotent-replayed": String(replayed) },
          body: order,
        };
      }),

      "GET /orders/{orderId}": authorize(reading, async (request) => {
        const order = await (await orders()).find(request.path("orderId", orderId));
        if (order === undefined) {
          throw new NotFoundError("There is no order with this id.");
        }
        requireCustomer(request, order.customerId);
        return { status: 200, body: order };
      }),

      "GET /customers/{customerId}/orders": authorize(reading, async (request) => {
        const customer = request.path("customerId", customerId);
        requireCustomer(request, customer);
        const { orders: page, next } = await (await orders()).list(
          customer,
          request.query("limit", pageSize(await settings.get("page-size"))),
          request.query("cursor", cursor),
        );
        return { status: 200, body: { orders: page, nextCursor: next && encodeCursor(next) } };
      }),
    },
  }),
);
