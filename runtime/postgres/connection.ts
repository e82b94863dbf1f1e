import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { type ConnectionOptions, checkServerIdentity } from "node:tls";
import { Client, type QueryResult, type QueryResultRow } from "pg";
import { within } from "../resilience/deadline.js";
import type { ServerConnections, SqlConnection } from "../sql/connection.js";
import type { Login, LoginSource } from "./login.js";
import { readOnlyTransaction } from "./sql-states.js";

/** Where and how to connect; times in milliseconds. */
export interface PostgresConnectionOptions {
  /** Name of the endpoint; its certificate must be for it. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly logins: LoginSource;
  /**
   * File with the certificates of the authorities to trust, in PEM. None trusts those of Node.js, which an RDS Proxy's certificate comes
   * from; a cluster's comes from the RDS authorities, in /var/runtime/ca-cert.pem on Lambda.
   */
  readonly caFile?: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
  /** Idle time after which the connection is checked before it is trusted with work that cannot be repeated. */
  readonly checkAfterIdleMs: number;
  /**
   * `read-write` accepts only a server that takes writes, as libpq does: a name or a pool may lead to the writer of before a failover.
   * `any` by default.
   * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-TARGET-SESSION-ATTRS
   */
  readonly targetSessionAttributes?: "any" | "read-write";
}

/** The server does not take writes: it was the writer before a failover. The code is that of PostgreSQL for it. */
class ReadOnlyServerError extends Error {
  override readonly name = "ReadOnlyServerError";
  readonly code = readOnlyTransaction;
  readonly severity = "ERROR";

  constructor() {
    super("The server takes no writes.");
  }
}

/** On in recovery, and where the session's default is read-only. */
const writable = { text: "SELECT current_setting('transaction_read_only') = 'off' AS writable" };

/**
 * Ends the server's side of the connection that this statement happens to run on, unless it takes writes. PgBouncer then opens another one,
 * by the name, in place of handing the same one to the next client; without a pool it ends our own connection.
 * @see https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-SIGNAL
 */
const endUnlessWritable = {
  text: "SELECT pg_terminate_backend(pg_backend_pid()) WHERE current_setting('transaction_read_only') = 'on'",
};

const serverConnections = {
  text: `SELECT (SELECT sum(numbackends) FROM pg_stat_database)::int AS used,
                current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int AS most`,
};

export interface Statement {
  readonly text: string;
  /** Values of $1, $2, ...; always pass input from outside here. */
  readonly values?: readonly unknown[];
}

/** The one connection of an execution environment: opened when needed, dropped when it breaks. Not for two at a time. */
export class Connection implements SqlConnection<Statement, QueryResult> {
  private client: Client | undefined;
  private login: Login | undefined;
  private usedAt = 0;
  /** Counts up when everything that is open or being opened is given up. */
  private generation = 0;
  private readonly tls: ConnectionOptions;

  constructor(private readonly settings: PostgresConnectionOptions) {
    const { caFile, host } = settings;
    // The same as sslmode=verify-full: the chain and the name are checked, and nothing is ever sent without TLS.
    this.tls = {
      rejectUnauthorized: true,
      minVersion: "TLSv1.2",
      checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
      ...(isIP(host) === 0 && { servername: host }),
      ...(caFile && { ca: readFileSync(caFile, "utf8") }),
    };
  }

  /** Opens the connection unless it is open, with a login that still holds, within a limit in milliseconds. */
  async open(limitMs: number): Promise<void> {
    const { host, port, database, logins, applicationName } = this.settings;
    const deadlineAt = Date.now() + limitMs;
    // It may break while the login is asked about.
    if (this.client && (await this.holds(limitMs)) && this.client) return;
    this.drop();
    const { generation } = this;
    const login = await inTime(deadlineAt - Date.now(), logins.login());
    const { user, password } = login;
    const client = new Client({
      host,
      port,
      database,
      user,
      password,
      ssl: this.tls,
      connectionTimeoutMillis: Math.max(1, Math.floor(deadlineAt - Date.now())),
      keepAlive: true,
      ...(applicationName && { application_name: applicationName }),
    });
    // Needed while idle too: a server that shuts down says so, and without a listener the error would end the process.
    client.on("error", () => this.drop(client));
    client.on("end", () => this.drop(client));
    try {
      await client.connect();
    } catch (error) {
      this.drop(client);
      throw error;
    }
    if (generation !== this.generation) {
      this.drop(client);
      throw new Error("The connection was given up while it was opened.");
    }
    this.client = client;
    this.login = login;
    this.usedAt = Date.now();
    if (this.settings.targetSessionAttributes === "read-write") await this.requireWritable(deadlineAt - Date.now());
  }

  private async requireWritable(limitMs: number): Promise<void> {
    const { rows } = await this.query<{ writable: boolean }>(writable, limitMs);
    if (!rows[0]?.writable) throw new ReadOnlyServerError();
  }

  private holds(limitMs: number): boolean | Promise<boolean> {
    const { logins } = this.settings;
    return this.login && logins.holds ? inTime(limitMs, logins.holds(this.login)) : true;
  }

  /** Checks a connection that has been idle: after Lambda thawed a function it may be long gone. */
  async check(limitMs: number): Promise<void> {
    if (Date.now() - this.usedAt < this.settings.checkAfterIdleMs) return;
    if (this.settings.targetSessionAttributes === "read-write") return await this.requireWritable(limitMs);
    await this.query({ text: "SELECT 1" }, limitMs);
  }

  /** Runs one statement; if it takes longer than the limit, in milliseconds, the connection is dropped. */
  async query<R extends QueryResultRow>({ text, values }: Statement, limitMs: number): Promise<QueryResult<R>> {
    const client = this.client;
    if (!client) throw new Error("The connection is not open.");
    const timer = setTimeout(() => this.drop(client), Math.max(1, limitMs));
    try {
      return await client.query<R>(text, values && [...values]);
    } finally {
      clearTimeout(timer);
      this.usedAt = Date.now();
    }
  }

  /** Leaves a server that takes no writes, for good: a pool must not hand the same one out again. */
  async leaveReader(limitMs: number): Promise<void> {
    if (this.client) await this.query(endUnlessWritable, limitMs).catch(() => undefined);
    this.drop();
  }

  /** Those of all databases of the server, and what it takes besides those that are kept for administration. */
  async connectionsOfServer(limitMs: number): Promise<ServerConnections | undefined> {
    if (!this.client) return undefined;
    const { rows } = await this.query<{ used: number; most: number }>(serverConnections, limitMs);
    return rows[0];
  }

  /** Closes the connection at once, and one that is being opened as soon as it is. */
  giveUp(): void {
    this.generation += 1;
    this.drop();
  }

  /** Closes the connection at once, even while a statement runs. */
  drop(client = this.client): void {
    if (this.client === client) this.client = undefined;
    client?.end().catch(() => undefined);
  }

  /** Disconnects, and waits until it is done. */
  async close(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    await client?.end();
  }
}

/** A login that takes too long is still fetched, so the next attempt gets it sooner. */
const inTime = <T>(limitMs: number, login: Promise<T>): Promise<T> =>
  within(limitMs, login, "The login took too long.");
