import type { Context } from "aws-lambda";
import { defaultProvider } from "../../runtime/aws/lambda-credentials.js";
import { readEnvironment, string } from "../../runtime/environment/environment.js";
import { boundedHandler } from "../../runtime/invocation/bounded-handler.js";
import { beginInvocation, loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger.js";
import { readAlarmChange, readBrakes } from "./brakes.js";
import { type Pulled, pull } from "./pull.js";
import { reservationsOf } from "./reservations.js";

const environment = readEnvironment({
  ...loggerVariables,
  SERVICE_NAME: string().default("spend-brake"),
  AWS_REGION: string(),
  BRAKES: string(),
  /** Only outside AWS: where Lambda is, when it is not the region's. */
  AWS_ENDPOINT_URL_LAMBDA: string().default(""),
});
const logger = loggerFromEnvironment(environment);
const brakes = readBrakes(environment.BRAKES);
const reservations = reservationsOf({
  region: environment.AWS_REGION,
  credentials: defaultProvider(),
  endpoint: environment.AWS_ENDPOINT_URL_LAMBDA || undefined,
});

/** Stops a function whose alarm goes off; see the README. */
export const handler = boundedHandler({ logger, handle });

async function handle(event: unknown, context: Context): Promise<Pulled> {
  beginInvocation(logger, context, context.awsRequestId);
  try {
    const change = readAlarmChange(event);
    const pulled = await pull(change, brakes, reservations);
    const level = pulled.what === "pulled" ? "error" : "info";
    logger[level](`brake: ${pulled.what}`, { ...pulled, reason: change.reason });
    return pulled;
  } catch (error) {
    logger.error("brake was not pulled", error as Error);
    throw error;
  }
}
