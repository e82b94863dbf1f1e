import { Client, type ClientConfig } from "pg";
import { invocationTime } from "../invocation/time.js";
import type { UserLogin } from "./rotating-user.js";

/** One open connection, whose settings and locks last as long as it does. */
export interface PostgresSession {
  query<R extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: readonly R[] }>;
  end(): Promise<void>;
}

/** Where a database is, and how its sessions are; times in milliseconds. */
export interface TlsSessionOptions
  extends Pick<ClientConfig, "keepAlive" | "query_timeout" | "statement_timeout" | "application_name"> {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Certificates of the authorities to trust, in PEM; those of Node.js and of NODE_EXTRA_CA_CERTS if left out. */
  readonly ca?: string;
}

/**
 * Connections for what administers a database, over TLS with the server's certificate verified, each given up after 5 s. A connection
 * ends with the invocation.
 */
export function tlsSessions({ ca, ...options }: TlsSessionOptions): (login: UserLogin) => Promise<PostgresSession> {
  return async ({ username, password }) => {
    const client = new Client({
      ...options,
      user: username,
      password,
      ssl: { rejectUnauthorized: true, ...(ca && { ca }) },
      connectionTimeoutMillis: 5_000,
    });
    // An unhandled error event would end the process with the connection's details.
    client.on("error", () => undefined);
    // Nothing is left to run or to hold locks while Lambda freezes the function.
    const end = () => void client.end().catch(() => undefined);
    const { signal } = invocationTime() ?? {};
    signal?.addEventListener("abort", end, { once: true });
    try {
      await client.connect();
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

/** What asks about roles: any session. */
interface Asking {
  query(text: string, values?: readonly unknown[]): Promise<{ readonly rows: readonly object[] }>;
}

/** Whether there is a role or user of this name. */
export async function roleExists(session: Asking, role: string): Promise<boolean> {
  const { rows } = await session.query("SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = $1", [role]);
  return rows.length > 0;
}

/** Whether a role or user is a direct member of a role. */
export async function isMember(session: Asking, member: string, role: string): Promise<boolean> {
  const { rows } = await session.query(
    `SELECT 1 FROM pg_catalog.pg_auth_members AS membership
       JOIN pg_catalog.pg_roles AS role ON role.oid = membership.roleid
       JOIN pg_catalog.pg_roles AS member ON member.oid = membership.member
      WHERE role.rolname = $1 AND member.rolname = $2`,
    [role, member],
  );
  return rows.length > 0;
}
