import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import {
  ConflictError,
  InternalError,
  NotFoundError,
  UnavailableError,
  UnprocessableError,
} from "../../../runtime/errors/service-errors";
import { OutcomeUnknownError } from "../../../runtime/postgres/errors";
import { fixedUser, type LoginSource } from "../../../runtime/postgres/login";
import { createPostgres, type Postgres, type PostgresOptions } from "../../../runtime/postgres/postgres";
import { type Certificates, makeCertificates } from "./certificates";
import { Load } from "./load";
import { hasPgBouncer, type PgBouncer, startPgBouncer } from "./pgbouncer";
import { type PostgresServer, startPostgres } from "./postgres-server";

const password = "correct-horse-7391";
const once = { idempotent: false };
const repeatable = { idempotent: true };

const fixed = (value: string): LoginSource =>
  fixedUser("app", { password: async () => value, refresh: () => undefined });

let certificates: Certificates;
let server: PostgresServer;
let caFile: string;
let open: Postgres[] = [];

const connect = (port: number, options: Partial<PostgresOptions> = {}): Postgres => {
  const postgres = createPostgres({
    host: "localhost",
    port,
    database: "postgres",
    logins: fixed(password),
    caFile,
    ...options,
  });
  open.push(postgres);
  return postgres;
};

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => {
      throw new Error("nothing was thrown");
    },
    (error: unknown) => error,
  );

beforeAll(async () => {
  certificates = makeCertificates("localhost");
  server = await startPostgres(certificates);
  caFile = join(server.folder, "ca.crt");
  writeFileSync(caFile, certificates.ca);
  await server.run(`
    CREATE ROLE app LOGIN PASSWORD '${password}';
    CREATE TABLE ledger (id uuid PRIMARY KEY);
    CREATE TABLE account (id int PRIMARY KEY, balance int NOT NULL CHECK (balance >= 0));
    INSERT INTO account VALUES (1, 0), (2, 0);
    CREATE TABLE journal (id uuid NOT NULL);
    GRANT ALL ON ledger, account, journal TO app;`);
}, 60_000);

afterEach(async () => {
  await Promise.all(open.map((postgres) => postgres.end().catch(() => undefined)));
  open = [];
});

afterAll(() => server?.stop());

describe("createPostgres", () => {
  test("connects by TLS to the name in the certificate, and passes values apart from the statement", async () => {
    const postgres = connect(server.port, { applicationName: "orders" });
    const { rows } = await postgres.query(
      {
        text: "SELECT ssl, application_name, $1::text AS value FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE pid = pg_backend_pid()",
        values: ["'; DROP TABLE ledger"],
      },
      repeatable,
    );
    expect(rows).toEqual([{ ssl: true, application_name: "orders", value: "'; DROP TABLE ledger" }]);
  });

  test("refuses at once a server whose name is not in its certificate, or whose authority is not trusted", async () => {
    const startedAt = Date.now();
    const otherName = await caught(connect(server.port, { host: "127.0.0.1" }).query({ text: "SELECT 1" }, repeatable));
    expect(otherName).toBeInstanceOf(InternalError);
    expect(otherName).toMatchObject({ cause: { code: "ERR_TLS_CERT_ALTNAME_INVALID" } });
    const unknown = await caught(connect(server.port, { caFile: undefined }).query({ text: "SELECT 1" }, repeatable));
    expect(unknown).toMatchObject({ cause: { code: expect.stringMatching(/UNABLE_TO_VERIFY|SELF_SIGNED/) } });
    expect(Date.now() - startedAt).toBeLessThan(2_000);
  });

  test("keeps one connection for all calls, which take turns", async () => {
    const postgres = connect(server.port);
    const pids = await Promise.all(
      Array.from({ length: 5 }, () =>
        postgres.query<{ pid: number }>({ text: "SELECT pg_backend_pid() AS pid" }, repeatable),
      ),
    );
    expect(new Set(pids.map(({ rows }) => rows[0]?.pid)).size).toBe(1);
  });

  test("asks for a new password once when one is refused, and never shows it", async () => {
    let asked = 0;
    let refreshed = 0;
    const logins: LoginSource = {
      login: async () => ({ user: "app", password: asked++ === 0 ? "expired-secret" : password }),
      refresh: () => void refreshed++,
    };
    await connect(server.port, { logins }).query({ text: "SELECT 1" }, once);
    expect([asked, refreshed]).toEqual([2, 1]);
    const error = await caught(
      connect(server.port, { logins: fixed("wrong-secret") }).query({ text: "SELECT 1" }, once),
    );
    expect(error).toBeInstanceOf(UnavailableError);
    expect(JSON.stringify({ ...(error as object), text: String(error) })).not.toContain("wrong-secret");
  });

  test("gives up a statement that takes too long, and goes on with another connection", async () => {
    const postgres = connect(server.port, { statementTimeoutMs: 300, deadlineMs: 600 });
    const startedAt = Date.now();
    expect(await caught(postgres.query({ text: "SELECT pg_sleep(5)" }, repeatable))).toBeInstanceOf(UnavailableError);
    expect(Date.now() - startedAt).toBeLessThan(1_500);
    expect((await postgres.query({ text: "SELECT 1 AS one" }, repeatable)).rows).toEqual([{ one: 1 }]);
  });

  test("tells what the database refuses, without saying more than that", async () => {
    const postgres = connect(server.port);
    const id = randomUUID();
    const insert = { text: "INSERT INTO ledger VALUES ($1)", values: [id] };
    await postgres.query(insert, once);
    const conflict = await caught(postgres.query(insert, once));
    expect(conflict).toBeInstanceOf(ConflictError);
    expect(String(conflict)).not.toContain(id);
    const broken = { text: "UPDATE account SET balance = -1 WHERE id = 2" };
    expect(await caught(postgres.query(broken, once))).toBeInstanceOf(UnprocessableError);
    expect(await caught(postgres.query({ text: "SELEC" }, repeatable))).toBeInstanceOf(InternalError);
  });

  test("rolls a transaction back when its function throws, whose error comes through as it is", async () => {
    const postgres = connect(server.port);
    const id = randomUUID();
    const own = new NotFoundError("No such account.");
    const error = await caught(
      postgres.transaction(async (transaction) => {
        await transaction.query({ text: "INSERT INTO ledger VALUES ($1)", values: [id] });
        throw own;
      }, once),
    );
    expect(error).toBe(own);
    expect(await server.rows(`SELECT 1 FROM ledger WHERE id = '${id}'`)).toEqual([]);
  });

  test("does not take a transaction for done in which a statement failed unnoticed", async () => {
    const postgres = connect(server.port);
    const error = await caught(
      postgres.transaction(async (transaction) => {
        await transaction.query({ text: "SELECT 1 / 0" }).catch(() => undefined);
      }, once),
    );
    expect(error).toBeInstanceOf(InternalError);
  });

  test("repeats an idempotent transaction that was a deadlock's victim", async () => {
    let attempts = 0;
    const raise = (first: number, second: number) =>
      connect(server.port).transaction(async (transaction) => {
        attempts += 1;
        for (const id of [first, second]) {
          await transaction.query({ text: "UPDATE account SET balance = balance + 1 WHERE id = $1", values: [id] });
          await delay(100);
        }
      }, repeatable);
    await Promise.all([raise(1, 2), raise(2, 1)]);
    expect(attempts).toBeGreaterThan(2);
    expect(await server.rows("SELECT balance FROM account ORDER BY id")).toEqual([{ balance: 2 }, { balance: 2 }]);
    await server.run("UPDATE account SET balance = 0");
  });

  test("waits for a writer when a failover left it with a reader", async () => {
    await server.run("ALTER ROLE app SET default_transaction_read_only = on");
    const write = () =>
      connect(server.port).query({ text: "INSERT INTO ledger VALUES ($1)", values: [randomUUID()] }, repeatable);
    const writing = write();
    await delay(300);
    await server.run("ALTER ROLE app RESET default_transaction_read_only");
    expect((await writing).rowCount).toBe(1);
  });

  test("finds a connection that died while idle before it trusts it with work that cannot be repeated", async () => {
    const postgres = connect(server.port, { checkAfterIdleMs: 0 });
    await postgres.query({ text: "SELECT 1" }, once);
    await server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'");
    const id = randomUUID();
    await postgres.query({ text: "INSERT INTO journal VALUES ($1)", values: [id] }, once);
    expect(await server.rows(`SELECT 1 FROM journal WHERE id = '${id}'`)).toHaveLength(1);
  });

  test("says that an outcome is unknown when the connection breaks during work that cannot be repeated", async () => {
    const writing = caught(
      connect(server.port).query({ text: "INSERT INTO journal SELECT gen_random_uuid() FROM pg_sleep(5)" }, once),
    );
    await delay(500);
    await server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'");
    expect(await writing).toBeInstanceOf(OutcomeUnknownError);
  });
});

