/** How patient a client of the AWS SDK is. */
export interface ClientLimits {
  /** First attempt included. */
  readonly maxAttempts: number;
  /** To connect, in milliseconds. */
  readonly connectionTimeoutMs: number;
  /** For the answer to one attempt, in milliseconds. */
  readonly requestTimeoutMs: number;
}

/**
 * Limits in the form that every client of the AWS SDK takes. Retry mode `standard`, not `adaptive`: adaptive holds back even first
 * attempts once a service throttles, which turns one caller's burst into latency for all, and AWS recommends it only for work that
 * can wait.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function clientLimits({ maxAttempts, connectionTimeoutMs, requestTimeoutMs }: ClientLimits) {
  return {
    maxAttempts,
    retryMode: "standard",
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      // Without it the SDK only warns about a request that hangs, and the function times out instead.
      throwOnRequestTimeout: true,
    },
  } as const;
}
