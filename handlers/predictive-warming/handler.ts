import { ApplicationAutoScalingClient } from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import type { Context } from "aws-lambda";
import { clientLimits } from "../../runtime/aws/client-limits.js";
import { endWithInvocation } from "../../runtime/aws/end-with-invocation.js";
import { integer, readEnvironment, string } from "../../runtime/environment/environment.js";
import { boundedHandler } from "../../runtime/invocation/bounded-handler.js";
import { beginInvocation, loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger.js";
import { writeToStandardOutput } from "../../runtime/observability/metrics.js";
import { readAliases } from "./forecast-aliases.js";
import { type WarmedAlias, warm } from "./warming.js";

const environment = readEnvironment({
  ...loggerVariables,
  SERVICE_NAME: string().default("predictive-warming"),
  AWS_REGION: string(),
  ALIASES: string(),
  HISTORY_DAYS: integer(7, 63).default(28),
  MIN_DAYS: integer(7, 63).default(14),
  LEAD_MINUTES: integer(1, 30).default(5),
  MOST_TOGETHER: integer(1, 1_000_000),
  SERVING_REGION: string().default(""),
});
const logger = loggerFromEnvironment(environment);
const { AWS_REGION: region, SERVING_REGION: servingRegion } = environment;
const limits = { maxAttempts: 5, connectionTimeoutMs: 1_000, requestTimeoutMs: 10_000 };
const options = {
  metrics: endWithInvocation(new CloudWatchClient({ region, ...clientLimits(limits) })),
  scaling: endWithInvocation(new ApplicationAutoScalingClient({ region, ...clientLimits(limits) })),
  serving:
    servingRegion === ""
      ? undefined
      : {
          region: servingRegion,
          metrics: endWithInvocation(new CloudWatchClient({ region: servingRegion, ...clientLimits(limits) })),
        },
  aliases: readAliases(environment.ALIASES),
  historyDays: environment.HISTORY_DAYS,
  minDays: environment.MIN_DAYS,
  leadMinutes: environment.LEAD_MINUTES,
  mostTogether: environment.MOST_TOGETHER,
  writeMetric: writeToStandardOutput,
};

/** Forecasts the next day of each alias and writes its scheduled actions; see the README. */
export const handler = boundedHandler({ logger, handle });

async function handle(_event: unknown, context: Context): Promise<readonly WarmedAlias[]> {
  beginInvocation(logger, context, context.awsRequestId);
  try {
    const warmed = await warm(options);
    for (const alias of warmed) logger.info("warming scheduled", { ...alias });
    return warmed;
  } catch (error) {
    logger.error("predictive warming failed", error as Error);
    throw error;
  }
}
