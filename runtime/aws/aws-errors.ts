import { InternalError, ServiceError, UnavailableError } from "../errors/service-errors.js";

/** @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html */
const throttling = new Set([
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
]);
const unreachable = new Set([
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "TimeoutError",
]);

/** The fields that identify errors of the AWS SDK and of Node.js sockets. */
interface DependencyError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const names = (set: ReadonlySet<string>, { name, code }: DependencyError) =>
  set.has(String(name)) || set.has(String(code));

/**
 * The error that a caller may see: a ServiceError is returned as it is; throttling, timeouts and failures of an AWS service,
 * after the SDK's own retries, as {@link UnavailableError}; anything else as {@link InternalError}, the original as cause.
 */
export function serviceErrorFromAws(error: unknown): ServiceError {
  if (error instanceof ServiceError) {
    return error;
  }
  const dependency: DependencyError = error instanceof Error ? error : {};
  if (names(throttling, dependency)) {
    return new UnavailableError("The service is handling too many requests; send the request again later.", {
      cause: error,
    });
  }
  if (names(unreachable, dependency) || (dependency.$metadata?.httpStatusCode ?? 0) >= 500) {
    return new UnavailableError("A dependency of the service does not answer; send the request again later.", {
      cause: error,
    });
  }
  return new InternalError(error);
}
