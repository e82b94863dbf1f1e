import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** How patient a client is; the defaults let one call, retries included, end within about 4 s. */
export interface DocumentClientOptions {
  /** The Region whose replica is read and written: the function's own, from `AWS_REGION`. */
  readonly region: string;
  /** First try included. */
  readonly maxAttempts?: number;
  /** In milliseconds. */
  readonly connectionTimeout?: number;
  /** In milliseconds, for one attempt. */
  readonly requestTimeout?: number;
}

/**
 * A DynamoDB client for plain JavaScript values; create one per execution environment, at module scope, so that
 * connections survive from one invocation to the next.
 *
 * Retry mode `standard`, not `adaptive`: adaptive holds back even first attempts once a table throttles, which turns one
 * caller's burst into latency for all, and AWS recommends it only for work that can wait.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function createDocumentClient({
  region,
  maxAttempts = 3,
  connectionTimeout = 500,
  requestTimeout = 1_000,
}: DocumentClientOptions): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    region,
    maxAttempts,
    retryMode: "standard",
    // Without throwOnRequestTimeout the SDK only warns about a request that hangs, and the function times out instead.
    requestHandler: { connectionTimeout, requestTimeout, throwOnRequestTimeout: true },
  });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}
