import { randomUUID } from "node:crypto";
import dns from "node:dns";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConflictError, UnprocessableError } from "../../../runtime/errors/service-errors";
import { invocationTime, withinTime } from "../../../runtime/invocation/time";
import { createMysql, type Mysql, type MysqlOptions, mysqlFromEnvironment } from "../../../runtime/mysql";
import { fixedUser, type LoginSource } from "../../../runtime/postgres/login";
import { type Certificates, makeCertificates } from "../postgres/certificates";
import { until } from "../until";
import { hasMysqlServer, type MysqlServer, startMysql, type Watch } from "./mysql-server";

const server: { current?: MysqlServer } = {};
const folder = mkdtempSync(join(tmpdir(), "evenkeel-mysql-test-"));
const caFile = join(folder, "ca.crt");
let certificates: Certificates;
let watch: Watch;
const opened: Mysql[] = [];

const password = "right-password";
const login = (text = password): LoginSource =>
  fixedUser("service", { password: async () => text, refresh: () => undefined });

function open(more: Partial<MysqlOptions> = {}): Mysql {
  const mysql = createMysql({
    host: "localhost",
    port: server.current?.port ?? 0,
    database: "parcels",
    logins: login(),
    caFile,
    targetSessionAttributes: "read-write",
    ...more,
  });
  opened.push(mysql);
  return mysql;
}

const read = { idempotent: true };
const write = { idempotent: false };
const theServer = (): MysqlServer => server.current as MysqlServer;
/** Waits until the server has as many connections: it ends one some time after its client did. */
const connected = (count: number) => until(async () => (await watch.connections()) === count);
const invocation = <T>(work: () => Promise<T>) => withinTime({ getRemainingTimeInMillis: () => 10_000 }, work);

