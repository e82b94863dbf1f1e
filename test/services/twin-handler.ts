import { randomUUID } from "node:crypto";
import { z } from "zod";
import { readEnvironment, string } from "../../runtime/environment/environment";
import { authorize } from "../../runtime/http/authorization";
import { healthRoute } from "../../runtime/http/health";
import { httpApi } from "../../runtime/http/http-api";
import { loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger";

/** The routes of services in other languages with the toolkit's runtime, to compare answers and log lines with. */

const environment = readEnvironment({ ...loggerVariables, AWS_REGION: string() });
const logger = loggerFromEnvironment(environment);
const days = { IE: 1, GB: 3, DE: 3, FR: 3, AT: 4 } as const;
const parcel = z.object({
  country: z.enum(["IE", "GB", "DE", "FR", "AT"]),
  weightGrams: z.int().min(1).max(31_500),
});

const serial = z.string().regex(/^\d{17}$/, "Invalid input: expected 17 digits");

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
    "GET /labels/{serial}": authorize({ scopes: ["labels:read"] }, (request) => {
      const given = request.path("serial", serial);
      const sum = [...given].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
      request.logger.info("label made");
      return { status: 200, body: { serial: given, sscc: `${given}${(10 - (sum % 10)) % 10}` } };
    }),
    "GET /broken": () => {
      throw new Error("broken");
    },
  },
});
