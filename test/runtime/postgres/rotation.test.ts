import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { type Connect, PostgresUsers } from "../../../handlers/secret-rotation/postgres-users";
import { databaseCanaryFromEnvironment } from "../../../runtime/postgres/canary";
import { type PostgresEndpoints, postgresFromEnvironment } from "../../../runtime/postgres/from-environment";
import {
  alternatingLogin,
  canaryLogin,
  fixedUser,
  type LoginSource,
  secretLogin,
} from "../../../runtime/postgres/login";
import { otherUser } from "../../../runtime/postgres/rotating-user";
import { type UserSecret, userSecret } from "../../../runtime/postgres/user-secret";
import { VersionCanary } from "../../../runtime/secrets/version-canary";
import { type ShiftedTime, shiftTime } from "../shifted-time";
import { until } from "../until";
import { type Certificates, makeCertificates } from "./certificates";
import { hasPgBouncer, type PgBouncer, startPgBouncer } from "./pgbouncer";
import { type PostgresServer, startPostgres } from "./postgres-server";
import { SecretUnderRotation } from "./secret-under-rotation";

/** A secret whose value a test changes. */
function stub(username: string): UserSecret & { username: string; renewed: number } {
  return {
    username,
    renewed: 0,
    async get() {
      return { username: this.username, password: `password of ${this.username}` };
    },
    async renew() {
      this.renewed += 1;
      return true;
    },
  };
}
const passwordsOf = (user: string) => ({ password: async () => `token of ${user}`, refresh: () => undefined });

describe("alternatingLogin", () => {
  test("takes the user from the secret and the password from elsewhere", async () => {
    const logins = alternatingLogin(stub("app_clone"), passwordsOf);
    expect(await logins.login()).toEqual({ user: "app_clone", password: "token of app_clone" });
  });

  test("connects as the new user when a refusal shows that the secret was rotated", async () => {
    const secret = stub("app");
    const logins = alternatingLogin(secret, passwordsOf);
    await logins.login();
    secret.username = "app_clone";
    await logins.refresh();
    expect([secret.renewed, (await logins.login()).user]).toEqual([1, "app_clone"]);
  });

  test("tries the other user when the proxy has not heard of the rotation yet, and goes on once it has", async () => {
    const secret = stub("app_clone");
    const logins = alternatingLogin(secret, passwordsOf);
    await logins.login();
    await logins.refresh();
    expect((await logins.login()).user).toBe("app");
    await logins.refresh();
    expect((await logins.login()).user).toBe("app_clone");
    secret.username = "app";
    expect((await logins.login()).user).toBe("app");
  });

  test("knows the other one of two users", () => {
    expect([otherUser("app"), otherUser("app_clone")]).toEqual(["app_clone", "app"]);
  });
});

describe("canaryLogin", () => {
  const canaryOf = (sharePercent: number, lines: string[] = []) =>
    new VersionCanary({ name: "ledger", sharePercent: () => sharePercent, write: (line) => lines.push(line) });
  const versions = () => ({ current: stub("app_clone"), previous: stub("app") });
  const userOf = async (logins: LoginSource) => (await logins.login()).user;

  test("uses the new login with about the share of the execution environments, and stays with it", async () => {
    const environments = Array.from({ length: 300 }, () => canaryLogin(versions(), canaryOf(30)));
    const first = await Promise.all(environments.map(userOf));
    const share = first.filter((user) => user === "app_clone").length / 3;
    expect(share).toBeGreaterThan(15);
    expect(share).toBeLessThan(45);
    expect(await Promise.all(environments.map(userOf))).toEqual(first);
  });

  test("takes everything back at a share of 0, and everything over at 100", async () => {
    expect(await userOf(canaryLogin(versions(), canaryOf(0)))).toBe("app");
    expect(await userOf(canaryLogin(versions(), canaryOf(100)))).toBe("app_clone");
  });

  test("reports a refusal to the alarm of its version, reads both again and goes on with the other", async () => {
    const lines: string[] = [];
    const secrets = versions();
    const logins = canaryLogin(secrets, canaryOf(100, lines));
    expect(await userOf(logins)).toBe("app_clone");
    await logins.refresh();
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ Name: "ledger", Version: "new", CanaryFailures: 1 }),
    ]);
    expect([secrets.current.renewed, secrets.previous.renewed]).toEqual([1, 1]);
    expect(await userOf(logins)).toBe("app");
    await logins.refresh();
    expect(await userOf(logins)).toBe("app_clone");
  });
});

