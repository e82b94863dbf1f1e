import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, isIP, type Socket } from "node:net";
import {
  type ConnectionOptions,
  createConnection,
  type FieldPacket,
  type Connection as MysqlClient,
  type QueryError,
  type ResultSetHeader,
  type RowDataPacket,
} from "mysql2";
import type { Login, LoginSource } from "../postgres/login.js";
import { within } from "../resilience/deadline.js";
import type { ServerConnections, SqlConnection } from "../sql/connection.js";
import { readOnlyServer } from "./error-numbers.js";

/** Where and how to connect; times in milliseconds. */
export interface MysqlConnectionOptions {
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
  /** Idle time after which the connection is checked before it is trusted with work that cannot be repeated. */
  readonly checkAfterIdleMs: number;
  /** `read-write` accepts only a server that takes writes: a name may lead to the writer of before a failover. `any` by default. */
  readonly targetSessionAttributes?: "any" | "read-write";
  /**
   * How reads follow the writes that a standby region forwards: without it, an Aurora MySQL cluster forwards none. It is set in the session,
   * so not behind a proxy, which sets it itself.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-write-forwarding-ams.html
   */
  readonly readConsistency?: "EVENTUAL" | "SESSION" | "GLOBAL";
}

export interface Statement {
  readonly text: string;
  /** Values of ?, ?, ..., which the driver escapes; always pass input from outside here. Not for names of tables and columns. */
  readonly values?: readonly unknown[];
}

/** What a statement answered. */
export interface MysqlResult<R = RowDataPacket> {
  /** Rows of a query; none of another statement. */
  readonly rows: R[];
  /** Rows that a statement inserted, changed or deleted; 0 of a query. */
  readonly affectedRows: number;
  /** The first value that AUTO_INCREMENT gave, as text if it is above 2^53; 0 if it gave none. */
  readonly insertId: number | string;
}

/** The server does not take writes: it was the writer before a failover. The number is that of MySQL for it. */
class ReadOnlyServerError extends Error {
  override readonly name = "ReadOnlyServerError";
  readonly errno = readOnlyServer;

  constructor() {
    super("The server takes no writes.");
  }
}

/** A reader of Aurora says both; a server that follows another one by its log only the first. */
const writable = { text: "SELECT @@GLOBAL.read_only = 0 AND @@GLOBAL.innodb_read_only = 0 AS writable" };
const mostConnections = { text: "SELECT @@GLOBAL.max_connections AS most" };
const usedConnections = { text: "SHOW GLOBAL STATUS LIKE 'Threads_connected'" };

/** The one connection of an execution environment: opened when needed, dropped when it breaks. Not for two at a time. */
export class Connection implements SqlConnection<Statement, MysqlResult> {
  private client: MysqlClient | undefined;
  private socket: Socket | undefined;
  /** Rejects what the connection is doing: the driver never answers it once the connection is destroyed. */
  private fail: ((error: Error) => void) | undefined;
  private login: Login | undefined;
  private usedAt = 0;
  /** The server's `max_connections`, which only changes with its capacity. */
  private most: number | undefined;
  /** Counts up when everything that is open or being opened is given up. */
  private generation = 0;
  private readonly tls: NonNullable<ConnectionOptions["ssl"]>;

  constructor(private readonly settings: MysqlConnectionOptions) {
    const { caFile, host } = settings;
    // The driver would compare the certificate with "localhost".
    if (isIP(host) !== 0) throw new TypeError("The host of a database is a name, which its certificate is for.");
    // The chain and the name are checked, and nothing is ever sent without TLS.
    this.tls = {
      rejectUnauthorized: true,
      verifyIdentity: true,
      minVersion: "TLSv1.2",
      ...(caFile && { ca: readFileSync(caFile, "utf8") }),
    };
  }

