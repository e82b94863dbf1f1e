import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { type ClientLimits, clientLimits } from "../aws/client-limits.js";
import { endWithInvocation } from "../aws/end-with-invocation.js";

/** Where a client is, and how patient; the defaults let one call, retries included, end within about 4 s. */
export interface DocumentClientOptions extends Partial<ClientLimits> {
  /** The Region whose replica is read and written: the function's own, from `AWS_REGION`. */
  readonly region: string;
}

/**
 * A DynamoDB client for plain JavaScript values; create one per execution environment, at module scope, so that
 * connections survive from one invocation to the next.
 */
export function createDocumentClient({
  region,
  maxAttempts = 3,
  connectionTimeoutMs = 500,
  requestTimeoutMs = 1_000,
}: DocumentClientOptions): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    region,
    ...clientLimits({ maxAttempts, connectionTimeoutMs, requestTimeoutMs }),
  });
  return DynamoDBDocumentClient.from(endWithInvocation(client), { marshallOptions: { removeUndefinedValues: true } });
}
