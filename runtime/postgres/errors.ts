import { types } from "node:util";
import {
  ConflictError,
  InternalError,
  ServiceError,
  UnavailableError,
  UnprocessableError,
} from "../errors/service-errors.js";
import { readOnlyTransaction, refusedLogin } from "./sql-states.js";

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
}

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const rolledBack = new Set(["40001", "40P01"]);
/** Shut down, crashed, starting up, or out of connections. */
const unavailable = new Set(["57P01", "57P02", "57P03", "57P05", "53300"]);
/** The code of all errors of PgBouncer itself. */
const poolerError = "08P01";
const conflicts = new Set(["23505", "23P01"]);
const invalid = new Set(["23502", "23503", "23514", "22001", "22003", "22P02"]);

/** The five-character code of an error of PostgreSQL or a pooler; undefined for errors of sockets and of the driver. */
function sqlState(error: unknown): string | undefined {
  const { code, severity } = (error ?? {}) as { readonly code?: unknown; readonly severity?: unknown };
  return typeof code === "string" && severity !== undefined && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** Mistakes in configuration or code, which another attempt cannot fix. */
function isLasting(error: unknown): boolean {
  if (!types.isNativeError(error) || /^(Type|Range|Syntax)Error$/.test(error.name)) return true;
  const { code } = error as NodeJS.ErrnoException;
  const untrusted = /^(ERR_TLS_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_(GET|VERIFY)_)/.test(code ?? "");
  return untrusted || error.message.includes("does not support SSL");
}

/** A failed statement is rolled back; only a lost connection leaves its outcome open, and only while it commits. */
export function failureOf(error: unknown, phase: Phase): Failure {
  const state = sqlState(error);
  if (state === undefined) return connectionFailure(error, phase);
  const authentication =
    refusedLogin.has(state) || (state === poolerError && /authentication failed/.test((error as Error).message));
  const readOnly = state === readOnlyTransaction;
  const lost = !authentication && (state.startsWith("08") || unavailable.has(state));
  return {
    transient: lost || authentication || readOnly || rolledBack.has(state),
    applied: lost && phase === "commit" ? "unknown" : "no",
    // Read-only: this was the writer before a failover; by now the name may lead to the new one.
    reconnect: lost || authentication || readOnly,
    authentication,
    readOnly,
  };
}

/** An error of the socket or the driver: the state of the connection is unknown, so it is not used again. */
function connectionFailure(error: unknown, phase: Phase): Failure {
  const lost = !isLasting(error);
  return {
    transient: lost,
    applied: lost && phase === "commit" ? "unknown" : "no",
    reconnect: true,
    authentication: false,
    readOnly: false,
  };
}

/**
 * The error that a caller may see: violated unique constraints as {@link ConflictError}, other refused values as
 * {@link UnprocessableError}, what may pass as {@link UnavailableError}, the rest as {@link InternalError}. The messages say nothing
 * of tables, values or hosts; the original is the cause.
 */
export function serviceErrorFromPostgres(error: unknown, failure: Failure, repeatable: boolean): ServiceError {
  if (error instanceof ServiceError) return error;
  const state = sqlState(error);
  if (state !== undefined && conflicts.has(state)) {
    return new ConflictError("Something like it exists already.", { cause: error });
  }
  if (state !== undefined && invalid.has(state)) {
    return new UnprocessableError("The database refuses a value of the request.", { cause: error });
  }
  if (failure.applied === "unknown" && !repeatable) {
    return new OutcomeUnknownError(
      "The database went away during the change; look whether it was made before repeating it.",
      {
        cause: error,
      },
    );
  }
  if (failure.transient || state === "57014") {
    return new UnavailableError("The database does not answer; send the request again later.", { cause: error });
  }
  return new InternalError(error);
}
