import { UnavailableError } from "../errors/service-errors.js";
import { atInvocationEnd, invocationTime, until } from "../invocation/time.js";
import { within } from "../resilience/deadline.js";
import { lastError, RetryError, retry } from "../resilience/retry.js";
import type { SqlConnection } from "./connection.js";
import { type Failure, type Phase, serviceErrorOf } from "./failure.js";
import { type GiveBackOptions, Shortage } from "./shortage.js";

/** How long to wait for a database; by default one call ends within 10 s, whatever happens to the database. */
export interface CallLimits {
  /** To connect, with TLS and login: 2 s by default. */
  readonly connectionTimeoutMs?: number;
  /** For one statement, with the wait for a free connection of the pool: 5 s by default. */
  readonly statementTimeoutMs?: number;
  /** For one call with all its attempts, so the longest pause that a failover may cause: 10 s by default. */
  readonly deadlineMs?: number;
  /**
   * Gives the connection back at the end of an invocation when those of the server run short. Not behind a pool, which holds them
   * itself. It never does if left out.
   */
  readonly giveBack?: GiveBackOptions;
}

/** How one call is made. */
export interface CallOptions {
  /**
   * Whether doing it twice is the same as doing it once: reads, and writes under a key that the caller chose. Only such work is
   * repeated after it was sent; it may also overlap with its own last attempt.
   */
  readonly idempotent: boolean;
}

/** What differs between databases. */
export interface Dialect<Statement, Result> {
  readonly begin: Statement;
  readonly commit: Statement;
  readonly rollback: Statement;
  /** Whether COMMIT did not roll back instead. */
  isCommitted(result: Result): boolean;
  failureOf(error: unknown, phase: Phase): Failure;
  /** Asks for another login, after the server refused one. */
  refreshLogin(): void | Promise<void>;
}

/** Calls of a database, one at a time. */
export interface Calls<Statement, Result> {
  query(statement: Statement, work: CallOptions): Promise<Result>;
  transaction<T>(run: (query: (statement: Statement) => Promise<Result>) => Promise<T>, work: CallOptions): Promise<T>;
  end(): Promise<void>;
}

/** A database error, with how far the work had got and what that means; the caller's own errors are not wrapped. */
class Interruption {
  constructor(
    readonly error: unknown,
    readonly phase: Phase,
    readonly failure: Failure,
  ) {}
}

/** In milliseconds. A failover takes many seconds: it is the deadline that ends the attempts. */
const backoff = { attempts: Number.POSITIVE_INFINITY, baseDelayMs: 50, maxDelayMs: 1_000 };

/** The longest that the end of an invocation waits for the server, in milliseconds. */
const endMs = 200;

/**
 * Calls of a database by one connection: they take turns, are tried again where that is safe, and end with their deadline and with
 * their invocation.
 */
export function createCalls<Statement, Result>(
  connection: SqlConnection<Statement, Result>,
  dialect: Dialect<Statement, Result>,
  { connectionTimeoutMs = 2_000, statementTimeoutMs = 5_000, deadlineMs = 10_000, giveBack }: CallLimits,
): Calls<Statement, Result> {
  const shortage = giveBack && new Shortage(giveBack);
  let last: Promise<unknown> = Promise.resolve();

  async function during<T>(phase: Phase, step: () => Promise<T>): Promise<T> {
    try {
      return await step();
    } catch (error) {
      throw new Interruption(error, phase, dialect.failureOf(error, phase));
    }
  }

  /** Once for each invocation, after its last call. An answer that comes too late, or none, leaves the connection as it is. */
  async function giveBackIfShort(known: Shortage): Promise<void> {
    await last;
    const short = await known.isShort(() => connection.connectionsOfServer(endMs)).catch(() => false);
    if (short) await within(endMs, connection.close(), "Disconnecting took too long.").catch(() => connection.drop());
  }

  /**
   * One call after the other, and each within the deadline: waiting for its turn counts. With its invocation it ends at once, and its
   * connection too, so that nothing is left to run or to hold locks while Lambda freezes the function.
   */
  function inTurn<T>(call: (deadlineAt: number, signal: AbortSignal | undefined) => Promise<T>): Promise<T> {
    const { signal, deadlineAt: invocationEndsAt = Number.POSITIVE_INFINITY } = invocationTime() ?? {};
    if (shortage) atInvocationEnd(shortage, () => giveBackIfShort(shortage));
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
      if (failure.short) shortage?.refused();
      if (failure.readOnly) await connection.leaveReader(Math.min(connectionTimeoutMs, limitMs()));
      else if (failure.reconnect) connection.drop();
      if (!failure.authentication) return;
      loginsRefused += 1;
      const refreshed = Promise.resolve(dialect.refreshLogin());
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
      // What broke off with its invocation says nothing of the database.
      if (signal?.aborted) throw signal.reason;
      if (own) throw own.error;
      const error = lastError(thrown);
      if (error instanceof Interruption) throw serviceErrorOf(error.error, error.failure, idempotent);
      // The call waited for its turn until the deadline.
      if (error instanceof RetryError)
        throw new UnavailableError("The database is busy; send the request again later.");
      throw error;
    }
  }

  async function transact<T>(
    run: (query: (statement: Statement) => Promise<Result>) => Promise<T>,
    limitMs: () => number,
  ): Promise<T> {
    await during("connect", () => connection.query(dialect.begin, limitMs()));
    let interruption: Interruption | undefined;
    let shown: unknown;
    const query = async (statement: Statement): Promise<Result> => {
      try {
        return await connection.query(statement, limitMs());
      } catch (error) {
        const failure = dialect.failureOf(error, "transaction");
        interruption = new Interruption(error, "transaction", failure);
        shown = serviceErrorOf(error, failure, true);
        throw shown;
      }
    };
    let result: T;
    try {
      result = await run(query);
    } catch (error) {
      await connection.query(dialect.rollback, limitMs()).catch(() => connection.drop());
      // Only an error of the database is a reason to try again.
      throw interruption && error === shown ? interruption : error;
    }
    // Whoever caught the error of a statement may have lost what came before it.
    const committed = await during("commit", () => connection.query(dialect.commit, limitMs()));
    if (!dialect.isCommitted(committed)) throw interruption ?? new Error("The transaction was rolled back.");
    return result;
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
      inTurn((deadlineAt, signal) => attempted((limitMs) => transact(run, limitMs), work, deadlineAt, signal)),
    end: () => last.then(() => connection.close()),
  };
}
