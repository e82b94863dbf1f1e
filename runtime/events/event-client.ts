// Registers the signer that endpoints need: without it the SDK refuses them. It includes an elliptic curve in JavaScript.
import "@aws-sdk/signature-v4a";
import { EventBridgeClient, type EventBridgeClientConfig } from "@aws-sdk/client-eventbridge";
import { type ClientLimits, clientLimits } from "../aws/client-limits.js";
import { endWithInvocation } from "../aws/end-with-invocation.js";

/** Where a client is, and how patient; a call ends within about 3 s, so that the publisher can still try again. */
export interface EventClientOptions extends Partial<ClientLimits> {
  /** The function's own region, from `AWS_REGION`; an endpoint is reached from any. */
  readonly region: string;
  /** Only outside Lambda, which passes credentials in the environment. */
  readonly credentials?: EventBridgeClientConfig["credentials"];
}

/**
 * A client that can sign for event endpoints (SigV4A, for every region at once); create one per execution environment.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html
 */
export function createEventClient({
  region,
  maxAttempts = 2,
  connectionTimeoutMs = 500,
  requestTimeoutMs = 1_000,
  credentials,
}: EventClientOptions): EventBridgeClient {
  return endWithInvocation(
    new EventBridgeClient({
      region,
      ...clientLimits({ maxAttempts, connectionTimeoutMs, requestTimeoutMs }),
      ...(credentials ? { credentials } : {}),
    }),
  );
}
