import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Context } from "aws-lambda";
import { clientLimits } from "../../runtime/aws/client-limits.js";
import { endWithInvocation } from "../../runtime/aws/end-with-invocation.js";
import { integer, oneOf, readEnvironment, string } from "../../runtime/environment/environment.js";
import { boundedHandler } from "../../runtime/invocation/bounded-handler.js";
import { beginInvocation, loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger.js";
import { writeToStandardOutput } from "../../runtime/observability/metrics.js";
import { CanaryShare } from "../../runtime/secrets/canary-share.js";
import { type AgeEvent, type RotationEvent, runStep } from "./rotation.js";
import { RotationCanary } from "./rotation-canary.js";
import { databaseUsers } from "./users-of-engine.js";

const environment = readEnvironment({
  ...loggerVariables,
  SERVICE_NAME: string().default("secret-rotation"),
  AWS_REGION: string(),
  ADMINISTRATOR_SECRET_ID: string(),
  DATABASE_ENGINE: oneOf("aurora-postgresql", "aurora-mysql").default("aurora-postgresql"),
  DATABASE_HOST: string(),
  DATABASE_PORT: integer(1, 65_535).default(5432),
  DATABASE_NAME: string(),
  DATABASE_USERNAME: string(),
  DATABASE_ROLE: string(),
  CANARY_SHARE_PARAMETER: string().default(""),
  CANARY_REGIONS: string().default(""),
  CANARY_STEP_PERCENT: integer(1, 99).default(10),
});
const logger = loggerFromEnvironment(environment);
const client = endWithInvocation(
  new SecretsManagerClient({
    region: environment.AWS_REGION,
    ...clientLimits({ maxAttempts: 3, connectionTimeoutMs: 1_000, requestTimeoutMs: 3_000 }),
  }),
);
const users = databaseUsers(environment.DATABASE_ENGINE, environment.DATABASE_ROLE, {
  host: environment.DATABASE_HOST,
  port: environment.DATABASE_PORT,
  database: environment.DATABASE_NAME,
});
const { CANARY_SHARE_PARAMETER: shareParameter, CANARY_REGIONS: canaryRegions } = environment;
const canary = shareParameter
  ? new RotationCanary(
      new Map(
        (canaryRegions || environment.AWS_REGION)
          .split(",")
          .map((region) => [region, new CanaryShare({ region }, shareParameter)]),
      ),
      environment.CANARY_STEP_PERCENT,
    )
  : undefined;

/** Rotates the login of one database between two users; see the README for what it needs. */
export const handler = boundedHandler({ logger, handle });

async function handle(event: RotationEvent | AgeEvent, context: Context): Promise<void> {
  beginInvocation(logger, context, context.awsRequestId);
  logger.appendKeys({ rotation_step: event.Step, secret_arn: event.SecretId });
  try {
    await runStep(event, {
      client,
      users,
      username: environment.DATABASE_USERNAME,
      administratorSecretId: environment.ADMINISTRATOR_SECRET_ID,
      writeMetric: writeToStandardOutput,
      canary,
    });
    logger.info("rotation step completed");
  } catch (error) {
    // Only errors of this handler's own making get here: they hold no value and no message of the database.
    logger.error("rotation step failed", error as Error);
    throw error;
  }
}
