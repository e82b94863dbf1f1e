import { once } from "node:events";
import { connect as connectSocket } from "node:net";
import { createConnection, type RowDataPacket } from "mysql2";
import { invocationTime } from "../invocation/time.js";
import type { UserLogin } from "../postgres/rotating-user.js";

/** One open connection. */
export interface MysqlSession {
  /** The server's number of it, which `KILL` takes. */
  readonly id: number;
  query(text: string, values?: readonly unknown[]): Promise<readonly RowDataPacket[]>;
  end(): Promise<void>;
}

/** Opens a connection with a login; rejects if the database refuses it. */
export type MysqlConnect = (login: UserLogin) => Promise<MysqlSession>;

/** Where a database is, and how its sessions are. */
export interface MysqlSessionOptions {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  /** Certificates of the authorities to trust, in PEM; those of Node.js and of NODE_EXTRA_CA_CERTS if left out. */
  readonly ca?: string;
  /** Longest wait for an answer, in milliseconds, after which the connection is dropped; `Infinity` if something else limits it. */
  readonly answerTimeoutMs: number;
  /** Whether logins are tokens of IAM, which go to the server as they are, by TLS. */
  readonly tokens?: boolean;
}

/**
 * Connections for what administers a database, over TLS with the server's certificate verified, each given up after 5 s. A connection
 * ends with the invocation.
 */
export function mysqlSessions(options: MysqlSessionOptions): MysqlConnect {
  const { host, port, database, ca, answerTimeoutMs, tokens = false } = options;
  return async ({ username, password }) => {
    const socket = connectSocket({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 10_000 });
    const client = createConnection({
      host,
      port,
      stream: socket,
      database,
      user: username,
      password,
      ssl: { rejectUnauthorized: true, verifyIdentity: true, minVersion: "TLSv1.2", ...(ca !== undefined && { ca }) },
      connectTimeout: 5_000,
      enableCleartextPlugin: tokens,
      charset: "utf8mb4",
      timezone: "Z",
      supportBigNumbers: true,
      disableEval: true,
    });
    // An unhandled error event would end the process with the connection's details.
    client.on("error", () => undefined);
    // Nothing is left to run or to hold locks while Lambda freezes the function.
    const end = () => void socket.destroy();
    const { signal } = invocationTime() ?? {};
    signal?.addEventListener("abort", end, { once: true });
    const gone = once(socket, "close").then(() => {
      throw new Error("The connection was closed.");
    });
    gone.catch(() => undefined);
    const answered = <T>(
      limitMs: number,
      ask: (done: (error: Error | null, answer?: T) => void) => void,
    ): Promise<T> => {
      const answer = new Promise<T>((resolve, reject) => {
        ask((error, value) => (error ? reject(error) : resolve(value as T)));
      });
      const timer = Number.isFinite(limitMs) ? setTimeout(() => socket.destroy(), limitMs) : undefined;
      return Promise.race([answer, gone]).finally(() => clearTimeout(timer));
    };
    try {
      await answered<void>(10_000, (done) => client.connect((error) => done(error)));
    } catch (error) {
      socket.destroy();
      throw error;
    }
    return {
      id: client.threadId ?? 0,
      query: (text, values = []) =>
        answered<readonly RowDataPacket[]>(answerTimeoutMs, (done) =>
          client.query<RowDataPacket[]>(text, [...values], (error, rows) => done(error, rows)),
        ),
      async end() {
        signal?.removeEventListener("abort", end);
        client.end();
        await gone.catch(() => undefined);
      },
    };
  };
}
