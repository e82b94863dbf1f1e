import { types } from "node:util";
import {
  ConflictError,
  InternalError,
  ServiceError,
  UnavailableError,
  UnprocessableError,
} from "../errors/service-errors.js";

/** 503 without Retry-After: the connection broke while a change was made, and it is unknown whether it was applied. */
export class OutcomeUnknownError extends ServiceError {
  override readonly name = "OutcomeUnknownError";
  readonly status = 503;
  readonly code = "outcome-unknown";
  readonly title = "It is unknown whether the request was carried out";
}

/** How far the work had got when it failed. */
export type Phase =
  /** At most BEGIN or a check of the connection was sent. */
  | "connect"
  /** Inside a transaction, which ends with its connection. */
  | "transaction"
  /** COMMIT, or a statement in a transaction of its own. */
  | "commit";

/** What a failure means for the work and for the connection. */
export interface Failure {
  /** The same work may succeed soon. */
  readonly transient: boolean;
  /** Certainly not applied, or unknown. */
  readonly applied: "no" | "unknown";
  /** The connection cannot be used any more. */
  readonly reconnect: boolean;
  /** The login was refused; a fresh one may be accepted. */
  readonly authentication: boolean;
  /** The server takes no writes: it is not the writer, or not any more. */
  readonly readOnly: boolean;
  /** The server has no connection left to give. */
  readonly short: boolean;
  /** Why the server refused the statement itself: a violated unique key, another value, or the time that it took. */
  readonly refusal?: "conflict" | "invalid" | "interrupted";
}

/** Mistakes in configuration or code, which another attempt cannot fix. */
export function isLasting(error: unknown): boolean {
  if (!types.isNativeError(error) || /^(Type|Range|Syntax)Error$/.test(error.name)) return true;
  const { code } = error as NodeJS.ErrnoException;
  return /^(ERR_TLS_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_(GET|VERIFY)_)/.test(code ?? "");
}

/** An error of the socket or the driver: the state of the connection is unknown, so it is not used again. */
export function connectionFailure(lasting: boolean, phase: Phase): Failure {
  return {
    transient: !lasting,
    applied: !lasting && phase === "commit" ? "unknown" : "no",
    reconnect: true,
    authentication: false,
    readOnly: false,
    short: false,
  };
}

/**
 * The error that a caller may see: violated unique keys as {@link ConflictError}, other refused values as
 * {@link UnprocessableError}, what may pass as {@link UnavailableError}, the rest as {@link InternalError}. The messages say nothing
 * of tables, values or hosts; the original is the cause.
 */
export function serviceErrorOf(
  error: unknown,
  { applied, transient, refusal }: Failure,
  repeatable: boolean,
): ServiceError {
  if (error instanceof ServiceError) return error;
  if (refusal === "conflict") return new ConflictError("Something like it exists already.", { cause: error });
  if (refusal === "invalid") {
    return new UnprocessableError("The database refuses a value of the request.", { cause: error });
  }
  if (applied === "unknown" && !repeatable) {
    return new OutcomeUnknownError(
      "The database went away during the change; look whether it was made before repeating it.",
      { cause: error },
    );
  }
  if (transient || refusal === "interrupted") {
    return new UnavailableError("The database does not answer; send the request again later.", { cause: error });
  }
  return new InternalError(error);
}
