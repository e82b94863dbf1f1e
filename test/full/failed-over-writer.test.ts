import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { pgbouncerPoolConfig } from "../../modules/pgbouncer-pool";
import { pgbouncerIni } from "../../modules/pgbouncer-pool/pgbouncer-ini";
import { fixedUser } from "../../runtime/postgres/login";
import { createPostgres, type Postgres } from "../../runtime/postgres/postgres";
import { least } from "../modules/pgbouncer-pool/pools";
import { type Certificates, makeCertificates } from "../runtime/postgres/certificates";
import { Load } from "../runtime/postgres/load";
import { MovingEndpoint } from "../runtime/postgres/moving-endpoint";
import { hasPgBouncer, type PgBouncer, startPgBouncer } from "../runtime/postgres/pgbouncer";
import { type PostgresServer, startPostgres } from "../runtime/postgres/postgres-server";
import { until } from "../runtime/until";

const password = "correct-horse-7391";
let asked = 0;
const countedLogins = fixedUser("app", {
  password: async () => {
    asked += 1;
    return password;
  },
  refresh: () => undefined,
});

const writers = 4;
const poolSize = 8;
/** What PgBouncer gets from the module beyond that: the settings by which it leaves readers itself. */
function asDeployed(): { readonly settings: Record<string, string>; readonly ofDatabase: string } {
  const ini = pgbouncerIni({
    config: pgbouncerPoolConfig.parse(least),
    leavesReaders: true,
    databaseHost: "localhost",
    databasePort: 1,
    databaseName: "orders",
    listenPort: 1,
    poolSize,
    maxClientConnections: 100,
  });
  const checks = ini.split("\n").filter((line) => line.startsWith("server_check_"));
  const [ofDatabase = ""] = /connect_query=.*$/m.exec(ini) ?? [];
  return { settings: Object.fromEntries(checks.map((line) => line.split(" = "))), ofDatabase };
}

/** So long that a connection of the pool would never end by itself here. */
const keepsServers = { server_lifetime: "3600", server_idle_timeout: "3600", default_pool_size: String(poolSize) };

describe.each([
  ["directly", true],
  ["through a PgBouncer that does not look", hasPgBouncer()],
  ["through a PgBouncer as deployed", hasPgBouncer()],
] as const)("A writer that a failover makes a reader, connected %s", (way, possible) => {
  const check = possible ? test : test.skip;
  let certificates: Certificates;
  let first: PostgresServer;
  let second: PostgresServer;
  let endpoint: MovingEndpoint;
  let bouncer: PgBouncer | undefined;
  let open: Postgres[] = [];
  let caFile: string;

  const connect = () => {
    const postgres = createPostgres({
      host: "localhost",
      port: bouncer?.port ?? endpoint.port,
      database: "postgres",
      logins: countedLogins,
      caFile,
      deadlineMs: 60_000,
      targetSessionAttributes: "read-write",
    });
    open.push(postgres);
    return postgres;
  };

  beforeEach(async () => {
    if (!possible) return;
    certificates = makeCertificates("localhost");
    first = await startPostgres(certificates, { log_connections: "on" });
    await first.run(`
      CREATE ROLE app LOGIN PASSWORD '${password}';
      CREATE TABLE ledger (id uuid PRIMARY KEY);
      CREATE TABLE account (id int PRIMARY KEY, balance int NOT NULL);
      INSERT INTO account VALUES (1, 0);
      CREATE TABLE journal (id uuid NOT NULL);
      GRANT ALL ON ledger, account, journal TO app;`);
    second = await startPostgres(certificates, {}, first);
    endpoint = await new MovingEndpoint(first.port).open();
    caFile = join(first.folder, "ca.crt");
    writeFileSync(caFile, certificates.ca);
    if (way !== "directly") {
      const { settings, ofDatabase } = way.endsWith("as deployed") ? asDeployed() : { settings: {}, ofDatabase: "" };
      const more = { ...keepsServers, ...settings };
      const target = { folder: first.folder, port: endpoint.port };
      bouncer = await startPgBouncer(target, certificates, { app: password }, more, ofDatabase);
    }
  }, 60_000);
  afterEach(async () => {
    await Promise.all(open.map((postgres) => postgres.end().catch(() => undefined)));
    open = [];
    await bouncer?.stop();
    bouncer = undefined;
    await endpoint?.close();
    await second?.stop();
    await first?.stop();
  });

  /** As with Aurora: the writer comes back as a reader, and the name leads to it for some time yet. */
  async function failOver(): Promise<void> {
    await first.demote(second);
    await second.promote();
    const before = logins();
    // As often as the pool, which waits a second after each, tries again.
    await until(() => logins() >= before + 2);
    endpoint.moveTo(second.port);
  }

  const logins = () => first.log().split("connection authorized: user=app").length;

  check(
    "is left after as many tries as there are connections to it, and no write is lost or done twice",
    async () => {
      const load = new Load(connect);
      const working = load.run(writers);
      await load.progress(20);
      await failOver();
      const askedBefore = asked;
      await load.progress(40);
      const seen = await load.finish(working);
      // Each try either takes one connection to the reader out of the pool or finds the writer.
      expect(asked - askedBefore).toBeLessThanOrEqual(poolSize + 2 * writers);
      await seen.requireKeptOn(second);
    },
    90_000,
  );

  if (way.endsWith("as deployed"))
    check(
      "is hidden from clients that do not look either",
      async () => {
        const write = async () => {
          const client = new Client({
            host: "localhost",
            port: bouncer?.port,
            database: "postgres",
            user: "app",
            password,
            ssl: { ca: certificates.ca },
          });
          client.on("error", () => undefined);
          try {
            await client.connect();
            await client.query("INSERT INTO journal VALUES (gen_random_uuid())");
            return "written";
          } catch (error) {
            return String((error as { code?: unknown }).code);
          } finally {
            await client.end().catch(() => undefined);
          }
        };
        const outcomes = [await write()];
        let moved = false;
        const writing = (async () => {
          while (!moved || outcomes.at(-1) !== "written") outcomes.push(await write());
        })();
        await failOver();
        moved = true;
        await writing;
        expect(outcomes.filter((outcome) => outcome === "25006")).toEqual([]);
        const written = outcomes.filter((outcome) => outcome === "written").length;
        const [{ count = 0 } = {}] = await second.rows<{ count: number }>("SELECT count(*)::int AS count FROM journal");
        // A connection that broke during a write says nothing of it.
        expect(count).toBeGreaterThanOrEqual(written);
        expect(count).toBeLessThanOrEqual(outcomes.length);
      },
      90_000,
    );
});
