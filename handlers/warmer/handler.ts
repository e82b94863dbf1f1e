import type { Context } from "aws-lambda";
import { defaultProvider } from "../../runtime/aws/lambda-credentials.js";
import { readEnvironment, string } from "../../runtime/environment/environment.js";
import { boundedHandler } from "../../runtime/invocation/bounded-handler.js";
import { beginInvocation, loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger.js";
import { writeToStandardOutput } from "../../runtime/observability/metrics.js";
import { invoker } from "./invoke.js";
import { type Round, readEvent, warm } from "./warm.js";

const environment = readEnvironment({
  ...loggerVariables,
  SERVICE_NAME: string().default("warmer"),
  AWS_REGION: string(),
  /** Only outside AWS: where Lambda is, when it is not the region's. */
  AWS_ENDPOINT_URL_LAMBDA: string().default(""),
});
const logger = loggerFromEnvironment(environment);
const invoke = invoker({
  region: environment.AWS_REGION,
  credentials: defaultProvider(),
  endpoint: environment.AWS_ENDPOINT_URL_LAMBDA || undefined,
});

/** Keeps execution environments of one alias there; see the README. */
export const handler = boundedHandler({ logger, handle });

async function handle(event: unknown, context: Context): Promise<Round> {
  beginInvocation(logger, context, context.awsRequestId);
  const round = await warm(readEvent(event), invoke, writeToStandardOutput);
  // Failed calls have an alarm on their metric: one round that failed is no error of this function.
  logger[round.failed > 0 ? "warn" : "info"]("environments warmed", { ...round });
  return round;
}