describe.each([
  ["directly", true],
  ["through PgBouncer", hasPgBouncer()],
] as const)("createPostgres, connected %s", (way, possible) => {
  const check = possible ? test : test.skip;
  let bouncer: PgBouncer | undefined;

  beforeAll(async () => {
    if (way !== "directly" && possible) bouncer = await startPgBouncer(server, certificates, { app: password });
  }, 20_000);
  afterAll(() => bouncer?.stop());

  check(
    "loses no acknowledged write and applies none twice while the server crashes and comes back, and pauses within its deadline",
    async () => {
      await server.run("TRUNCATE ledger, journal; UPDATE account SET balance = 0");
      const deadlineMs = 10_000;
      const port = bouncer?.port ?? server.port;
      const load = new Load(() => connect(port, { deadlineMs, statementTimeoutMs: 2_000 }));
      const working = load.run(4);
      for (const _ of [1, 2]) {
        await delay(700);
        await server.crash();
        await delay(1_000);
        await server.restart();
      }
      await delay(1_500);
      const seen = await load.finish(working);

      // All idempotent work came to its end, in spite of two crashes, and none was left out or done twice.
      expect([...seen.failures]).toEqual([]);
      const [{ count = 0, balance = 0 } = {}] = await server.rows<{ count: number; balance: number }>(
        "SELECT (SELECT count(*)::int FROM ledger) AS count, balance FROM account WHERE id = 1",
      );
      expect(count).toBe(seen.idempotent.size);
      expect(balance).toBe(count);
      // Work that cannot be repeated: acknowledged means once, refused means not at all, unknown means at most once.
      const journal = await server.rows<{ id: string; times: number }>(
        "SELECT id, count(*)::int AS times FROM journal GROUP BY id",
      );
      const times = new Map(journal.map((row) => [row.id, row.times]));
      expect([...seen.acknowledged].filter((id) => times.get(id) !== 1)).toEqual([]);
      expect([...seen.refused].filter((id) => times.has(id))).toEqual([]);
      expect(
        journal.filter(({ id, times }) => times > 1 || !(seen.acknowledged.has(id) || seen.unknown.has(id))),
      ).toEqual([]);
      // The crashes were felt, and the pause was bounded.
      expect(seen.longestMs).toBeGreaterThan(500);
      expect(seen.longestMs).toBeLessThan(deadlineMs);
      expect(seen.idempotent.size).toBeGreaterThan(50);
    },
    30_000,
  );
});
