import { abortedBy } from "../invocation/time.js";
import { traceAwsClient } from "../observability/tracing.js";

/** The part of a client of the AWS SDK that sends its requests. */
interface Sender {
  handle(request: never, options?: { readonly abortSignal?: unknown }): Promise<unknown>;
}

/**
 * A client of the AWS SDK whose requests end when the time of the invocation does that they are made in, retries included; where there is
 * OpenTelemetry, each of its commands is a span.
 * @see https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/using-async-await.html
 */
export function endWithInvocation<C extends { readonly config: { readonly requestHandler: object } }>(client: C): C {
  const sender = client.config.requestHandler as Sender;
  const handle = sender.handle.bind(sender);
  sender.handle = (request, options) => {
    const { abortSignal } = options ?? {};
    return handle(request, {
      ...options,
      abortSignal: abortedBy(abortSignal as AbortSignal | undefined) ?? abortSignal,
    });
  };
  traceAwsClient(client);
  return client;
}
