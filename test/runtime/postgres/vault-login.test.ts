import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type PostgresEndpoints, postgresFromEnvironment } from "../../../runtime/postgres/from-environment";
import type { Postgres } from "../../../runtime/postgres/postgres";
import { type ShiftedTime, shiftTime } from "../shifted-time";
import { databaseLoginVariables, FakeDatabaseEngine, type Lives } from "../vault/fake-database-engine";
import { type FakeVault, startFakeVault } from "../vault/fake-vault";
import { makeCertificates } from "./certificates";
import { type PostgresServer, startPostgres } from "./postgres-server";

const creation = [
  `CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' IN ROLE ledger_access`,
];
/** Leaves sessions open, but without the rights of the role. */
const drop = `DROP ROLE IF EXISTS "{{name}}"`;
const endSessions = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{{name}}'`;
const long: Lives = { lease: 3_600, leaseMax: 86_400, token: 3_600, tokenMax: 86_400 };
const short: Lives = { lease: 3, leaseMax: 7, token: 5, tokenMax: 11 };
const once = { idempotent: false };

describe("A database login that Vault makes", () => {
  let server: PostgresServer;
  let vault: FakeVault;
  let engine: FakeDatabaseEngine;
  let caFile: string;
  let open: Postgres[] = [];
  let time: ShiftedTime;
  const outside = process.env;

  beforeAll(async () => {
    time = shiftTime();
    process.env = { ...outside, AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI" };
    const certificates = makeCertificates("localhost");
    [server, vault] = await Promise.all([startPostgres(certificates), startFakeVault()]);
    caFile = join(server.folder, "ca.crt");
    writeFileSync(caFile, certificates.ca);
    await server.run(`
      CREATE ROLE ledger_access NOLOGIN;
      CREATE TABLE entry (id int GENERATED ALWAYS AS IDENTITY, username text DEFAULT current_user);
      GRANT INSERT, SELECT ON entry TO ledger_access`);
  }, 60_000);
  afterEach(async () => {
    await Promise.all(open.map((postgres) => postgres.end().catch(() => undefined)));
    open = [];
    await engine.revokeAll();
    expect(engine.failures).toEqual([]);
  });
  afterAll(async () => {
    time.restore();
    process.env = outside;
    await vault?.stop();
    await server?.stop();
  });

  /** Lets time pass at once, and what ends in it end. */
  const pass = async (ms: number) => {
    time.advance(ms);
    await engine.expire();
  };

  /** The database of a new execution environment, and an engine that knows of no user yet. */
  function deployed(lives: Lives, revocation = [drop]): PostgresEndpoints {
    engine = new FakeDatabaseEngine(vault, (sql) => server.run(sql), { creation, revocation }, lives);
    return postgresFromEnvironment({
      variables: {
        ...databaseLoginVariables(vault.url),
        DATABASE_HOST: "localhost",
        DATABASE_READER_HOST: "localhost",
        DATABASE_PORT: String(server.port),
        DATABASE_NAME: "postgres",
        DATABASE_USER: "ledger_access",
        DATABASE_AUTHENTICATION: "vault",
        DATABASE_CA_FILE: caFile,
      },
    });
  }
  const kept = (postgres: Postgres): Postgres => {
    open.push(postgres);
    return postgres;
  };
  const insert = async (postgres: Postgres): Promise<string> => {
    const text = "INSERT INTO entry DEFAULT VALUES RETURNING username";
    const [row] = (await postgres.query<{ username: string }>({ text }, once)).rows;
    return row?.username ?? "nobody";
  };

  test("is one for the writer and the reader, made when it is first needed", async () => {
    const database = deployed(long);
    expect(vault.received).toEqual([]);
    const user = await insert(kept(database.writer()));
    const { rows } = await kept(database.reader()).query({ text: "SELECT current_user AS user" }, once);
    expect([user, rows[0]?.user]).toEqual([engine.made[0], engine.made[0]]);
    expect(engine.made).toHaveLength(1);
  });

  test("fails no query, though users, and tokens with them, come to their ends while queries run", async () => {
    const database = deployed(short);
    const [{ before = 0 } = {}] = await server.rows<{ before: number }>("SELECT count(*)::int AS before FROM entry");
    const failures: string[] = [];
    const users = new Set<string>();
    let done = 0;
    const work = async (postgres: Postgres, ends = false) => {
      await insert(postgres).then(
        (user) => {
          users.add(user);
          done += 1;
        },
        (error: Error) => failures.push(`${error}: ${error.cause}`),
      );
      if (ends) await postgres.end();
    };
    const lasting = kept(database.writer());
    const quiet = kept(database.writer());
    // 13 s in steps of a quarter of a second, each with a query before its end and one across it.
    for (let step = 0; step < 52; step += 1) {
      await work(lasting);
      await Promise.all([
        pass(250),
        work(lasting),
        ...(step % 6 === 0 ? [work(quiet)] : []),
        work(database.writer(), true),
      ]);
    }

    expect(failures).toEqual([]);
    expect(users.size).toBeGreaterThanOrEqual(3);
    expect([...users].sort()).toEqual([...engine.made].sort());
    expect(engine.renewals).toBeGreaterThanOrEqual(2);
    expect(engine.tokens.length).toBeGreaterThanOrEqual(2);
    const [{ count = 0 } = {}] = await server.rows<{ count: number }>("SELECT count(*)::int FROM entry");
    expect(count - before).toBe(done);
    expect(done).toBeGreaterThan(100);
    const [{ left = 0 } = {}] = await server.rows<{ left: number }>(
      "SELECT count(*)::int AS left FROM pg_roles WHERE rolname LIKE 'v-aws-%'",
    );
    expect(left).toBeLessThanOrEqual(2);
  }, 40_000);

  test("is another one after a pause in which the first one's lease ended", async () => {
    const postgres = kept(deployed(short).writer());
    const first = await insert(postgres);
    await pass(4_000);
    expect(await server.rows(`SELECT 1 FROM pg_roles WHERE rolname = '${first}'`)).toEqual([]);
    expect([first, await insert(postgres)]).toEqual([engine.made[0], engine.made[1]]);
  }, 20_000);

  test("is replaced when the database refuses it, because an operator took it away", async () => {
    const postgres = kept(deployed(long, [endSessions, drop]).writer());
    const first = await insert(postgres);
    await pass(2_100);
    await engine.revokeAll();
    expect([first, await insert(postgres)]).toEqual([engine.made[0], engine.made[1]]);
    expect(engine.tokens).toHaveLength(1);
  }, 20_000);

  test("is waited for where the database does not know it yet, as on a reader that lags behind", async () => {
    const database = deployed(long);
    engine.lag = 100;
    expect(await insert(kept(database.writer()))).toBe(engine.made[0]);
    expect(engine.made).toHaveLength(1);
  }, 20_000);

  test("is used on while Vault is away", async () => {
    const postgres = kept(deployed({ ...long, lease: 9, leaseMax: 9 }).writer());
    const first = await insert(postgres);
    vault.routes = {};
    await pass(6_500);
    expect(await insert(postgres)).toBe(first);
  }, 20_000);
});

describe("postgresFromEnvironment, with Vault", () => {
  test("names what the function was not told", () => {
    const variables = {
      AWS_REGION: "eu-west-1",
      DATABASE_PORT: "5432",
      DATABASE_NAME: "ledger",
      DATABASE_USER: "ledger_access",
      DATABASE_AUTHENTICATION: "vault",
      VAULT_ADDR: "https://vault.example.com",
    };
    expect(() => postgresFromEnvironment({ variables })).toThrow(
      /5 environment variables.*VAULT_SERVER_ID is missing.*VAULT_AUTH_MOUNT.*VAULT_ROLE.*VAULT_DATABASE_MOUNT.*VAULT_DATABASE_ROLE/,
    );
  });
});
