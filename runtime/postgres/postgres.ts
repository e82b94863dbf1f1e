import type { QueryResult, QueryResultRow } from "pg";
import { UnavailableError } from "../errors/service-errors.js";
import { invocationTime, until } from "../invocation/time.js";
import { within } from "../resilience/deadline.js";
import { lastError, RetryError, retry } from "../resilience/retry.js";
import { Connection, type PostgresConnectionOptions, type Statement } from "./connection.js";
import { type Failure, failureOf, type Phase, serviceErrorFromPostgres } from "./errors.js";

export type { Statement } from "./connection.js";

/** How long to wait for a database; by default one call ends within 10 s, whatever happens to the database. */
export interface PostgresOptions extends Omit<PostgresConnectionOptions, "checkAfterIdleMs"> {
  readonly checkAfterIdleMs?: number;
  /** To connect, with TLS and login: 2 s by default. */
  readonly connectionTimeoutMs?: number;
  /** For one statement, with the wait for a free connection of the pool: 5 s by default. */
  readonly statementTimeoutMs?: number;
  /** For one call with all its attempts, so the longest pause that a failover may cause: 10 s by default. */
  readonly deadlineMs?: number;
}

/** How one call is made. */
export interface CallOptions {
  /**
   * Whether doing it twice is the same as doing it once: reads, and writes under a key that the caller chose. Only such work is
   * repeated after it was sent; it may also overlap with its own last attempt.
   */
  readonly idempotent: boolean;
}

/** Runs statements in one transaction. */
export interface Transaction {
  query<R extends QueryResultRow = QueryResultRow>(statement: Statement): Promise<QueryResult<R>>;
}

/** A database as a handler uses it: one connection and one call at a time; further calls wait. */
export interface Postgres {
  /** Runs one statement in a transaction of its own. @throws ServiceError */
  query<R extends QueryResultRow = QueryResultRow>(statement: Statement, work: CallOptions): Promise<QueryResult<R>>;
  /**
   * Runs what `run` does in a transaction, which is rolled back if `run` throws; its own errors are thrown as they are. If the
   * work is idempotent, `run` may be called again. @throws ServiceError
   */
  transaction<T>(run: (transaction: Transaction) => Promise<T>, work: CallOptions): Promise<T>;
  /** Closes the connection after the calls before it. */
  end(): Promise<void>;
}

/** A database error, with how far the work had got and what that means; the caller's own errors are not wrapped. */
class Interruption {
  readonly failure: Failure;

  constructor(
    readonly error: unknown,
    readonly phase: Phase,
  ) {
    this.failure = failureOf(error, phase);
  }
}

/** In milliseconds. A failover takes many seconds: it is the deadline that ends the attempts. */
const backoff = { attempts: Number.POSITIVE_INFINITY, baseDelayMs: 50, maxDelayMs: 1_000 };

/**
 * A PostgreSQL database behind an RDS Proxy, PgBouncer or nothing; create one per execution environment, at module scope. Needs no
 * state of the session, which would pin the proxy's connection: no SET, no named statements.
 */
