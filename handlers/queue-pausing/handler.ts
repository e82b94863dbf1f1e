import type { Context } from "aws-lambda";
import { defaultProvider } from "../../runtime/aws/lambda-credentials.js";
import { writePauseMetric } from "../../runtime/breaker/breaker-metric.js";
import { createBreakerStore } from "../../runtime/breaker/dynamodb-store.js";
import { createDocumentClient } from "../../runtime/dynamodb/document-client.js";
import { integer, readEnvironment, string } from "../../runtime/environment/environment.js";
import { boundedHandler } from "../../runtime/invocation/bounded-handler.js";
import { beginInvocation, loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger.js";
import { systemClock } from "../../runtime/resilience/clock.js";
import { parameterStoreSource } from "../../runtime/settings/settings-source.js";
import { dependencyStates } from "./breaker-states.js";
import { lambdaOf } from "./lambda.js";
import { readPausedQueue } from "./paused-queue.js";
import { type Reconciled, reconcile } from "./reconcile.js";

const environment = readEnvironment({
  ...loggerVariables,
  SERVICE_NAME: string().default("queue-pausing"),
  AWS_REGION: string(),
  CIRCUIT_BREAKERS_TABLE_NAME: string(),
  CIRCUIT_BREAKERS_PATH: string().default(""),
  LOOK_EVERY_MS: integer(50, 60_000).default(5_000),
  /** Only outside AWS: where Lambda is, when it is not the region's. */
  AWS_ENDPOINT_URL_LAMBDA: string().default(""),
});
const logger = loggerFromEnvironment(environment);
const { AWS_REGION: region, CIRCUIT_BREAKERS_PATH: path } = environment;
const lambda = lambdaOf({
  region,
  credentials: defaultProvider(),
  endpoint: environment.AWS_ENDPOINT_URL_LAMBDA || undefined,
});
const client = createDocumentClient({ region, maxAttempts: 3, connectionTimeoutMs: 1_000, requestTimeoutMs: 2_000 });
const sources = {
  store: createBreakerStore({ tableName: environment.CIRCUIT_BREAKERS_TABLE_NAME, client, region }),
  switches: path ? parameterStoreSource({ path, region }) : async () => ({}),
  now: Date.now,
};
/** Left for the last look and the answer, in milliseconds. */
const reserveMs = 8_000;

/** Pauses and resumes one queue, as the circuit breakers say; see the README. */
export const handler = boundedHandler({ logger, handle });

async function handle(event: unknown, context: Context): Promise<Reconciled> {
  beginInvocation(logger, context, context.awsRequestId);
  const queue = readPausedQueue(event);
  const remainingMs = context.getRemainingTimeInMillis();
  try {
    const reconciled = await reconcile(queue, {
      lambda,
      states: () => dependencyStates(queue.dependencies, sources),
      clock: systemClock,
      until: Date.now() + remainingMs - Math.min(reserveMs, remainingMs / 2),
      everyMs: environment.LOOK_EVERY_MS,
      onStep(step) {
        const level = step.what === "resumed" ? "info" : "warn";
        logger[level](`queue ${step.what}`, { queue: queue.queueName, ...step });
        if (step.what === "resumed") measure(queue.queueName, false);
      },
    });
    if (reconciled.waitsFor.length > 0) measure(queue.queueName, true);
    return reconciled;
  } catch (error) {
    logger.error("queue was left as it is", error as Error);
    throw error;
  }
}

function measure(queue: string, paused: boolean): void {
  writePauseMetric({ environment: environment.ENVIRONMENT, queue, paused });
}
