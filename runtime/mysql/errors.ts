import { connectionFailure, type Failure, isLasting, type Phase } from "../sql/failure.js";
import { readOnlyServer, refusedLogin } from "./error-numbers.js";

/**
 * Numbers of errors: of MySQL, and of MariaDB where it has one of its own.
 * @see https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html
 */
/** A deadlock, which rolls back the transaction, and a lock that was not given in time, after which we do. */
const rolledBack = new Set([1205, 1213]);
/** No connection left: of the server, of the user, or of the user in this hour. */
const tooManyConnections = new Set([1040, 1203, 1226]);
/** Shut down, or the session was ended: by an administrator, or as it was idle, before the statement was looked at. */
const unavailable = new Set([1053, 1077, 1079, 1927, 4031]);
const endedBefore = 4031;
/** Writes where there may be none: in a transaction that only reads, and on a server in its read-only modes. */
const readOnly = new Set([1792, 1836, 1874]);
const conflicts = new Set([1062, 1169, 1586]);
const invalid = new Set([1048, 1216, 1217, 1264, 1265, 1292, 1364, 1366, 1406, 1451, 1452, 3140, 3819, 4025]);
/** Interrupted, or longer than max_execution_time. */
const interrupted = new Set([1317, 1969, 3024]);

/** The number of an error of the server; undefined for errors of sockets and of the driver, which have negative ones. */
function errorNumber(error: unknown): number | undefined {
  const { errno } = (error ?? {}) as { readonly errno?: unknown };
  return typeof errno === "number" && errno >= 1000 ? errno : undefined;
}

const isReadOnly = (number: number, error: unknown): boolean =>
  readOnly.has(number) ||
  // The number is that of every option that forbids something.
  (number === readOnlyServer && !/--(secure|skip|local|grant)/.test((error as Error).message));

/** The driver has one code for every error of TLS: of the certificate, and of the socket. */
function isTlsProblem(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { readonly code?: unknown; readonly message?: unknown };
  if (code === "HANDSHAKE_NO_SSL_SUPPORT") return true;
  return code === "HANDSHAKE_SSL_ERROR" && /certificate|altname/i.test(String(message));
}

function refusalOf(number: number): Failure["refusal"] {
  if (conflicts.has(number)) return "conflict";
  if (invalid.has(number)) return "invalid";
  return interrupted.has(number) ? "interrupted" : undefined;
}

/** A failed statement is rolled back; only a lost connection leaves its outcome open, and only while it commits. */
export function failureOf(error: unknown, phase: Phase): Failure {
  const number = errorNumber(error);
  if (number === undefined) return connectionFailure(isTlsProblem(error) || isLasting(error), phase);
  const authentication = refusedLogin.has(number);
  const reader = isReadOnly(number, error);
  const short = tooManyConnections.has(number);
  const lost = unavailable.has(number);
  return {
    transient: lost || short || authentication || reader || rolledBack.has(number),
    applied: lost && number !== endedBefore && phase === "commit" ? "unknown" : "no",
    // Read-only: this was the writer before a failover; by now the name may lead to the new one.
    reconnect: lost || short || authentication || reader,
    authentication,
    readOnly: reader,
    short,
    refusal: refusalOf(number),
  };
}
