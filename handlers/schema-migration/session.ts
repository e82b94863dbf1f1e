import { Client } from "pg";
import { invocationTime } from "../../runtime/invocation/time.js";

/** One open connection, whose settings and locks last as long as it does. */
export interface Session {
  query<R extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: readonly R[] }>;
  end(): Promise<void>;
}

export interface UserLogin {
  readonly username: string;
  readonly password: string;
}

/** Opens a connection with a login; rejects if the database refuses it. */
export type Connect = (login: UserLogin) => Promise<Session>;

/** Where the database is. */
export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Certificates of the authorities to trust, in PEM; those of Node.js and of NODE_EXTRA_CA_CERTS if left out. */
  readonly ca?: string;
}

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
export function connectWithTls({ host, port, database, ca }: DatabaseAddress): Connect {
  return async ({ username, password }) => {
    const client = new Client({
      host,
      port,
      database,
      user: username,
      password,
      ssl: { rejectUnauthorized: true, ...(ca && { ca }) },
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: "schema-migration",
    });
    // An unhandled error event would end the process with the connection's details.
    client.on("error", () => undefined);
    // Nothing is left to run or to hold locks while Lambda freezes the function.
    const end = () => void client.end().catch(() => undefined);
    const { signal } = invocationTime() ?? {};
    signal?.addEventListener("abort", end, { once: true });
    try {
      await client.connect();
      await client.query(endedWithClient);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    return {
      query: (text, values) => client.query(text, values ? [...values] : undefined),
      end: () => {
        signal?.removeEventListener("abort", end);
        return client.end();
      },
    };
  };
}