(hasMysqlServer() ? describe : describe.skip)("A MySQL database of a handler", () => {
  beforeAll(async () => {
    certificates = makeCertificates("localhost");
    writeFileSync(caFile, certificates.ca);
    // Ten for those that are tested, one for the connection that watches.
    server.current = await startMysql(certificates, { "max-connections": 11, "innodb-lock-wait-timeout": 1 });
    await theServer().run(
      "CREATE DATABASE parcels",
      `CREATE USER service@'%' IDENTIFIED BY '${password}' REQUIRE SSL`,
      "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE ON parcels.* TO service@'%'",
      "CREATE TABLE parcels.things (id VARCHAR(40) PRIMARY KEY, size BIGINT NOT NULL, at DATETIME(3) NOT NULL DEFAULT NOW(3))",
    );
    watch = await server.current.watch();
  }, 60_000);
  afterEach(async () => {
    for (const mysql of opened.splice(0)) await mysql.end();
    await connected(0);
  });
  afterAll(async () => {
    await watch?.end();
    await server.current?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("answers by TLS, with values that it escapes and numbers that it does not round", async () => {
    const mysql = open();
    const { rows } = await mysql.query<{ Value: string }>({ text: "SHOW STATUS LIKE 'Ssl_cipher'" }, read);
    expect(rows[0]?.Value).toMatch(/^TLS_|^ECDHE/);
    const id = `o'neil\\"; -- ${randomUUID().slice(0, 8)}`;
    const big = "9007199254740993";
    const inserted = await mysql.query(
      { text: "INSERT INTO things (id, size) VALUES (?, ?)", values: [id, big] },
      write,
    );
    expect(inserted).toMatchObject({ rows: [], affectedRows: 1 });
    const found = await mysql.query<{ size: string; at: Date }>(
      { text: "SELECT size, at FROM things WHERE id = ?", values: [id] },
      read,
    );
    expect(found.rows[0]?.size).toBe(big);
    expect(Math.abs(Date.now() - Number(found.rows[0]?.at))).toBeLessThan(86_400_000);
    // As a value of the driver, an object would become `id` = 'x', which is true for every row that has one.
    const injected = await mysql.query({ text: "SELECT id FROM things WHERE id = ?", values: [{ id: 1 }] }, read);
    expect(injected.rows).toEqual([]);
  });

  test("refuses a server whose certificate is of another authority or of another name, and one without TLS", async () => {
    await expect(open({ caFile: undefined }).query({ text: "SELECT 1" }, read)).rejects.toMatchObject({ status: 500 });
    writeFileSync(join(folder, "other.crt"), makeCertificates("localhost").ca);
    const other = open({ caFile: join(folder, "other.crt") }).query({ text: "SELECT 1" }, read);
    await expect(other).rejects.toMatchObject({ cause: { message: expect.stringMatching(/certificate/) } });
    expect(() => open({ host: "127.0.0.1" })).toThrow("is a name, which its certificate is for");
    const lookup = jest
      .spyOn(dns, "lookup")
      .mockImplementation(((_host: string, _options: unknown, answer: unknown) =>
        (answer as (error: null, found: object[]) => void)(null, [{ address: "127.0.0.1", family: 4 }])) as never);
    const named = open({ host: "elsewhere.example.com" }).query({ text: "SELECT 1" }, read);
    await expect(named).rejects.toMatchObject({ status: 500, cause: { message: expect.stringMatching(/altname/) } });
    lookup.mockRestore();
  });

  test("asks for another login once after a refusal", async () => {
    let current = "wrong";
    const refreshed: string[] = [];
    const logins: LoginSource = {
      login: async () => ({ user: "service", password: current }),
      refresh: () => {
        refreshed.push(current);
        current = password;
      },
    };
    await open({ logins }).query({ text: "SELECT 1" }, read);
    expect(refreshed).toEqual(["wrong"]);
    const refused = open({ logins: login("wrong") }).query({ text: "SELECT 1" }, read);
    await expect(refused).rejects.toMatchObject({ status: 503 });
  });

  test("says what callers may know of refused values, and nothing of tables", async () => {
    const mysql = open();
    const id = randomUUID();
    const insert = { text: "INSERT INTO things (id, size) VALUES (?, 1)", values: [id] };
    await mysql.query(insert, write);
    const twice = await mysql.query(insert, write).catch((error: Error) => error);
    expect(twice).toBeInstanceOf(ConflictError);
    expect((twice as Error).message).not.toMatch(/things|PRIMARY/);
    const wrong = mysql.query(
      { text: "INSERT INTO things (id, size) VALUES (?, 'large')", values: [randomUUID()] },
      write,
    );
    await expect(wrong).rejects.toBeInstanceOf(UnprocessableError);
    await expect(mysql.query({ text: "SELEC 1" }, read)).rejects.toMatchObject({ status: 500 });
  });

  test("commits a transaction, and rolls it back when its work throws", async () => {
    const mysql = open();
    const [kept, lost] = [randomUUID(), randomUUID()];
    const insert = (id: string) => ({ text: "INSERT INTO things (id, size) VALUES (?, 1)", values: [id] });
    await mysql.transaction((transaction) => transaction.query(insert(kept)), write);
    const failed = mysql.transaction(async (transaction) => {
      await transaction.query(insert(lost));
      throw new RangeError("own");
    }, write);
    await expect(failed).rejects.toThrow(new RangeError("own"));
    const { rows } = await mysql.query(
      { text: "SELECT id FROM things WHERE id IN (?, ?)", values: [kept, lost] },
      read,
    );
    expect(rows).toEqual([{ id: kept }]);
  });

  test("repeats idempotent transactions that lose a deadlock, and waits no longer than the lock's limit", async () => {
    await theServer().run("REPLACE INTO parcels.things (id, size) VALUES ('a', 0), ('b', 0)");
    const both = ["a", "b"];
    const raise = (order: readonly string[]) => {
      const mysql = open();
      let met = false;
      return mysql.transaction(async (transaction) => {
        for (const id of order) {
          await transaction.query({ text: "UPDATE things SET size = size + 1 WHERE id = ?", values: [id] });
          if (!met) await new Promise((resolve) => setTimeout(resolve, 100));
          met = true;
        }
      }, read);
    };
    await Promise.all([raise(both), raise([...both].reverse())]);
    const sizes = await theServer().rows<{ size: number }>("SELECT size FROM parcels.things WHERE id IN ('a', 'b')");
    expect(sizes.map(({ size }) => Number(size))).toEqual([2, 2]);
  });

  test("leaves a writer that a failover has made a reader, and writes again once the name leads to a writer", async () => {
    const mysql = open();
    const id = randomUUID();
    await mysql.query({ text: "SELECT 1" }, read);
    await theServer().run("SET GLOBAL read_only = ON");
    const written = mysql.query({ text: "INSERT INTO things (id, size) VALUES (?, 1)", values: [id] }, write);
    const reading = open({ targetSessionAttributes: "any" }).query({ text: "SELECT 1 AS one" }, read);
    await expect(reading).resolves.toMatchObject({ rows: [{ one: 1 }] });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await theServer().run("SET GLOBAL read_only = OFF");
    await expect(written).resolves.toMatchObject({ affectedRows: 1 });
    const rows = await theServer().rows(`SELECT id FROM parcels.things WHERE id = '${id}'`);
    expect(rows).toHaveLength(1);
  });

  test("drops a statement that takes too long, and a call ends with its invocation", async () => {
    const slow = open({ statementTimeoutMs: 300, deadlineMs: 350 }).query({ text: "SELECT SLEEP(1)" }, write);
    await expect(slow).rejects.toMatchObject({ status: 503 });
    const mysql = open();
    const late = withinTime({ getRemainingTimeInMillis: () => 400 }, () =>
      mysql.query({ text: "SELECT SLEEP(1)" }, read),
    );
    await expect(late).rejects.toThrow("ran out of time");
    await expect(mysql.query({ text: "SELECT 1 AS one" }, read)).resolves.toMatchObject({ rows: [{ one: 1 }] });
  });

  test("notices a session that the server ended while it was idle, and does nothing twice", async () => {
    const mysql = open({ checkAfterIdleMs: 0 });
    const { rows } = await mysql.query<{ id: number }>({ text: "SELECT CONNECTION_ID() AS id" }, read);
    await theServer().run(`KILL ${rows[0]?.id}`);
    const id = randomUUID();
    await mysql.query({ text: "INSERT INTO things (id, size) VALUES (?, 1)", values: [id] }, write);
    expect(await theServer().rows(`SELECT id FROM parcels.things WHERE id = '${id}'`)).toHaveLength(1);
  });

  test("keeps its connection between invocations, and gives it back at the end of one when the server's run short", async () => {
    const giveBack = { fromPercent: 50, askAfterMs: 0 };
    const alone = open({ giveBack });
    await invocation(() => alone.query({ text: "SELECT 1" }, read));
    await connected(1);
    const others = Array.from({ length: 4 }, () => open());
    for (const one of others) await one.query({ text: "SELECT 1" }, read);
    await connected(5);
    await invocation(async () => {
      await alone.query({ text: "SELECT 1" }, read);
      expect(invocationTime()).toBeDefined();
    });
    await connected(4);
    // The next invocation opens one again.
    await expect(invocation(() => alone.query({ text: "SELECT 1 AS one" }, read))).resolves.toMatchObject({
      rows: [{ one: 1 }],
    });
  });

  test("waits for a connection that the server has not to give, and gives its own back after that", async () => {
    const held = Array.from({ length: 10 }, () => open());
    for (const one of held) await one.query({ text: "SELECT 1" }, read);
    const late = open({ giveBack: { fromPercent: 100, askAfterMs: 60_000 } });
    const waiting = invocation(() => late.query({ text: "SELECT 1 AS one" }, read));
    await new Promise((resolve) => setTimeout(resolve, 200));
    for (const one of held) await one.end();
    await expect(waiting).resolves.toMatchObject({ rows: [{ one: 1 }] });
    await connected(0);
  });

  test("is found in the environment", async () => {
    const variables = {
      AWS_REGION: "eu-west-1",
      DATABASE_ENGINE: "aurora-mysql",
      DATABASE_HOST: "localhost",
      DATABASE_READER_HOST: "localhost",
      DATABASE_PORT: String(theServer().port),
      DATABASE_NAME: "parcels",
      DATABASE_USER: "service",
      DATABASE_AUTHENTICATION: "password",
      DATABASE_CA_FILE: caFile,
    };
    const secret = { get: async () => ({ username: "service", password }), renew: async () => undefined } as never;
    const database = mysqlFromEnvironment({ variables, secret });
    for (const mysql of [database.writer(), database.reader()]) {
      opened.push(mysql);
      await expect(mysql.query({ text: "SELECT 1 AS one" }, read)).resolves.toMatchObject({ rows: [{ one: 1 }] });
    }
    expect(() => mysqlFromEnvironment({ variables }).writer()).toThrow("DATABASE_SECRET_ARN is missing");
    expect(() => mysqlFromEnvironment({ variables: { ...variables, DATABASE_ENGINE: undefined } })).toThrow(
      "DATABASE_ENGINE",
    );
  });
});
