import { UnavailableError } from "../errors/service-errors.js";

/** A call that was not made, because the circuit breaker of its dependency is open; callers see 503 with Retry-After. */
export class CircuitOpenError extends UnavailableError {
  override readonly name = "CircuitOpenError";

  constructor(
    /** The dependency, such as `carrier`. */
    readonly dependency: string,
    /** The region of the endpoint that is not called. */
    readonly region: string,
    /** How long until a call is worth while, in milliseconds. */
    readonly retryAfterMs: number,
  ) {
    super("A dependency of the service is failing and is not called for the moment; send the request again later.", {
      retryAfterMs: Math.max(1_000, retryAfterMs),
    });
  }
}
