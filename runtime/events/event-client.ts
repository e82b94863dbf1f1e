// Registers the signer that endpoints need: without it the SDK refuses them. It brings a curve in JavaScript along.
import "@aws-sdk/signature-v4a";
import { EventBridgeClient, type EventBridgeClientConfig } from "@aws-sdk/client-eventbridge";

/** How patient a client is; a call ends within about 3 s, so that the publisher can still try again. */
export interface EventClientOptions {
  /** The function's own region, from `AWS_REGION`; an endpoint is reached from any. */
  readonly region: string;
  /** First try included. */
  readonly maxAttempts?: number;
  /** In milliseconds. */
  readonly connectionTimeout?: number;
  /** In milliseconds, for one attempt. */
  readonly requestTimeout?: number;
  /** Only outside Lambda, which hands credentials over in its environment. */
  readonly credentials?: EventBridgeClientConfig["credentials"];
}

/**
 * A client that can sign for event endpoints (SigV4A, for every region at once); create one per execution environment.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html
 */
export function createEventClient({
  region,
  maxAttempts = 2,
  connectionTimeout = 500,
  requestTimeout = 1_000,
  credentials,
}: EventClientOptions): EventBridgeClient {
  return new EventBridgeClient({
    region,
    maxAttempts,
    retryMode: "standard",
    requestHandler: { connectionTimeout, requestTimeout, throwOnRequestTimeout: true },
    ...(credentials ? { credentials } : {}),
  });
}