describe("secretLogin", () => {
  test("takes user and password from the secret, and reads it again when they are refused", async () => {
    const secret = stub("app");
    const logins = secretLogin(secret);
    expect(await logins.login()).toEqual({ user: "app", password: "password of app" });
    await logins.refresh();
    expect(secret.renewed).toBe(1);
  });

  test("refuses a secret that holds no login, without quoting it", async () => {
    const secret = userSecret(async () => ({ versionId: "1", text: '{"username":"app","passwort":"hidden-1"}' }));
    const error = await secretLogin(secret)
      .login()
      .catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("does not have the expected form");
    expect(String(error)).not.toContain("hidden-1");
  });
});

describe("fixedUser", () => {
  test("passes a refusal on to the passwords", async () => {
    let refreshed = 0;
    const logins = fixedUser("app", { password: async () => "p", refresh: () => void refreshed++ });
    expect(await logins.login()).toEqual({ user: "app", password: "p" });
    await logins.refresh();
    expect(refreshed).toBe(1);
  });
});

describe("postgresFromEnvironment", () => {
  const variables = {
    AWS_REGION: "eu-west-1",
    DATABASE_READER_HOST: "reader.example.com",
    DATABASE_PORT: "5432",
    DATABASE_NAME: "ledger",
    DATABASE_USER: "app",
  };

  test("names what the function was not told", () => {
    expect(() => postgresFromEnvironment({ variables: { ...variables, DATABASE_PORT: "" } })).toThrow(
      "DATABASE_PORT is missing, it must be a whole number from 1 to 65535",
    );
    expect(() => postgresFromEnvironment({ variables }).writer()).toThrow("DATABASE_HOST is missing");
    expect(() =>
      postgresFromEnvironment({ variables: { ...variables, DATABASE_AUTHENTICATION: "password" } }).reader(),
    ).toThrow("DATABASE_SECRET_ARN is missing, it must be the ARN of the user's secret");
  });

  test("does not leave out a canary that the function was told of", () => {
    const told = {
      ...variables,
      DATABASE_CANARY_PATH: "/canaries/prod-ledger-app",
      DATABASE_CANARY_NAME: "prod-ledger/app",
    };
    expect(() => postgresFromEnvironment({ variables: told })).toThrow(
      "DATABASE_CANARY_PATH needs the canary, pass databaseCanaryFromEnvironment()",
    );
    const canary = databaseCanaryFromEnvironment(told);
    expect(postgresFromEnvironment({ variables: told, canary }).reader()).toBeDefined();
    expect(databaseCanaryFromEnvironment(variables)).toBeUndefined();
  });

  test("opens nothing before it is used", () => {
    expect(postgresFromEnvironment({ variables }).reader()).toBeDefined();
  });
});

