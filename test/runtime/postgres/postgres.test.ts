import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  ConflictError,
  InternalError,
  NotFoundError,
  UnavailableError,
  UnprocessableError,
} from "../../../runtime/errors/service-errors";
import { withinTime } from "../../../runtime/invocation/time";
import { fixedUser, type LoginSource } from "../../../runtime/postgres/login";
import { createPostgres, type Postgres, type PostgresOptions } from "../../../runtime/postgres/postgres";
import { OutcomeUnknownError } from "../../../runtime/sql/failure";
import { until } from "../until";
import { type Certificates, makeCertificates } from "./certificates";
import { Load } from "./load";
import { hasPgBouncer, type PgBouncer, startPgBouncer } from "./pgbouncer";
import { type PostgresServer, startPostgres } from "./postgres-server";
import { freePort } from "./server-process";

const password = "correct-horse-7391";
const once = { idempotent: false };
const repeatable = { idempotent: true };

const fixed = (value: string): LoginSource =>
  fixedUser("app", { password: async () => value, refresh: () => undefined });

/** Logins with how often one was asked for: once for each attempt to connect. */
function countedLogins(): { readonly logins: LoginSource; asked(): number } {
  let count = 0;
  const login = async () => {
    count += 1;
    return { user: "app", password };
  };
  return { logins: { login, refresh: () => undefined }, asked: () => count };
}

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
    const { logins, asked } = countedLogins();
    const refused = (options: Partial<PostgresOptions>) =>
      caught(connect(server.port, { logins, ...options }).query({ text: "SELECT 1" }, repeatable));
    const otherName = await refused({ host: "127.0.0.1" });
    expect(otherName).toBeInstanceOf(InternalError);
    expect(otherName).toMatchObject({ cause: { code: "ERR_TLS_CERT_ALTNAME_INVALID" } });
    const unknown = await refused({ caFile: undefined });
    expect(unknown).toMatchObject({ cause: { code: expect.stringMatching(/UNABLE_TO_VERIFY|SELF_SIGNED/) } });
    expect(asked()).toBe(2);
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
    const short = connect(server.port, { statementTimeoutMs: 300, deadlineMs: 600 });
    expect(await caught(short.query({ text: "SELECT pg_sleep(600)" }, repeatable))).toBeInstanceOf(UnavailableError);
    // Sleeps the first time only.
    await server.run("CREATE SEQUENCE attempt; GRANT USAGE ON attempt TO app");
    const text = "SELECT 1 AS one, pg_sleep(CASE WHEN nextval('attempt') = 1 THEN 600 ELSE 0 END)::text AS slept";
    const patient = connect(server.port, { statementTimeoutMs: 500, deadlineMs: 60_000 });
    expect((await patient.query({ text }, repeatable)).rows).toMatchObject([{ one: 1 }]);
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
    const locked = new Set<number>();
    const raise = (first: number, second: number) =>
      connect(server.port).transaction(async (transaction) => {
        attempts += 1;
        for (const id of [first, second]) {
          await transaction.query({ text: "UPDATE account SET balance = balance + 1 WHERE id = $1", values: [id] });
          // Each holds its first row before either asks for its second.
          locked.add(id);
          await until(() => locked.size === 2);
        }
      }, repeatable);
    await Promise.all([raise(1, 2), raise(2, 1)]);
    expect(attempts).toBeGreaterThan(2);
    expect(await server.rows("SELECT balance FROM account ORDER BY id")).toEqual([{ balance: 2 }, { balance: 2 }]);
    await server.run("UPDATE account SET balance = 0");
  });

  test("waits for a writer when a failover left it with a reader", async () => {
    await server.run("ALTER ROLE app SET default_transaction_read_only = on");
    const { logins, asked } = countedLogins();
    const postgres = connect(server.port, { logins, deadlineMs: 60_000 });
    const writing = postgres.query({ text: "INSERT INTO ledger VALUES ($1)", values: [randomUUID()] }, repeatable);
    await until(() => asked() > 1);
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
    const postgres = connect(server.port, { statementTimeoutMs: 60_000, deadlineMs: 60_000 });
    const writing = caught(
      postgres.query({ text: "INSERT INTO journal SELECT gen_random_uuid() FROM pg_sleep(600)" }, once),
    );
    const running = "SELECT 1 FROM pg_stat_activity WHERE usename = 'app' AND query LIKE 'INSERT INTO journal SELECT%'";
    await until(async () => (await server.rows(running)).length > 0);
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
      const port = bouncer?.port ?? server.port;
      const { logins, asked } = countedLogins();
      const load = new Load(() => connect(port, { logins, deadlineMs: 60_000, statementTimeoutMs: 2_000 }));
      const working = load.run(4);
      for (const _ of [1, 2]) {
        await load.progress(20);
        await server.crash();
        // Writers try to connect while it is down.
        const before = asked();
        await until(() => asked() > before + 4);
        await server.restart();
      }
      await load.progress(20);
      const seen = await load.finish(working);

      await seen.requireKeptOn(server);
    },
    60_000,
  );

  test("gives up at its deadline while nothing answers", async () => {
    const gone = connect(await freePort(), { deadlineMs: 2_000 });
    const error = await caught(gone.query({ text: "SELECT 1" }, repeatable));
    expect(error).toMatchObject({ name: "UnavailableError", cause: { code: "ECONNREFUSED" } });
  });
});

