import { randomUUID } from "node:crypto";
import { z } from "zod";
import { readEnvironment, string } from "../../runtime/environment/environment";
import { authorize } from "../../runtime/http/authorization";
import { healthRoute } from "../../runtime/http/health";
import { httpApi } from "../../runtime/http/http-api";
import { loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger";

/** The routes of services/quotes with the toolkit's runtime, to compare answers and log lines with. */

const environment = readEnvironment({ ...loggerVariables, AWS_REGION: string() });
const logger = loggerFromEnvironment(environment);
const days = { IE: 1, GB: 3, DE: 3, FR: 3, AT: 4 } as const;
const parcel = z.object({
  country: z.enum(["IE", "GB", "DE", "FR", "AT"]),
  weightGrams: z.int().min(1).max(31_500),
});

export const handler = httpApi({
  logger,
  routes: {
    "GET /health": healthRoute(environment.AWS_REGION),
    "POST /quotes": authorize({ scopes: ["quotes:read"] }, (request) => {
      const { country, weightGrams } = request.body(parcel);
      const quoteId = randomUUID();
      request.logger.info("quote made", { quote_id: quoteId, country });
      return { status: 200, body: { quoteId, country, weightGrams, priceCents: 570, days: days[country] } };
    }),
    "GET /broken": () => {
      throw new Error("broken");
    },
  },
});
