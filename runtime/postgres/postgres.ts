import type { QueryResult, QueryResultRow } from "pg";
import { type CallLimits, type CallOptions, createCalls } from "../sql/calls.js";
import { Connection, type PostgresConnectionOptions, type Statement } from "./connection.js";
import { failureOf } from "./errors.js";

export type { CallOptions } from "../sql/calls.js";
export type { Statement } from "./connection.js";

/** Where to connect, and how long to wait; by default one call ends within 10 s, whatever happens to the database. */
export interface PostgresOptions extends Omit<PostgresConnectionOptions, "checkAfterIdleMs">, CallLimits {
  readonly checkAfterIdleMs?: number;
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

/**
 * A PostgreSQL database behind an RDS Proxy, PgBouncer or nothing; create one per execution environment, at module scope. Needs no
 * state of the session, which would pin the proxy's connection: no SET, no named statements.
 */
export function createPostgres(options: PostgresOptions): Postgres {
  const connection = new Connection({ ...options, checkAfterIdleMs: options.checkAfterIdleMs ?? 1_000 });
  const calls = createCalls<Statement, QueryResult>(
    connection,
    {
      begin: { text: "BEGIN" },
      commit: { text: "COMMIT" },
      rollback: { text: "ROLLBACK" },
      // A transaction in which a statement failed answers COMMIT with ROLLBACK.
      isCommitted: ({ command }) => command === "COMMIT",
      failureOf,
      refreshLogin: () => options.logins.refresh(),
    },
    options,
  );
  return {
    query: <R extends QueryResultRow>(statement: Statement, work: CallOptions) =>
      calls.query(statement, work) as Promise<QueryResult<R>>,
    transaction: (run, work) => calls.transaction((query) => run({ query: query as Transaction["query"] }), work),
    end: () => calls.end(),
  };
}
