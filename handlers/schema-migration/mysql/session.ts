import { type MysqlSession, mysqlSessions } from "../../../runtime/mysql/administration.js";
import type { UserLogin } from "../../../runtime/postgres/rotating-user.js";

/** One open connection, whose settings and locks last as long as it does. */
export interface Session extends MysqlSession {
  /** Where names without a database are. */
  readonly database: string;
  /** Ends the statement that runs, by another connection: MySQL itself limits nothing but SELECT. */
  endStatement(): Promise<void>;
}

/** Where the database is. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Certificates of the authorities to trust, in PEM; those of Node.js and of NODE_EXTRA_CA_CERTS if left out. */
  readonly ca?: string;
}

/**
 * - Files are read as the check has read them, whatever the server's `sql_mode` is: no other quotes, and no values that are made to fit.
 * - Statements see what is committed, and lock no rows that they only read.
 * - A session whose client was frozen is ended after a minute, and with it the lock of runners.
 * @see https://dev.mysql.com/doc/refman/8.0/en/sql-mode.html
 */
const settings = [
  "SET SESSION sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
  "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
  "SET SESSION time_zone = '+00:00', wait_timeout = 60",
];

/** Connections over TLS with the server's certificate verified, each given up after 5 s. */
export function connectWithTls(address: DatabaseAddress): (login: UserLogin) => Promise<Session> {
  const connect = mysqlSessions({ ...address, tokens: true, answerTimeoutMs: Number.POSITIVE_INFINITY });
  return async (login) => {
    const session = await connect(login);
    try {
      for (const setting of settings) await session.query(setting);
    } catch (error) {
      await session.end().catch(() => undefined);
      throw error;
    }
    return {
      ...session,
      database: address.database,
      async endStatement() {
        const other = await connect(login);
        try {
          await other.query(`KILL QUERY ${session.id}`);
        } finally {
          await other.end().catch(() => undefined);
        }
      },
    };
  };
}
