import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { encryptionFromEnvironment } from "../../runtime/encryption";
import { DecryptionError } from "../../runtime/encryption/message-format";
import { UnavailableError } from "../../runtime/errors/service-errors";
import { type Postgres, postgresFromEnvironment } from "../../runtime/postgres";
import "../../runtime/vault/identity-tokens";
import { loginWithJwt } from "../../runtime/vault/jwt-login";
import { Transit } from "../../runtime/vault/transit";
import { VaultClient } from "../../runtime/vault/vault-client";
import { audience, synthesizedVault } from "../../scripts/vault/environment";
import { RefusedError } from "../../scripts/vault/openbao";
import { Sts } from "../../scripts/vault/sts";
import {
  engineLogin,
  type Surroundings,
  startSurroundings,
  variablesOf,
  withIssuer,
} from "../../scripts/vault/surroundings";
import { apply, type Step, translate } from "../../scripts/vault/translate";
import { hasOpenBao } from "../support/openbao";
import { temporaryFolder } from "../support/temporary-folder";

const describeServer = hasOpenBao("what is synthesized for Vault, sent to a real server") ? describe : describe.skip;
const root = resolve(__dirname, "../..");
const account = "444444444444";
const roleIn = (region: string, service = "ledger") => `arn:aws:iam::${account}:role/prod-${service}-${region}`;
const once = { idempotent: false };

