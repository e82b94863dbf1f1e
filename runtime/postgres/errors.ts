import { connectionFailure, type Failure, isLasting as isLastingAnywhere, type Phase } from "../sql/failure.js";
import { readOnlyTransaction, refusedLogin } from "./sql-states.js";

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html */
const rolledBack = new Set(["40001", "40P01"]);
/** Shut down, crashed, starting up, or out of connections. */
const tooManyConnections = "53300";
const unavailable = new Set(["57P01", "57P02", "57P03", "57P05", tooManyConnections]);
/** The code of all errors of PgBouncer itself. */
const poolerError = "08P01";
const conflicts = new Set(["23505", "23P01"]);
const invalid = new Set(["23502", "23503", "23514", "22001", "22003", "22P02"]);
const interrupted = "57014";

/** The five-character code of an error of PostgreSQL or a pooler; undefined for errors of sockets and of the driver. */
function sqlState(error: unknown): string | undefined {
  const { code, severity } = (error ?? {}) as { readonly code?: unknown; readonly severity?: unknown };
  return typeof code === "string" && severity !== undefined && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** Mistakes in configuration or code, which another attempt cannot fix. */
const isLasting = (error: unknown): boolean =>
  isLastingAnywhere(error) || (error as Error).message.includes("does not support SSL");

function refusalOf(state: string): Failure["refusal"] {
  if (conflicts.has(state)) return "conflict";
  if (invalid.has(state)) return "invalid";
  return state === interrupted ? "interrupted" : undefined;
}

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
    refusal: refusalOf(state),
  };
}
