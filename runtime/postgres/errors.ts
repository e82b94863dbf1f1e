import {
  ConflictError,
  InternalError,
  ServiceError,
  UnavailableError,
  UnprocessableError,
} from "../errors/service-errors.js";
import {
  connectionFailure,
  type Failure,
  isLasting as isLastingAnywhere,
  OutcomeUnknownError,
  type Phase,
} from "../sql/failure.js";
import { readOnlyTransaction, refusedLogin } from "./sql-states.js";

export { OutcomeUnknownError, type Phase };

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const rolledBack = new Set(["40001", "40P01"]);
/** Shut down, crashed, starting up, or out of connections. */
const tooManyConnections = "53300";
const unavailable = new Set(["57P01", "57P02", "57P03", "57P05", tooManyConnections]);
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
const isLasting = (error: unknown): boolean =>
  isLastingAnywhere(error) || (error as Error).message.includes("does not support SSL");

/** A failed statement is rolled back; only a lost connection leaves its outcome open, and only while it commits. */
export function failureOf(error: unknown, phase: Phase): Failure {
  const state = sqlState(error);
  if (state === undefined) return connectionFailure(isLasting(error), phase);
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
    short: state === tooManyConnections,
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
