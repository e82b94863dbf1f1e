import { z } from "zod/mini";
import { createDocumentClient } from "../../runtime/dynamodb/document-client";
import { readEnvironment, string } from "../../runtime/environment/environment";
import { NotFoundError } from "../../runtime/errors/service-errors";
import { healthRoute } from "../../runtime/http/health";
import { httpApi } from "../../runtime/http/http-api";
import { loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger";
import { TrackingRepository } from "./tracking-repository";

const environment = readEnvironment({ ...loggerVariables, AWS_REGION: string(), TABLE_NAME: string() });

const logger = loggerFromEnvironment(environment);

const shipments = new TrackingRepository(
  createDocumentClient({ region: environment.AWS_REGION }),
  environment.TABLE_NAME,
);

const orderId = z.string().check(z.regex(/^[A-Za-z0-9_-]{8,64}$/));

/** The tracking service: says where a shipment is. It is served in a container, and would run in a function as it stands. */
export const handler = httpApi({
  logger,
  routes: {
    "GET /health": healthRoute(environment.AWS_REGION),

    "GET /shipments/{orderId}": async (request) => {
      const found = await shipments.find(request.path("orderId", orderId));
      if (!found) throw new NotFoundError("There is no shipment of such an order.");
      return { status: 200, body: found };
    },
  },
});