describe("createPostgres in an invocation that runs out of time", () => {
  const having = (ms: number) => ({ getRemainingTimeInMillis: () => ms });
  const outOfTime = { name: "OutOfTimeError" };
  const running = (text: string) =>
    server.rows(`SELECT 1 FROM pg_stat_activity WHERE usename = 'app' AND query LIKE '${text}%' AND state <> 'idle'`);

  test("ends a statement and its connection, and serves the next invocation", async () => {
    const postgres = connect(server.port, { statementTimeoutMs: 60_000, deadlineMs: 60_000 });
    const text = "SELECT pg_sleep(600)";
    const call = withinTime(having(2_000), () => postgres.query({ text }, repeatable));
    await expect(call).rejects.toMatchObject({ name: expect.stringMatching(/^(OutOfTime|Unavailable)Error$/) });
    // The server notices at the latest when it has something to say, so it is told.
    await server.run(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '${text}%' AND pid <> pg_backend_pid()`,
    );
    await until(async () => (await running(text)).length === 0);
    const next = await withinTime(having(10_000), () => postgres.query({ text: "SELECT 1 AS one" }, repeatable));
    expect(next.rows).toEqual([{ one: 1 }]);
  });

  test("rolls back a transaction whose own work hangs, releases its locks, and lets no later call wait for it", async () => {
    const postgres = connect(server.port, { deadlineMs: 60_000 });
    const id = randomUUID();
    const call = withinTime(having(3_000), () =>
      postgres.transaction(async (transaction) => {
        await transaction.query({ text: "INSERT INTO ledger VALUES ($1)", values: [id] });
        await new Promise(() => {});
      }, repeatable),
    );
    await expect(call).rejects.toMatchObject(outOfTime);
    const insert = { text: "INSERT INTO ledger VALUES ($1)", values: [id] };
    expect((await withinTime(having(10_000), () => postgres.query(insert, once))).rowCount).toBe(1);
  });

  test("begins nothing after the end, and does not use what was being opened", async () => {
    /** One for each login that was asked for: gives it. */
    const asked: (() => void)[] = [];
    const slow: LoginSource = {
      login: () => new Promise((resolve) => asked.push(() => resolve({ user: "app", password }))),
      refresh: () => undefined,
    };
    const postgres = connect(server.port, { logins: slow, connectionTimeoutMs: 60_000, deadlineMs: 60_000 });
    const pid = { text: "SELECT pg_backend_pid() AS pid" };
    const call = withinTime(having(300), () => postgres.query(pid, repeatable));
    // The call's own deadline is no later than the invocation's, and either may be noticed first.
    await expect(call).rejects.toMatchObject({ name: expect.stringMatching(/^(OutOfTime|Unavailable)Error$/) });
    const next = postgres.query<{ pid: number }>(pid, repeatable);
    await until(() => asked.length === 2);
    asked[1]?.();
    const { rows } = await next;
    asked[0]?.();
    expect((await postgres.query(pid, repeatable)).rows).toEqual(rows);
    await until(async () => {
      const open = await server.rows(
        "SELECT 1 FROM pg_stat_activity WHERE usename = 'app' AND pid <> pg_backend_pid()",
      );
      return open.length === 1;
    });
  });
});
