import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { Client, type ClientConfig } from "pg";
import { PostgresUsers } from "../../../handlers/secret-rotation/postgres-users";
import { scramVerifier } from "../../../handlers/secret-rotation/scram";
import { loginLookupSql } from "../../../modules/pgbouncer-pool";
import { logPatterns } from "../../../modules/pgbouncer-pool/pool-alarms";
import { type Certificates, makeCertificates } from "../../runtime/postgres/certificates";
import { hasPgBouncer } from "../../runtime/postgres/pgbouncer";
import { type PostgresServer, startPostgres } from "../../runtime/postgres/postgres-server";
import { freePort, handOver, unprivileged } from "../../runtime/postgres/server-process";
import { built, cluster, containerOf, iniOf, least } from "./pools";

/** Debian installs it where only root's PATH leads. */
const PATH = [process.env.PATH, "/usr/sbin", "/usr/local/sbin"].join(delimiter);
const lookupPassword = "look-only-4711";
const password = "correct-horse-7391";

/** The command of a container, running here. */
interface Pool {
  readonly port: number;
  log(): string;
  /** Waits until the log has this text. @throws Error with the log when the container ends before */
  says(text: string): Promise<void>;
  /** Ends it as ECS does, and answers its exit code. */
  terminate(): Promise<number | null>;
}

/** Known from 1.21 on, and refused before. */
function withoutUnknownSettings(ini: string): string {
  const [, minor = "0"] =
    /PgBouncer 1\.(\d+)/.exec(spawnSync("pgbouncer", ["--version"], { env: { PATH }, encoding: "utf8" }).stdout) ?? [];
  return Number(minor) >= 21 ? ini : ini.replace(/^max_prepared_statements.*\n/m, "");
}

