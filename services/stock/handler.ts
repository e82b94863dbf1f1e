import { readEnvironment, string } from "../../runtime/environment/environment";
import { authorize } from "../../runtime/http/authorization";
import { healthRoute } from "../../runtime/http/health";
import { httpApi } from "../../runtime/http/http-api";
import { mysqlFromEnvironment } from "../../runtime/mysql/from-environment";
import { loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger";
import { movementRequest, sku } from "./movement-schema";
import { StockRepository } from "./stock-repository";

// Module scope runs once per execution environment: a missing variable fails the cold start, and connections are kept from one
// request to the next, as long as the database has enough of them.
const environment = readEnvironment({ ...loggerVariables, AWS_REGION: string() });
const logger = loggerFromEnvironment(environment);

const database = mysqlFromEnvironment();
/** A request makes one call, which has to end before the function's timeout of 10 s. */
const limits = { statementTimeoutMs: 2_000, deadlineMs: 8_000 };
const stock = new StockRepository(database.writer(limits), database.reader(limits));

/** The stock service: moves articles into and out of the warehouse, behind an HTTP API. */
export const handler = httpApi({
  logger,
  routes: {
    "GET /health": healthRoute(environment.AWS_REGION),

    "POST /movements": authorize({ scopes: ["stock:write"] }, async (request) => {
      const { movement, replayed } = await stock.move(request.body(movementRequest));
      request.logger.info(replayed ? "movement replayed" : "stock moved", { movement_id: movement.movementId });
      return { status: 201, headers: { "idempotent-replayed": String(replayed) }, body: movement };
    }),

    "GET /items/{sku}": authorize({ scopes: ["stock:read"] }, async (request) => {
      const item = request.path("sku", sku);
      return { status: 200, body: { sku: item, quantity: await stock.level(item) } };
    }),
  },
});
