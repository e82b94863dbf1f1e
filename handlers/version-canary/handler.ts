import type { Context } from "aws-lambda";
import { defaultProvider } from "../../runtime/aws/lambda-credentials.js";
import { integer, readEnvironment, string } from "../../runtime/environment/environment.js";
import { boundedHandler } from "../../runtime/invocation/bounded-handler.js";
import { beginInvocation, loggerFromEnvironment, loggerVariables } from "../../runtime/observability/logger.js";
import { CanaryShare } from "../../runtime/secrets/canary-share.js";
import { createSsmClient } from "../../runtime/settings/ssm-client.js";
import { alarmState } from "./alarm-state.js";
import { type AdvanceEvent, type AlarmEvent, move, type Outcome } from "./canary.js";

const environment = readEnvironment({
  ...loggerVariables,
  SERVICE_NAME: string().default("version-canary"),
  AWS_REGION: string(),
  ALARM_NAME: string(),
  BAKE_MINUTES: integer(1, 10_080),
  SHARE_PARAMETER: string(),
  /** Only outside AWS: where CloudWatch is, when it is not the region's. */
  AWS_ENDPOINT_URL_CLOUDWATCH: string().default(""),
});
const logger = loggerFromEnvironment(environment);
const { ALARM_NAME: alarmName, AWS_REGION: region, SHARE_PARAMETER: shareParameter } = environment;
const share = new CanaryShare(createSsmClient(region), shareParameter);
const credentials = defaultProvider();

/** Moves the share of a canary when its alarm goes off and when its bake time is over; see the README. */
export const handler = boundedHandler({ logger, handle });

async function handle(event: AlarmEvent | AdvanceEvent, context: Context): Promise<Outcome> {
  beginInvocation(logger, context, context.awsRequestId);
  logger.appendKeys({ share_parameter: shareParameter });
  const outcome = await move(event, {
    share,
    alarmName,
    alarmState: () =>
      alarmState({
        region,
        alarmName,
        credentials,
        endpoint: environment.AWS_ENDPOINT_URL_CLOUDWATCH || undefined,
      }),
    bakeTimeMs: environment.BAKE_MINUTES * 60_000,
  });
  if (outcome.did === "rolled back")
    logger.error("canary rolled back: all traffic uses the version before", { outcome });
  else if (outcome.did === "advanced") logger.info("canary advanced", { outcome });
  else logger.debug("canary left as it is", { outcome });
  return outcome;
}
