import type * as EventBridge from "@aws-sdk/client-eventbridge";
import type * as Lambda from "@aws-sdk/client-lambda";
import type * as Sqs from "@aws-sdk/client-sqs";
import { UserError } from "../../errors";

/** A package that a verb needs and that is not installed. */
export class MissingClientError extends UserError {
  override readonly name = "MissingClientError";
}

/** One client for each region and service, made when it is first asked for. */
export interface AwsClients {
  sqs(region: string): Sqs.SQSClient;
  lambda(region: string): Lambda.LambdaClient;
  events(region: string): EventBridge.EventBridgeClient;
}

/** The modules of the SDK, whose commands the callers build. */
export interface AwsModules {
  readonly sqs: typeof Sqs;
  readonly lambda: typeof Lambda;
}

/**
 * How patient the clients are: retry mode `standard`, whose pauses have full jitter, and limits in milliseconds.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
const limits = {
  maxAttempts: 5,
  retryMode: "standard",
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
} as const;

const packages = "@aws-sdk/client-sqs@3 @aws-sdk/client-lambda@3";

/**
 * The clients of SQS and Lambda, which are optional packages. Credentials are those of the AWS SDK: variables, profiles, SSO.
 * @throws MissingClientError if one of them is not installed
 */
export function loadModules(): AwsModules {
  try {
    return { sqs: require("@aws-sdk/client-sqs"), lambda: require("@aws-sdk/client-lambda") } as AwsModules;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new MissingClientError(
      `Dead letters are read by the packages @aws-sdk/client-sqs and @aws-sdk/client-lambda, which are not installed; run \`npm install --save-dev ${packages}\` and repeat the command.`,
    );
  }
}

/** Clients of SQS and Lambda by region. */
export function queueClients({ sqs, lambda }: AwsModules): Pick<AwsClients, "sqs" | "lambda"> {
  return {
    sqs: perRegion((region) => new sqs.SQSClient({ region, ...limits })),
    lambda: perRegion((region) => new lambda.LambdaClient({ region, ...limits })),
  };
}

/** Clients of EventBridge by region. */
export function eventClients({ EventBridgeClient }: typeof EventBridge): Pick<AwsClients, "events"> {
  return { events: perRegion((region) => new EventBridgeClient({ region, ...limits })) };
}

function perRegion<T>(make: (region: string) => T): (region: string) => T {
  const made = new Map<string, T>();
  return (region) => {
    const known = made.get(region);
    if (known) return known;
    const client = make(region);
    made.set(region, client);
    return client;
  };
}
