import { type PostgresSession, type TlsSessionOptions, tlsSessions } from "../../../runtime/postgres/administration.js";
import type { UserLogin } from "../../../runtime/postgres/rotating-user.js";

export type { UserLogin };

/** One open connection, whose settings and locks last as long as it does. */
export type Session = PostgresSession;

/** Opens a connection with a login; rejects if the database refuses it. */
export type Connect = (login: UserLogin) => Promise<Session>;

/** Where the database is. */
export type DatabaseAddress = Pick<TlsSessionOptions, "host" | "port" | "database" | "ca">;

/**
 * The server ends a session whose client is gone: it asks every 5 s while a statement runs, and by keepalives otherwise. So the locks of a
 * function that was killed are free within half a minute.
 * @see https://www.postgresql.org/docs/current/runtime-config-connection.html#RUNTIME-CONFIG-TCP-SETTINGS
 */
const endedWithClient = [
  "SET client_connection_check_interval = '5s'",
  "SET tcp_keepalives_idle = 10",
  "SET tcp_keepalives_interval = 5",
  "SET tcp_keepalives_count = 3",
  "SET idle_in_transaction_session_timeout = '30s'",
].join(";");

/** Connections over TLS with the server's certificate verified, each given up after 5 s. */
export function connectWithTls(address: DatabaseAddress): Connect {
  const connect = tlsSessions({ ...address, keepAlive: true, application_name: "schema-migration" });
  return async (login) => {
    const session = await connect(login);
    try {
      await session.query(endedWithClient);
      return session;
    } catch (error) {
      await session.end().catch(() => undefined);
      throw error;
    }
  };
}
