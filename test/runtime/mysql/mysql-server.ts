import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createConnection, type RowDataPacket } from "mysql2/promise";
import type { Certificates } from "../postgres/certificates";
import { freePort, handOver, run, ServerProcess } from "../postgres/server-process";

/** A connection that asks for values of a server's counters. */
export interface Watch {
  status(name: string): Promise<number>;
  /** How many connections the server has besides this one. */
  connections(): Promise<number>;
  end(): Promise<void>;
}

/** A running MariaDB or MySQL that takes connections by TLS only; `root` has no password on its socket. */
export interface MysqlServer {
  readonly port: number;
  /** Whether it is MariaDB, and not MySQL. */
  readonly isMariaDb: boolean;
  /** Folder of the server; readable by the user that it runs as. */
  readonly folder: string;
  /** Runs statements as the owner, one after the other. */
  run(...statements: readonly string[]): Promise<void>;
  /** Rows of a query as the owner. */
  rows<R extends object>(sql: string): Promise<R[]>;
  /** Asks for values of its counters by one connection, which it has besides those of clients. */
  watch(): Promise<Watch>;
  /** Ends the server at once: a crash. */
  crash(): Promise<void>;
  /** Starts it again; it recovers from its log. */
  restart(): Promise<void>;
  /** What the server wrote to its log. */
  log(): string;
  stop(): Promise<void>;
}

/** Debian installs it where only root's PATH leads. EVENKEEL_MYSQLD names another server, such as MySQL's. */
const env = { ...process.env, PATH: [process.env.PATH, "/usr/sbin", "/usr/local/sbin"].join(delimiter) };
const program = process.env.EVENKEEL_MYSQLD ?? "mariadbd";

let version: string | undefined;

/**
 * Whether a server can be run here; synchronous, for `describe` or `describe.skip`. When EVENKEEL_REQUIRE (a list with commas) names
 * `mariadb`, absence throws; otherwise one line says so.
 */
export function hasMysqlServer(): boolean {
  if (version === undefined) {
    const { status, stdout } = spawnSync(program, ["--version"], { encoding: "utf8", env });
    version = status === 0 ? stdout : "";
    const required = (process.env.EVENKEEL_REQUIRE ?? "").split(",").map((name) => name.trim());
    if (!version && required.includes("mariadb")) {
      throw new Error(
        `EVENKEEL_REQUIRE names mariadb, but ${program} does not run here; install it (Debian: apt-get install mariadb-server-core mariadb-client-core) or take mariadb out of EVENKEEL_REQUIRE.`,
      );
    }
    if (!version) process.stderr.write(`No MariaDB here (${program}): its tests are skipped.\n`);
  }
  return version !== "";
}

/** Starts a server of its own in a new folder, with further settings. */
export async function startMysql(
  { ca, certificate, key }: Certificates,
  more: Readonly<Record<string, string | number>> = {},
): Promise<MysqlServer> {
  const isMariaDb = hasMysqlServer() && /MariaDB/.test(version ?? "");
  const folder = mkdtempSync(join(tmpdir(), "evenkeel-mysql-"));
  let started: ServerProcess | undefined;
  try {
    chmodSync(folder, 0o755);
    const data = join(folder, "data");
    const tls = join(folder, "tls");
    for (const path of [data, tls]) mkdirSync(path, { mode: 0o700 });
    for (const [name, text] of Object.entries({ "ca.crt": ca, "server.crt": certificate, "server.key": key })) {
      writeFileSync(join(tls, name), text, { mode: 0o600 });
    }
    for (const path of [data, tls]) handOver(path);
    const options = { cwd: folder, env: { ...env, HOME: folder, TMPDIR: data } };
    if (isMariaDb) {
      const first = [
        "--no-defaults",
        `--datadir=${data}`,
        "--auth-root-authentication-method=normal",
        "--skip-test-db",
      ];
      await run("mariadb-install-db", [...first, "--skip-name-resolve", "--innodb-log-file-size=8M"], options);
    } else await run(program, ["--no-defaults", "--initialize-insecure", `--datadir=${data}`], options);
    const port = await freePort();
    const socket = join(data, "server.sock");
    const settings = {
      datadir: data,
      port,
      "bind-address": "127.0.0.1",
      socket,
      "pid-file": join(data, "server.pid"),
      "ssl-ca": join(tls, "ca.crt"),
      "ssl-cert": join(tls, "server.crt"),
      "ssl-key": join(tls, "server.key"),
      "require-secure-transport": "ON",
      "innodb-buffer-pool-size": "32M",
      "innodb-flush-log-at-trx-commit": 1,
      "skip-name-resolve": "ON",
      ...(isMariaDb ? { "innodb-log-file-size": "8M" } : { mysqlx: "OFF", "secure-file-priv": "NULL" }),
      ...more,
    };
    const args = ["--no-defaults", ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`)];
    const server = new ServerProcess(program, args, options, port);
    started = server;
    const asRoot = async <T>(use: (query: (sql: string) => Promise<RowDataPacket[]>) => Promise<T>): Promise<T> => {
      const client = await createConnection({ socketPath: socket, user: "root" });
      try {
        return await use(async (sql) => (await client.query<RowDataPacket[]>(sql))[0]);
      } finally {
        await client.end();
      }
    };
    const start = async () => {
      await server.start();
      for (let ready = false; !ready; ) {
        ready =
          existsSync(socket) &&
          (await asRoot((query) => query("SELECT 1")).then(
            () => true,
            () => false,
          ));
        if (!ready) await delay(50);
      }
    };
    await start();
    return {
      port,
      isMariaDb,
      folder,
      rows: <R extends object>(sql: string) => asRoot(async (query) => (await query(sql)) as unknown as R[]),
      run: (...statements) =>
        asRoot(async (query) => {
          for (const sql of statements) await query(sql);
        }),
      watch: async () => {
        const client = await createConnection({ socketPath: socket, user: "root" });
        const status = async (name: string) => {
          const [rows] = await client.query<RowDataPacket[]>("SHOW GLOBAL STATUS LIKE ?", [name]);
          return Number(rows[0]?.Value);
        };
        return {
          status,
          connections: async () => (await status("Threads_connected")) - 1,
          end: () => client.end(),
        };
      },
      crash: () => server.stop("SIGKILL"),
      restart: start,
      log: () => server.log,
      stop: async () => {
        await server.stop("SIGKILL");
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await started?.stop("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}