(hasPgBouncer() ? describe : describe.skip)("The container of a PgBouncerPool", () => {
  let certificates: Certificates;
  let server: PostgresServer;
  const running: ChildProcess[] = [];
  const clients: Client[] = [];

  /** Runs what the task definition says, with another folder and port, and the secrets as ECS passes them. */
  async function startPool(config: object = {}, secrets: Record<string, string> = {}): Promise<Pool> {
    const database = { writerEndpoint: "localhost", readerEndpoint: "localhost" };
    const container = containerOf(
      built({
        config: { ...least, ...config },
        cluster: { ...cluster, port: server.port, databaseName: "postgres" },
        database,
        concurrency: 4,
      }),
      "writer",
    );
    const port = await freePort();
    const folder = join(server.folder, `pool-${port}`);
    mkdirSync(folder);
    handOver(folder);
    const ini = withoutUnknownSettings(iniOf(container)).replace(/^listen_port = .*$/m, `listen_port = ${port}`);
    const values: Record<string, string> = {
      LOOKUP_PASSWORD: lookupPassword,
      SERVER_CERTIFICATE: certificates.certificate,
      SERVER_PRIVATE_KEY: certificates.key,
      DATABASE_AUTHORITIES: certificates.ca,
      ...secrets,
    };
    const env = {
      PATH,
      ...Object.fromEntries(container.environment.map(({ name, value }) => [name, value])),
      ...Object.fromEntries(container.secrets.map(({ name }) => [name, values[name]])),
      PGBOUNCER_INI: ini,
      RUN_FOLDER: join(folder, "writer"),
    };
    const child = spawn("/bin/sh", ["-c", container.command[0]], {
      ...unprivileged,
      cwd: folder,
      env,
      // A group of its own, so that nothing is left behind.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.push(child);
    let log = "";
    const outputs = [child.stdout, child.stderr];
    for (const output of outputs) {
      output.setEncoding("utf8").on("data", (chunk: string) => {
        log += chunk;
      });
    }
    const says = (text: string) =>
      new Promise<void>((resolve, reject) => {
        const look = () => log.includes(text) && resolve();
        for (const output of outputs) output.on("data", look);
        child.once("close", () => reject(new Error(`the container ends without saying "${text}": ${log}`)));
        look();
      });
    await says("process up");
    return {
      says,
      port,
      log: () => log,
      terminate: async () => {
        child.kill("SIGTERM");
        const [code] = (await once(child, "exit")) as [number | null];
        return code;
      },
    };
  }

  async function connect({ port }: Pool, options: ClientConfig = {}): Promise<Client> {
    const client = new Client({
      host: "localhost",
      port,
      database: "postgres",
      user: "app",
      password,
      ssl: { ca: certificates.ca },
      ...options,
    });
    client.on("error", () => undefined);
    await client.connect();
    clients.push(client);
    return client;
  }

  beforeAll(async () => {
    certificates = makeCertificates("localhost");
    server = await startPostgres(certificates);
    await server.run(`
      CREATE ROLE pool_lookup LOGIN PASSWORD '${scramVerifier(lookupPassword)}';
      CREATE ROLE administrator LOGIN CREATEROLE;
      GRANT CREATE ON DATABASE postgres TO administrator;
      SET ROLE administrator;
      ${loginLookupSql("pool_lookup")}
      RESET ROLE;
      CREATE ROLE app_role;
      CREATE ROLE unknown_to_pool LOGIN PASSWORD '${password}';
      CREATE ROLE expired LOGIN PASSWORD '${password}' VALID UNTIL '2020-01-01';
      SELECT pooling.remember('expired', '${scramVerifier(password)}');`);
    await rotate("app", password);
  }, 60_000);

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.end().catch(() => undefined)));
    for (const { pid } of running.splice(0)) {
      try {
        if (pid) process.kill(-pid, "SIGKILL");
      } catch {
        // The group has ended.
      }
    }
  });

  afterAll(() => server?.stop());

  /** What the rotation function does with a user. */
  async function rotate(username: string, newPassword: string): Promise<void> {
    const users = new PostgresUsers(async () => {
      const client = new Client({
        host: join(server.folder, "sockets"),
        port: server.port,
        user: "postgres",
        database: "postgres",
      });
      await client.connect();
      return {
        query: (text, values) => client.query(text, values ? [...values] : undefined),
        end: () => client.end(),
      };
    }, "app_role");
    await users.set("setSecret", { username: "postgres", password: "" }, { username, password: newPassword });
  }

  test("lets a user in whose login it looks up, over TLS on both sides, and runs queries and transactions", async () => {
    const client = await connect(await startPool());
    const { rows } = await client.query(
      "SELECT current_user AS name, ssl, $1::int + 1 AS sum FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
      [41],
    );
    expect(rows).toEqual([{ name: "app", ssl: true, sum: 42 }]);
    await client.query("BEGIN");
    await client.query("CREATE TEMPORARY TABLE mine (id int) ON COMMIT DROP");
    expect((await client.query("COMMIT")).command).toBe("COMMIT");
  });

  test("lets nobody in with a wrong password, an expired one or no login that it could look up, or without TLS", async () => {
    const pool = await startPool();
    const refused = (options: ClientConfig) => expect(connect(pool, options)).rejects;
    await refused({ password: "wrong" }).toThrow(/SASL authentication failed|authentication failed/);
    // The older versions say more than the newer ones.
    await refused({ user: "unknown_to_pool" }).toThrow(/no such user|authentication failed/);
    await refused({ user: "expired" }).toThrow(/no such user|authentication failed/);
    await refused({ ssl: false }).toThrow(/SSL required/);
    await refused({ user: "pool_lookup", password: "wrong" }).toThrow(/authentication failed/);
    await (await connect(pool)).query("SELECT 1");
  });

  test("takes the password that a rotation sets at once, without a new start, and the old one no more", async () => {
    await rotate("rotated", "first-password");
    const pool = await startPool();
    await (await connect(pool, { user: "rotated", password: "first-password" })).query("SELECT 1");
    await rotate("rotated", "second-password");
    await expect(connect(pool, { user: "rotated", password: "first-password" })).rejects.toThrow(
      /authentication failed/,
    );
    await (await connect(pool, { user: "rotated", password: "second-password" })).query("SELECT 1");
  });

  test("does not talk to a database whose certificate it cannot verify", async () => {
    const pool = await startPool({}, { DATABASE_AUTHORITIES: makeCertificates("localhost").ca });
    await expect(connect(pool, { connectionTimeoutMillis: 1_500 })).rejects.toThrow();
    expect(pool.log()).toMatch(/TLS handshake error/);
  });

  test("lets a transaction end when it is told to stop, and takes nobody new", async () => {
    const pool = await startPool();
    const client = await connect(pool);
    await client.query("BEGIN");
    await client.query("SELECT 1");
    const ended = pool.terminate();
    await pool.says("got SIGINT");
    expect((await client.query("COMMIT")).command).toBe("COMMIT");
    expect(await ended).toBe(0);
    await expect(connect(pool)).rejects.toThrow();
  });

  test("logs what its alarms look for, and no statement, password or key", async () => {
    const pool = await startPool({ maxClientConnections: 5, queryWaitTimeoutSeconds: 1 });
    const busy = await Promise.all(Array.from({ length: 5 }, () => connect(pool)));
    await expect(connect(pool)).rejects.toThrow(logPatterns.rejected);
    // Three database connections for each user: 4 executions and headroom, halved over two tasks.
    await Promise.all(busy.slice(0, 3).map((client) => client.query("BEGIN; SELECT 'a-statement'")));
    await expect(busy[3]?.query("SELECT 1")).rejects.toThrow(logPatterns.waits);
    await server.run("ALTER ROLE app WITH NOLOGIN");
    await server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'");
    await server.run("ALTER ROLE app WITH LOGIN PASSWORD 'another'");
    await expect(busy[4]?.query("SELECT 1")).rejects.toThrow();
    const log = pool.log();
    for (const pattern of Object.values(logPatterns)) expect(log).toContain(pattern);
    for (const hidden of ["a-statement", lookupPassword, password, "PRIVATE KEY"]) expect(log).not.toContain(hidden);
  });

  test("refuses a lookup password that its file of users cannot hold", async () => {
    await expect(startPool({}, { LOOKUP_PASSWORD: 'a"b' })).rejects.toThrow(
      "holds a double quote; give it one without",
    );
  });
});
