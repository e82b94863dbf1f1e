import { KMSClient } from "@aws-sdk/client-kms";
import type { Context } from "aws-lambda";
import { clientLimits } from "../../runtime/aws/client-limits.js";
import { endWithInvocation } from "../../runtime/aws/end-with-invocation.js";
import { integer, readEnvironment, string } from "../../runtime/environment/environment.js";
import { boundedHandler } from "../../runtime/invocation/bounded-handler.js";
import { beginInvocation, loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger.js";
import { writeToStandardOutput } from "../../runtime/observability/metrics.js";
import { type CheckEvent, check, type RotateEvent, type RotationAnswer, rotate } from "./rotation.js";
import { KeyRotationError } from "./rotation-error.js";
import { readKeys } from "./watched-keys.js";

const environment = readEnvironment({
  ...loggerVariables,
  SERVICE_NAME: string().default("key-rotation"),
  AWS_REGION: string(),
  KEYS: string(),
  PAUSE_MINUTES: integer(1, 44_640).default(60),
});
const logger = loggerFromEnvironment(environment);
const options = {
  client: endWithInvocation(
    new KMSClient({
      region: environment.AWS_REGION,
      ...clientLimits({ maxAttempts: 3, connectionTimeoutMs: 1_000, requestTimeoutMs: 3_000 }),
    }),
  ),
  keys: readKeys(environment.KEYS),
  pauseMs: environment.PAUSE_MINUTES * 60_000,
  writeMetric: writeToStandardOutput,
};

/** Rotates a KMS key on demand, or reports how long ago each was rotated; see the README. */
export const handler = boundedHandler({ logger, handle });

async function handle(
  event: RotateEvent | CheckEvent,
  context: Context,
): Promise<RotationAnswer | { readonly checked: number }> {
  beginInvocation(logger, context, context.awsRequestId);
  logger.appendKeys({ action: event.action });
  try {
    if (event.action === "rotate") {
      const answer = await rotate(event, options);
      // The log is evidence too: who invoked the function is in CloudTrail, under this request's id.
      logger.info("rotation asked for", { ...answer });
      return answer;
    }
    if (event.action === "check") {
      await check(options);
      logger.info("rotation checked", { keys: options.keys.map(({ name }) => name) });
      return { checked: options.keys.length };
    }
    throw new KeyRotationError("the event has no known action", 'send {"action": "rotate"} or {"action": "check"}');
  } catch (error) {
    logger.error("key rotation failed", error as Error);
    throw error;
  }
}