  async open(limitMs: number): Promise<void> {
    const { host, port, database, logins, targetSessionAttributes, readConsistency } = this.settings;
    const deadlineAt = Date.now() + limitMs;
    // It may break while the login is asked about.
    if (this.client && (await this.holds(limitMs)) && this.client) return;
    this.drop();
    const { generation } = this;
    const login = await inTime(deadlineAt - Date.now(), logins.login());
    // Our own, as the driver does not say when it is closed, once TLS runs on it.
    const socket = connect({ host, port, noDelay: true, keepAlive: true });
    const client = createConnection({
      host,
      port,
      stream: socket,
      database,
      user: login.user,
      password: login.password,
      ssl: this.tls,
      connectTimeout: Math.max(1, Math.floor(deadlineAt - Date.now())),
      // Tokens of IAM go to the server as they are, by TLS, which is always checked here.
      enableCleartextPlugin: true,
      charset: "utf8mb4",
      timezone: "Z",
      supportBigNumbers: true,
      // An object as a value would else become part of the statement, `name = value`.
      stringifyObjects: true,
      // Lambda functions need no code that is made at run time.
      disableEval: true,
    });
    this.client = client;
    this.socket = socket;
    // Needed while idle too: a server that shuts down says so, and without a listener the error would end the process.
    client.on("error", (error: Error) => this.drop(client, error));
    socket.on("close", () => this.drop(client));
    try {
      await this.answered<void>(client, deadlineAt - Date.now(), (done) => client.connect((error) => done(error)));
    } catch (error) {
      this.drop(client);
      throw error;
    }
    if (generation !== this.generation) {
      this.drop(client);
      throw new Error("The connection was given up while it was opened.");
    }
    this.login = login;
    this.usedAt = Date.now();
    if (targetSessionAttributes === "read-write") await this.requireWritable(deadlineAt - Date.now());
    if (readConsistency) {
      const text = "SET SESSION aurora_replica_read_consistency = ?";
      await this.query({ text, values: [readConsistency] }, deadlineAt - Date.now());
    }
  }

  private async requireWritable(limitMs: number): Promise<void> {
    const { rows } = await this.query(writable, limitMs);
    if (!Number(rows[0]?.writable)) throw new ReadOnlyServerError();
  }

  private holds(limitMs: number): boolean | Promise<boolean> {
    const { logins } = this.settings;
    return this.login && logins.holds ? inTime(limitMs, logins.holds(this.login)) : true;
  }

  async check(limitMs: number): Promise<void> {
    if (Date.now() - this.usedAt < this.settings.checkAfterIdleMs) return;
    if (this.settings.targetSessionAttributes === "read-write") return await this.requireWritable(limitMs);
    await this.query({ text: "SELECT 1" }, limitMs);
  }

  async query({ text, values = [] }: Statement, limitMs: number): Promise<MysqlResult> {
    const client = this.client;
    if (!client) throw new Error("The connection is not open.");
    try {
      return await this.answered<MysqlResult>(client, limitMs, (done) =>
        client.query(text, [...values], (error: QueryError | null, result: Answer, _fields: FieldPacket[]) =>
          done(error, error ? undefined : resultOf(result)),
        ),
      );
    } finally {
      this.usedAt = Date.now();
    }
  }

  /** There is nothing to end but our own connection: a proxy knows by itself which server writes. */
  async leaveReader(): Promise<void> {
    this.drop();
  }

  async connectionsOfServer(limitMs: number): Promise<ServerConnections | undefined> {
    if (!this.client) return undefined;
    this.most ??= Number((await this.query(mostConnections, limitMs)).rows[0]?.most);
    const { rows } = await this.query(usedConnections, limitMs);
    return { used: Number(rows[0]?.Value), most: this.most };
  }

  giveUp(): void {
    this.generation += 1;
    this.drop();
  }

  drop(client = this.client, error: Error = new Error("The connection was closed.")): void {
    if (!client || this.client !== client) return;
    this.client = undefined;
    this.most = undefined;
    client.destroy();
    this.socket?.destroy();
    this.fail?.(error);
  }

  /** Says goodbye, so that the server has the connection back when this is done. */
  async close(): Promise<void> {
    const { client, socket } = this;
    this.client = undefined;
    if (!client || !socket || socket.destroyed) return;
    const closed = once(socket, "close");
    client.end();
    await closed;
  }

  /** Waits for an answer, and drops the connection when it takes longer than the limit. */
  private async answered<T>(
    client: MysqlClient,
    limitMs: number,
    ask: (done: (error: Error | null, answer?: T) => void) => void,
  ): Promise<T> {
    const timer = setTimeout(
      () => this.drop(client, new Error("The database took too long.")),
      // An invocation that ends at the same time says so first.
      Math.max(1, Math.ceil(limitMs)) + 5,
    );
    try {
      return await new Promise<T>((resolve, reject) => {
        this.fail = reject;
        ask((error, answer) => (error ? reject(error) : resolve(answer as T)));
      });
    } finally {
      this.fail = undefined;
      clearTimeout(timer);
    }
  }
}

type Answer = RowDataPacket[] | ResultSetHeader;

function resultOf(answer: Answer): MysqlResult {
  if (Array.isArray(answer)) return { rows: answer, affectedRows: 0, insertId: 0 };
  return { rows: [], affectedRows: answer.affectedRows, insertId: answer.insertId };
}

/** A login that takes too long is still fetched, so the next attempt gets it sooner. */
const inTime = <T>(limitMs: number, login: Promise<T>): Promise<T> =>
  within(limitMs, login, "The login took too long.");