(hasPgBouncer() ? describe : describe.skip)("A password that rotates while queries run through PgBouncer", () => {
  let certificates: Certificates;
  let server: PostgresServer;
  let bouncer: PgBouncer;
  let database: PostgresEndpoints;
  let secret: SecretUnderRotation;
  let variables: Record<string, string>;
  let reads = 0;
  let time: ShiftedTime;
  const administrator = { username: "administrator", password: "administrators-own" };

  beforeAll(async () => {
    time = shiftTime();
    certificates = makeCertificates("localhost");
    server = await startPostgres(certificates);
    // The pooler asks the database for the users' passwords, so that it need not be told of new ones.
    await server.run(`
      CREATE ROLE administrator LOGIN CREATEROLE PASSWORD '${administrator.password}';
      CREATE ROLE pooler LOGIN PASSWORD 'poolers-own';
      CREATE FUNCTION user_lookup(name text) RETURNS TABLE (usename name, passwd text) LANGUAGE sql SECURITY DEFINER
        AS 'SELECT usename, passwd FROM pg_catalog.pg_shadow WHERE usename = name';
      CREATE TABLE entry (id int GENERATED ALWAYS AS IDENTITY, username text DEFAULT current_user);
      CREATE ROLE ledger_role NOLOGIN;
      GRANT ledger_role TO administrator WITH ADMIN OPTION;
      GRANT INSERT, SELECT ON entry TO ledger_role`);
    const lookup = { auth_user: "pooler", auth_query: "SELECT usename, passwd FROM user_lookup($1)" };
    bouncer = await startPgBouncer(server, certificates, { pooler: "poolers-own" }, lookup);
    const connect: Connect = async ({ username, password }) => {
      const ssl = { ca: certificates.ca };
      const client = new Client({
        host: "localhost",
        port: server.port,
        database: "postgres",
        user: username,
        password,
        ssl,
      });
      client.on("error", () => undefined);
      await client.connect();
      return { query: (text, values) => client.query(text, values && [...values]), end: () => client.end() };
    };
    secret = new SecretUnderRotation("ledger", administrator, new PostgresUsers(connect, "ledger_role"));
    await secret.rotate();
    const caFile = join(server.folder, "ca.crt");
    writeFileSync(caFile, certificates.ca);
    variables = {
      AWS_REGION: "eu-west-1",
      DATABASE_HOST: "localhost",
      DATABASE_READER_HOST: "localhost",
      DATABASE_PORT: String(bouncer.port),
      DATABASE_NAME: "postgres",
      DATABASE_USER: "ledger",
      DATABASE_AUTHENTICATION: "password",
      DATABASE_CA_FILE: caFile,
    };
    database = postgresFromEnvironment({
      variables,
      secret: userSecret((stage) => {
        reads += 1;
        return secret.source(stage);
      }),
    });
  }, 60_000);
  afterAll(async () => {
    time.restore();
    await bouncer?.stop();
    await server?.stop();
  });

  test("fails no query, though each user's password changes and connections are made again all the time", async () => {
    let finished = false;
    let isStill = false;
    let running = 0;
    let done = 0;
    const failures: string[] = [];
    const work = async () => {
      while (!finished) {
        await until(() => !isStill);
        running += 1;
        // As a new execution environment would: with the secret as it was read up to five minutes ago.
        const postgres = database.writer();
        try {
          await postgres.query({ text: "INSERT INTO entry DEFAULT VALUES" }, { idempotent: false });
          done += 1;
        } catch (error) {
          failures.push(`${error}: ${(error as Error).cause}`);
        }
        await postgres.end();
        running -= 1;
      }
    };
    /** Between queries: the limit of one that runs would be over at once. */
    const advance = async (ms: number) => {
      isStill = true;
      await until(() => running === 0);
      time.advance(ms);
      isStill = false;
    };
    const working = Promise.all([work(), work(), work()]);
    const users: (string | undefined)[] = [];
    const progress = async () => {
      const enough = done + failures.length + 6;
      await until(() => done + failures.length >= enough);
    };
    // Two rotations behind its back, and a third once the cache lets a refusal read the secret again.
    for (const afterMs of [1_000, 1_000, 8_000]) {
      await progress();
      await advance(afterMs);
      await secret.rotate();
      users.push(secret.current);
    }
    await progress();
    finished = true;
    await working;

    expect(failures).toEqual([]);
    expect(users).toEqual(["ledger_clone", "ledger", "ledger_clone"]);
    // The second rotation changed the password that was kept, whose refusal made it read the secret again.
    expect(reads).toBeGreaterThan(1);
    const [{ count = 0 } = {}] = await server.rows<{ count: number }>("SELECT count(*)::int FROM entry");
    expect(count).toBe(done);
  }, 30_000);

  test("is first used by a share of the execution environments, and by none after a roll-back", async () => {
    let share = 100;
    const canary = new VersionCanary({ name: "ledger", sharePercent: () => share, write: () => undefined });
    /** Who writes, of several execution environments that start now. */
    const writers = async () => {
      const environments = Array.from({ length: 12 }, () =>
        postgresFromEnvironment({
          variables,
          canary,
          secret: userSecret(secret.source),
          previousSecret: userSecret(secret.source, "AWSPREVIOUS"),
        }).writer(),
      );
      const users: string[] = [];
      for (const postgres of environments) {
        const { rows } = await postgres.query<{ username: string }>(
          { text: "INSERT INTO entry DEFAULT VALUES RETURNING username" },
          { idempotent: false },
        );
        users.push(rows[0]?.username ?? "nobody");
        await postgres.end();
      }
      return users;
    };
    const before = secret.current ?? "";
    await secret.rotate();
    const now = secret.current ?? "";
    expect(now).not.toBe(before);
    expect(new Set(await writers())).toEqual(new Set([now]));
    share = 50;
    expect(new Set(await writers())).toEqual(new Set([before, now]));
    share = 0;
    expect(new Set(await writers())).toEqual(new Set([before]));
  }, 60_000);
});