describeServer("What is synthesized for OpenBao, sent to a real server", () => {
  let all: Surroundings;
  let role: string;
  let variables: Record<string, string>;
  let steps: readonly Step[];
  const outside = process.env;

  beforeAll(async () => {
    const { vault, services } = synthesizedVault(temporaryFolder());
    all = await startSurroundings(root);
    const { server, sts } = all;
    steps = withIssuer(translate(vault), sts.url);
    await apply(server, steps);
    const claims = vault.vault_jwt_auth_backend_role?.["ledger_jwt-login-role"]?.bound_claims as { sub: string };
    role = claims.sub.split(",")[0] as string;
    sts.roles.set("AKIAFUNCTION", role);
    process.env = {
      ...outside,
      AWS_ACCESS_KEY_ID: "AKIAFUNCTION",
      AWS_SECRET_ACCESS_KEY: "of-the-function",
      AWS_ENDPOINT_URL_STS: sts.url,
    };
    variables = variablesOf(services, all);
  }, 60_000);
  afterAll(async () => {
    process.env = outside;
    await all?.stop();
  });

  const login = (token: string, mount = "prod-ledger-jwt", as = "prod-ledger") =>
    loginWithJwt({ url: all.server.url }, { role: as, mount, token: async () => token });
  const users = async () =>
    (await all.postgres.client.query("SELECT rolname FROM pg_roles WHERE rolname LIKE 'v-%' ORDER BY 1")).rows.map(
      ({ rolname }) => rolname as string,
    );

  test("is read back as it was sent, and no part of it is ignored", () => {
    expect(steps.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        "sys/mounts/prod-ledger-transit",
        "prod-ledger-transit/keys/prod-ledger",
        "sys/policies/acl/prod-ledger",
        "database/roles/prod-ledger",
        "auth/prod-ledger-jwt/config",
        "auth/prod-ledger-jwt/role/prod-ledger",
      ]),
    );
    expect(steps.some(({ vaultOnly }) => vaultOnly)).toBe(false);
  });

  test("is compared: a field that the server does not know, or takes otherwise, is noticed", async () => {
    const { server } = all;
    const path = "prod-ledger-transit/keys/other";
    const made: Step = { address: "a", method: "POST", path, body: { bogus: 1 }, read: { path, expected: {} } };
    await expect(apply(server, [made])).rejects.toThrow("Endpoint ignored these unrecognized parameters: [bogus]");
    const other: Step = { ...made, body: {}, read: { path, expected: { derived: true } } };
    await expect(
      apply(server, [{ ...other, path: `${path}/config`, body: { min_decryption_version: 1 } }]),
    ).rejects.toThrow("derived is");
  });

  test("lets a function log in by a token of STS, as the role in any of its regions", async () => {
    const client = clientOf(await login(all.sts.token(role, audience)));
    const { data } = await client.request({ method: "GET", path: "auth/token/lookup-self" });
    expect(data).toMatchObject({ policies: ["default", "prod-ledger"], ttl: expect.any(Number), renewable: true });
    const { auth } = await login(all.sts.token(role.replace("eu-west-1", "eu-central-1"), audience));
    expect(auth).toMatchObject({ lease_duration: 3600, renewable: true });
  });

  test.each<[string, (sts: Sts) => string | Promise<string>, RegExp]>([
    ["for another server", (sts) => sts.token(role, "other.example.com"), /invalid audience|aud/],
    ["of another role", (sts) => sts.token(roleIn("eu-west-1", "picking"), audience), /claim "sub" does not match/],
    ["of a role whose name only begins so", (sts) => sts.token(`${role}-2`, audience), /claim "sub" does not match/],
    [
      "of another account's role",
      (sts) => sts.token(role.replace(account, "1".repeat(12)), audience),
      /does not match/,
    ],
    ["that has expired", (sts) => sts.token(role, audience, { seconds: -90 }), /expired/],
    [
      "that is signed by another algorithm",
      (sts) => sts.token(role, audience, { algorithm: "RS256" }),
      /algorithm|verify/,
    ],
    [
      "of another issuer, signed by the right keys",
      (sts) => sts.token(role, audience, { claims: { iss: "https://other.tokens.sts.global.api.aws" } }),
      /iss/,
    ],
    [
      "of an issuer with other keys that says it is this one",
      (sts) => new Sts().token(role, audience, { claims: { iss: sts.url } }),
      /verify|signature|kid/,
    ],
    ["whose text was changed", (sts) => forged(sts.token(role, audience)), /verify|signature/],
  ])("refuses a token %s, and does not repeat it", async (_, make, reason) => {
    const token = await make(all.sts);
    const error = await login(token).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(String(error)).toMatch(/status 400/);
    expect(String(error)).toMatch(reason);
    expect(String(error)).not.toContain(token.split(".")[1]);
  });

  test("keeps services apart: the role of one does not log in to the other", async () => {
    await expect(login(all.sts.token(role, audience), "prod-orders-jwt", "prod-orders")).rejects.toThrow(
      /claim "sub" does not match/,
    );
  });

  test("gives a function its one key and its one login, and nothing else", async () => {
    const client = clientOf(await login(all.sts.token(role, audience)));
    for (const path of [
      "database/creds/prod-orders",
      "database/config/ledger",
      "prod-ledger-transit/keys/prod-ledger",
      "prod-ledger-transit/export/encryption-key/prod-ledger",
      "sys/mounts",
    ]) {
      await expect(client.request({ method: "GET", path })).rejects.toThrow("status 403");
    }
  });

  test("asks STS in its own region, for this server, with the algorithm and the life of the policy", async () => {
    all.sts.requests.length = 0;
    const encryption = encryptionFromEnvironment(variables);
    await encryption?.encrypt(Buffer.from("x"), { customer: "c-42" });
    await encryption?.encrypt(Buffer.from("y"), { customer: "c-42" });
    expect(all.sts.requests).toEqual([
      { region: "eu-west-1", accessKeyId: "AKIAFUNCTION", audience, algorithm: "ES384", seconds: 60 },
    ]);
  });

  test("encrypts: opens in its own context only, and with older versions of the key until these may not decrypt", async () => {
    const { server } = all;
    const encryption = encryptionFromEnvironment(variables);
    const text = Buffer.from("ring twice");
    const context = { customer: "c-42" };
    const first = (await encryption?.encrypt(text, context)) ?? text;
    await expect(encryption?.decrypt(first, { customer: "c-43" })).rejects.toThrow(DecryptionError);
    await expect(encryption?.decrypt(Buffer.from(`${Buffer.from(first)}AA`), context)).rejects.toThrow(DecryptionError);

    const path = "prod-ledger-transit/keys/prod-ledger";
    await server.call("POST", `${path}/rotate`, {});
    const second = (await encryption?.encrypt(text, context)) ?? text;
    expect([first, second].map((message) => Buffer.from(message).toString().slice(0, 9))).toEqual([
      "vault:v1:",
      "vault:v2:",
    ]);
    expect(Buffer.from((await encryption?.decrypt(first, context)) ?? [])).toEqual(text);

    const transit = new Transit({
      vault: clientOf(await login(all.sts.token(role, audience))),
      mount: "prod-ledger-transit",
      key: "prod-ledger",
    });
    const rewrapped = await transit.rewrap(Buffer.from(first).toString(), JSON.stringify(Object.entries(context)));
    expect(rewrapped).toMatch(/^vault:v2:/);
    await server.call("POST", `${path}/config`, { min_decryption_version: 2 });
    await expect(encryption?.decrypt(first, context)).rejects.toThrow(DecryptionError);
    expect(Buffer.from((await encryption?.decrypt(Buffer.from(rewrapped), context)) ?? [])).toEqual(text);
    await expect(server.call("DELETE", path)).rejects.toThrow(RefusedError);
  });

  test("makes users of PostgreSQL that end with their lease, and go at once when an operator takes them away", async () => {
    const { server, postgres } = all;
    const database = postgresFromEnvironment({ variables });
    const open: Postgres[] = [database.writer(), database.reader()];
    const [writer, reader] = open as [Postgres, Postgres];
    try {
      const user = await insert(writer, "one");
      const { rows } = await reader.query<{ user: string }>({ text: "SELECT current_user AS user" }, once);
      expect([rows[0]?.user, await users()]).toEqual([user, [user]]);
      const [{ until = 0 } = {}] = (
        await postgres.client.query(
          "SELECT extract(epoch FROM rolvaliduntil - now()) AS until FROM pg_roles WHERE rolname = $1",
          [user],
        )
      ).rows as { until: number }[];
      expect(Number(until)).toBeGreaterThan(3_000);
      expect(Number(until)).toBeLessThan(3_700);

      // Younger than 2 s it may still be on its way to a reader.
      await delay(2_100);
      await server.call("PUT", "sys/leases/revoke-prefix/database/creds/prod-ledger", {});
      expect(await users()).toEqual([]);
      const next = await insert(writer, "two");
      expect([next === user, await users()]).toEqual([false, [next]]);
    } finally {
      await Promise.all(open.map((one) => one.end().catch(() => undefined)));
      await server.call("PUT", "sys/leases/revoke-prefix/database/creds/prod-ledger", {});
    }
  }, 30_000);

  test("renews a lease, with the user's end in PostgreSQL, and the token that it belongs to", async () => {
    const client = clientOf(await login(all.sts.token(role, audience)));
    const made = await client.request({ method: "GET", path: "database/creds/prod-ledger" });
    const until = async () => {
      const text = "SELECT rolvaliduntil AS until FROM pg_roles WHERE rolname = $1";
      const { rows } = await all.postgres.client.query<{ until: Date }>(text, [made.data?.username]);
      return rows[0]?.until.getTime() ?? 0;
    };
    const first = await until();
    await delay(1_100);
    const body = { lease_id: made.lease_id };
    const renewed = await client.request({ method: "PUT", path: "sys/leases/renew", body });
    expect(renewed).toMatchObject({ lease_id: made.lease_id, lease_duration: 3600, renewable: true });
    expect(await until()).toBeGreaterThan(first);
    const { auth } = await client.request({ method: "POST", path: "auth/token/renew-self", body: {} });
    expect(auth).toMatchObject({ lease_duration: 3600, renewable: true });
    await all.server.call("PUT", "sys/leases/revoke-prefix/database/creds/prod-ledger", {});
    expect(await until()).toBe(0);
  });

  test("goes on with another password of the engine, and the one before is gone", async () => {
    const { server, port, caFile } = all;
    const asEngine = async () => {
      const { username: user, password } = engineLogin;
      const client = new Client({
        host: "localhost",
        port,
        database: "postgres",
        user,
        password,
        ssl: { ca: readFileSync(caFile, "utf8") },
      });
      await client.connect().finally(() => client.end());
    };
    await asEngine();
    await server.call("POST", "database/rotate-root/ledger", {});
    await expect(asEngine()).rejects.toThrow("password authentication failed");
    const writer = postgresFromEnvironment({ variables }).writer();
    expect(await insert(writer, "three")).toMatch(/^v-/);
    await writer.end();
  });

  test("is used on while the server is sealed, and asked again once it is there; a new environment waits for it", async () => {
    const { server } = all;
    const database = postgresFromEnvironment({ variables });
    const encryption = encryptionFromEnvironment(variables);
    const writer = database.writer();
    const user = await insert(writer, "four");
    await server.seal();
    expect(await insert(writer, "five")).toBe(user);
    await expect(encryption?.encrypt(Buffer.from("x"), {})).rejects.toThrow(UnavailableError);
    const late = postgresFromEnvironment({ variables }).writer();
    const waiting = insert(late, "six");
    await delay(500);
    await server.unseal();
    expect(await waiting).toMatch(/^v-/);
    await server.end("SIGKILL");
    expect(await insert(writer, "seven")).toBe(user);
    await server.restart();
    // The server knows its tokens and leases still.
    expect(await insert(writer, "eight")).toBe(user);
    expect(Buffer.from((await encryption?.encrypt(Buffer.from("x"), {})) ?? []).toString()).toMatch(/^vault:v/);
    await Promise.all([writer.end(), late.end()]);
  }, 30_000);

  test("writes no token into its log in plain text", () => {
    const log = readFileSync(all.server.auditFile, "utf8");
    expect(log).toContain('"path":"auth/prod-ledger-jwt/login"');
    expect(log).not.toMatch(/eyJ[\w-]{20,}\./);
  });

  test("has no AWS login and takes no audit device by its API, as is said when it is synthesized", async () => {
    await expect(all.server.call("POST", "sys/auth/aws", { type: "aws" })).rejects.toThrow(
      "plugin not found in the catalog",
    );
    await expect(
      all.server.call("PUT", "sys/audit/more", { type: "file", options: { file_path: "stdout" } }),
    ).rejects.toThrow("cannot enable audit device via API");
  });

  const clientOf = (answer: Awaited<ReturnType<typeof login>>) =>
    new VaultClient({ address: { url: all.server.url }, login: async () => answer });
  const insert = async (postgres: Postgres, id: string): Promise<string> => {
    const text = "INSERT INTO entry (id) VALUES ($1) RETURNING username AS user";
    return (await postgres.query<{ user: string }>({ text, values: [id] }, once)).rows[0]?.user ?? "nobody";
  };
});

/** The same token with another subject under the same signature. */
function forged(token: string): string {
  const [head, body = "", signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as object;
  return [head, Buffer.from(JSON.stringify({ ...claims, admin: true })).toString("base64url"), signature].join(".");
}
