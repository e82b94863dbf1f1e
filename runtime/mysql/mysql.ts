import { type CallLimits, type CallOptions, createCalls } from "../sql/calls.js";
import { Connection, type MysqlConnectionOptions, type MysqlResult, type Statement } from "./connection.js";
import { failureOf } from "./errors.js";

export type { CallOptions } from "../sql/calls.js";
export type { MysqlResult, Statement } from "./connection.js";

/** Where to connect, and how long to wait; by default one call ends within 10 s, whatever happens to the database. */
export interface MysqlOptions extends Omit<MysqlConnectionOptions, "checkAfterIdleMs">, CallLimits {
  readonly checkAfterIdleMs?: number;
}

/** Runs statements in one transaction. */
export interface Transaction {
  query<R = Record<string, unknown>>(statement: Statement): Promise<MysqlResult<R>>;
}

/** A database as a handler uses it: one connection and one call at a time; further calls wait. */
export interface Mysql {
  /** Runs one statement in a transaction of its own. @throws ServiceError */
  query<R = Record<string, unknown>>(statement: Statement, work: CallOptions): Promise<MysqlResult<R>>;
  /**
   * Runs what `run` does in a transaction, which is rolled back if `run` throws; its own errors are thrown as they are. If the
   * work is idempotent, `run` may be called again. @throws ServiceError
   */
  transaction<T>(run: (transaction: Transaction) => Promise<T>, work: CallOptions): Promise<T>;
  /** Closes the connection after the calls before it. */
  end(): Promise<void>;
}

/**
 * A MySQL database behind an RDS Proxy or nothing; create one per execution environment, at module scope. Needs no state of the
 * session, which would pin the proxy's connection: no SET, no prepared statements.
 */
export function createMysql(options: MysqlOptions): Mysql {
  const connection = new Connection({ ...options, checkAfterIdleMs: options.checkAfterIdleMs ?? 1_000 });
  const calls = createCalls<Statement, MysqlResult>(
    connection,
    {
      begin: { text: "START TRANSACTION" },
      commit: { text: "COMMIT" },
      rollback: { text: "ROLLBACK" },
      isCommitted: () => true,
      failureOf,
      refreshLogin: () => options.logins.refresh(),
    },
    options,
  );
  return {
    query: <R>(statement: Statement, work: CallOptions) =>
      calls.query(statement, work) as unknown as Promise<MysqlResult<R>>,
    transaction: (run, work) =>
      calls.transaction((query) => run({ query: query as unknown as Transaction["query"] }), work),
    end: () => calls.end(),
  };
}