export function createPostgres(options: PostgresOptions): Postgres {
  const {
    connectionTimeoutMs = 2_000,
    statementTimeoutMs = 5_000,
    deadlineMs = 10_000,
    checkAfterIdleMs = 1_000,
  } = options;
  const connection = new Connection({ ...options, checkAfterIdleMs });
  let last: Promise<unknown> = Promise.resolve();

  /**
   * One call after the other, and each within the deadline: waiting for its turn counts. With its invocation it ends at once, and its
   * connection too, so that nothing is left to run or to hold locks while Lambda freezes the function.
   */
  function inTurn<T>(call: (deadlineAt: number, signal: AbortSignal | undefined) => Promise<T>): Promise<T> {
    const { signal, deadlineAt: invocationEndsAt = Number.POSITIVE_INFINITY } = invocationTime() ?? {};
    const deadlineAt = Math.min(Date.now() + deadlineMs, invocationEndsAt);
    const turn = last.then(() => {
      const giveUp = () => connection.giveUp();
      signal?.addEventListener("abort", giveUp, { once: true });
      return until(signal, () => call(deadlineAt, signal)).finally(() => signal?.removeEventListener("abort", giveUp));
    });
    last = turn.catch(() => undefined);
    return turn;
  }

  async function attempted<T>(
    attempt: (limitMs: () => number) => Promise<T>,
    { idempotent, single = false }: CallOptions & { readonly single?: boolean },
    deadlineAt: number,
    signal: AbortSignal | undefined,
  ) {
    const limitMs = () => Math.min(statementTimeoutMs, deadlineAt - Date.now());
    let loginsRefused = 0;
    let own: { readonly error: unknown } | undefined;

    async function recover({ failure }: Interruption): Promise<void> {
      if (failure.readOnly) await connection.leaveReader(Math.min(connectionTimeoutMs, limitMs()));
      else if (failure.reconnect) connection.drop();
      if (!failure.authentication) return;
      loginsRefused += 1;
      const refreshed = Promise.resolve(options.logins.refresh());
      await during("connect", () =>
        within(deadlineAt - Date.now(), refreshed, "Asking for another login took too long."),
      );
    }

    async function once(): Promise<T> {
      try {
        await during("connect", () => connection.open(Math.min(connectionTimeoutMs, limitMs())));
        return await attempt(limitMs);
      } catch (error) {
        if (error instanceof Interruption) await recover(error);
        else own = { error };
        throw error;
      }
    }

    const isRetryable = (error: unknown) =>
      error instanceof Interruption &&
      error.failure.transient &&
      // A reader refuses a statement before it does anything.
      (idempotent || error.phase === "connect" || (single && error.failure.readOnly)) &&
      loginsRefused < 2;

    try {
      return await retry(once, { ...backoff, deadlineAt, isRetryable, signal });
    } catch (thrown) {
      if (own) throw own.error;
      const error = lastError(thrown);
      if (error instanceof Interruption) throw serviceErrorFromPostgres(error.error, error.failure, idempotent);
      // The call waited for its turn until the deadline.
      if (error instanceof RetryError)
        throw new UnavailableError("The database is busy; send the request again later.");
      throw error;
    }
  }

  return {
    query: (statement, work) =>
      inTurn((deadlineAt, signal) =>
        attempted(
          async (limitMs) => {
            if (!work.idempotent) await during("connect", () => connection.check(limitMs()));
            return during("commit", () => connection.query(statement, limitMs()));
          },
          { ...work, single: true },
          deadlineAt,
          signal,
        ),
      ),
    transaction: (run, work) =>
      inTurn((deadlineAt, signal) =>
        attempted((limitMs) => transact(connection, run, limitMs), work, deadlineAt, signal),
      ),
    end: () => last.then(() => connection.close()),
  };
}

async function transact<T>(
  connection: Connection,
  run: (transaction: Transaction) => Promise<T>,
  limitMs: () => number,
) {
  await during("connect", () => connection.query({ text: "BEGIN" }, limitMs()));
  let interruption: Interruption | undefined;
  let shown: unknown;
  const transaction: Transaction = {
    query: async <R extends QueryResultRow>(statement: Statement) => {
      try {
        return await connection.query<R>(statement, limitMs());
      } catch (error) {
        interruption = new Interruption(error, "transaction");
        shown = serviceErrorFromPostgres(error, failureOf(error, "transaction"), true);
        throw shown;
      }
    },
  };
  let result: T;
  try {
    result = await run(transaction);
  } catch (error) {
    await connection.query({ text: "ROLLBACK" }, limitMs()).catch(() => connection.drop());
    // Only an error of the database is a reason to try again.
    throw interruption && error === shown ? interruption : error;
  }
  const { command } = await during("commit", () => connection.query({ text: "COMMIT" }, limitMs()));
  // A transaction in which a statement failed answers COMMIT with ROLLBACK.
  if (command !== "COMMIT") throw interruption ?? new Error("The transaction was rolled back.");
  return result;
}

async function during<T>(phase: Phase, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw new Interruption(error, phase);
  }
}
