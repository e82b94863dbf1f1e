import { createHash, createHmac } from "node:crypto";
import { VersionCanary } from "../../../runtime/secrets/version-canary";
import { loginWithAws } from "../../../runtime/vault/aws-login";
import { DatabaseLease } from "../../../runtime/vault/database-lease";
import { loginWithJwt } from "../../../runtime/vault/jwt-login";
import { Transit } from "../../../runtime/vault/transit";
import { VaultClient } from "../../../runtime/vault/vault-client";
import { requestVault } from "../../../runtime/vault/vault-http";
import { until } from "../until";
import { type FakeVault, startFakeVault } from "./fake-vault";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI", sessionToken: "session" };
const refusal = Object.assign(new Error("password authentication failed"), { code: "28P01" });
const hour = 3_600_000;

let vault: FakeVault;
let time: number;
let logins: number;
let leases: number;

beforeAll(async () => {
  vault = await startFakeVault();
});
afterAll(() => vault.stop());
beforeEach(() => {
  time = 0;
  logins = 0;
  leases = 0;
  vault.received.length = 0;
  vault.routes = {
    "POST auth/token/renew-self": () => ({
      auth: { client_token: `token-${logins}`, lease_duration: 3600, renewable: true },
    }),
    "GET database/creds/orders": () => {
      leases += 1;
      const data = { username: `v-orders-${leases}`, password: `password-${leases}` };
      return { lease_id: `database/creds/orders/${leases}`, lease_duration: 3600, renewable: true, data };
    },
    "PUT sys/leases/renew": ({ body }) => ({ lease_id: body?.lease_id, lease_duration: 3600, renewable: true }),
  };
});

const client = (renewable = true) =>
  new VaultClient({
    address: { url: vault.url },
    login: async () => {
      logins += 1;
      return { auth: { client_token: `token-${logins}`, lease_duration: 3600, renewable } };
    },
    now: () => time,
  });
const lease = (of = client()) =>
  new DatabaseLease({ vault: of, role: "orders", isAuthenticationError: (error) => error === refusal });
const calls = () => vault.received.map(({ method, path }) => `${method} ${path}`);

describe("loginWithAws", () => {
  const login = () =>
    loginWithAws(
      { url: vault.url, namespace: "shop" },
      { role: "orders", region: "eu-central-1", credentials: async () => credentials, serverId: "vault.example.com" },
    );
  const decode = (text: unknown) => Buffer.from(String(text), "base64").toString();

  beforeEach(() => {
    vault.routes["POST auth/aws/login"] = () => ({ auth: { client_token: "t", lease_duration: 1, renewable: true } });
  });

  test("sends the documented fields: role, method, and URL, body and headers in base64", async () => {
    expect((await login()).auth?.client_token).toBe("t");
    const [{ body, headers } = { body: undefined, headers: {} }] = vault.received;
    expect(Object.keys(body ?? {}).sort()).toEqual([
      "iam_http_request_method",
      "iam_request_body",
      "iam_request_headers",
      "iam_request_url",
      "role",
    ]);
    expect(body).toMatchObject({ role: "orders", iam_http_request_method: "POST" });
    expect(decode(body?.iam_request_url)).toBe("https://sts.eu-central-1.amazonaws.com/");
    expect(decode(body?.iam_request_body)).toBe("Action=GetCallerIdentity&Version=2011-06-15");
    expect(headers).toMatchObject({ "x-vault-namespace": "shop", "x-vault-request": "true" });
  });

  test("signs the request as STS checks it, the server id included", async () => {
    await login();
    const [request] = vault.received;
    const headers = JSON.parse(decode(request?.body?.iam_request_headers)) as Record<string, string>;
    const [, credential = "", signedHeaders = "", signature] =
      /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=(\w+)$/.exec(headers.authorization ?? "") ??
      [];
    const scope = credential.split("/").slice(1);
    expect(credential.split("/")[0]).toBe("AKIDEXAMPLE");
    expect(scope.slice(1)).toEqual(["eu-central-1", "sts", "aws4_request"]);
    expect(signedHeaders.split(";")).toEqual(
      expect.arrayContaining(["host", "x-amz-date", "x-amz-security-token", "x-vault-aws-iam-server-id"]),
    );
    const hash = (text: string) => createHash("sha256").update(text).digest("hex");
    const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
    const canonical = [
      "POST",
      "/",
      "",
      ...signedHeaders.split(";").map((name) => `${name}:${headers[name]?.trim()}`),
      "",
      signedHeaders,
      hash(decode(request?.body?.iam_request_body)),
    ].join("\n");
    const toSign = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope.join("/"), hash(canonical)].join("\n");
    const key = scope.reduce<string | Buffer>((made, part) => hmac(made, part), `AWS4${credentials.secretAccessKey}`);
    expect(signature).toBe(hmac(key, toSign).toString("hex"));
  });

  test("never sends the secret access key", async () => {
    await login();
    const sent =
      JSON.stringify(vault.received) +
      Object.values(vault.received[0]?.body ?? {})
        .map(decode)
        .join();
    expect(sent).not.toContain(credentials.secretAccessKey);
  });
});

describe("loginWithJwt", () => {
  test("sends the documented fields, role and jwt, with a new token each time", async () => {
    vault.routes["POST auth/prod-jwt/login"] = () => ({
      auth: { client_token: "t", lease_duration: 1, renewable: true },
    });
    let made = 0;
    const token = async () => `token-of-sts-${++made}`;
    const login = () => loginWithJwt({ url: vault.url }, { role: "orders", mount: "prod-jwt", token });
    expect([(await login()).auth?.client_token, (await login()).auth?.client_token]).toEqual(["t", "t"]);
    expect(vault.received.map(({ body }) => body)).toEqual([
      { role: "orders", jwt: "token-of-sts-1" },
      { role: "orders", jwt: "token-of-sts-2" },
    ]);
  });

  test("never shows the token, neither what sends it nor what is answered", async () => {
    vault.routes["POST auth/jwt/login"] = () => 400;
    const error = await loginWithJwt({ url: vault.url }, { role: "orders", token: async () => "eyJ.secret.x" }).catch(
      (thrown: Error) => thrown,
    );
    expect(`${error}${JSON.stringify(error)}${(error as Error).stack}`).not.toContain("secret");
    expect(String(error)).toBe("VaultError: Vault, auth/jwt/login: status 400");
  });
});

describe("VaultClient", () => {
  beforeEach(() => {
    vault.routes["GET some/path"] = () => ({ data: { ok: true } });
  });
  const request = { method: "GET", path: "some/path" } as const;

  test("logs in once for callers at the same time and sends the token in its header", async () => {
    const one = client();
    await Promise.all([one.request(request), one.request(request)]);
    expect(logins).toBe(1);
    expect(vault.received.map(({ headers }) => headers["x-vault-token"])).toEqual(["token-1", "token-1"]);
  });

  test("renews its token in the last third of its life", async () => {
    const one = client();
    await one.request(request);
    time = (2 / 3) * hour - 1;
    await one.request(request);
    expect(calls()).toEqual(["GET some/path", "GET some/path"]);
    time = (2 / 3) * hour;
    await one.request(request);
    expect(calls().slice(2)).toEqual(["POST auth/token/renew-self", "GET some/path"]);
    expect(logins).toBe(1);
  });

  test.each([
    ["cannot be renewed", false, () => undefined, hour * 0.7],
    ["has expired", true, () => undefined, hour],
    [
      "has reached its longest life",
      true,
      () => {
        const auth = { client_token: "token-1", lease_duration: 600, renewable: true };
        vault.routes["POST auth/token/renew-self"] = () => ({ auth });
      },
      hour * 0.7,
    ],
    [
      "is refused its renewal",
      true,
      () => {
        vault.routes["POST auth/token/renew-self"] = () => 403;
      },
      hour * 0.7,
    ],
  ])("logs in again when its token %s", async (_, renewable, prepare, later) => {
    const one = client(renewable);
    await one.request(request);
    prepare();
    time = later;
    await one.request(request);
    expect(logins).toBe(2);
  });

  test("uses its token to its end where neither a renewal nor a login succeeds, and asks again after a quarter of the rest", async () => {
    let asked = 0;
    let away = false;
    const one = new VaultClient({
      address: { url: vault.url },
      login: async () => {
        asked += 1;
        if (away) throw new Error("STS is away");
        return { auth: { client_token: `token-${asked}`, lease_duration: 3600, renewable: false } };
      },
      now: () => time,
    });
    await one.request(request);
    away = true;
    time = hour - 100_000;
    await one.request(request);
    time += 24_999;
    await one.request(request);
    expect([asked, vault.received.map(({ headers }) => headers["x-vault-token"])]).toEqual([
      2,
      ["token-1", "token-1", "token-1"],
    ]);
    time = hour;
    await expect(one.request(request)).rejects.toThrow("STS is away");
    away = false;
    await one.request(request);
    expect(vault.received.at(-1)?.headers["x-vault-token"]).toBe("token-4");
  });

  test("counts the life of a token from before it asked, as the function may be frozen meanwhile", async () => {
    const one = new VaultClient({
      address: { url: vault.url },
      login: async () => {
        logins += 1;
        time += hour;
        return { auth: { client_token: `token-${logins}`, lease_duration: 3600, renewable: true } };
      },
      now: () => time,
    });
    await one.session();
    await one.session();
    expect(logins).toBe(2);
  });

  test("logs in again, once, when its token was revoked", async () => {
    vault.routes["GET some/path"] = ({ headers }) => (headers["x-vault-token"] === "token-1" ? 403 : { data: {} });
    await client().request(request);
    expect(logins).toBe(2);
  });

  test("passes on what its policy does not allow, after two tries", async () => {
    vault.routes["GET some/path"] = () => 403;
    await expect(client().request(request)).rejects.toThrow("Vault, some/path: status 403 (permission denied)");
    expect(calls()).toEqual(["GET some/path", "GET some/path"]);
  });

  test("names path and status in its errors, never the token or the body", async () => {
    vault.routes["POST some/path"] = () => 500;
    const error = await client()
      .request({ method: "POST", path: "some/path", body: { plaintext: "hunter2" } })
      .catch((thrown: Error) => thrown);
    expect(String(error)).toBe("VaultError: Vault, some/path: status 500");
    expect(JSON.stringify(error)).not.toMatch(/hunter2|token-1/);
  });

  test("gives up on a Vault that does not answer", async () => {
    const nowhere = { url: "http://127.0.0.1:1", timeoutMs: 500 };
    await expect(requestVault(nowhere, request)).rejects.toThrow("Vault, some/path: no answer (TypeError)");
  });
});

describe("DatabaseLease", () => {
  test("reads one login for callers at the same time, and keeps it", async () => {
    const one = lease();
    const [first, second] = await Promise.all([one.get(), one.get()]);
    expect([first, second, await one.get()]).toEqual(Array(3).fill({ username: "v-orders-1", password: "password-1" }));
    expect(leases).toBe(1);
  });

  test("is renewed by its id in the last third of its life, with the same login", async () => {
    const one = lease();
    await one.get();
    time = 0.7 * hour;
    expect((await one.get()).username).toBe("v-orders-1");
    const renewal = vault.received.find(({ path }) => path === "sys/leases/renew");
    expect(renewal).toMatchObject({ method: "PUT", body: { lease_id: "database/creds/orders/1" } });
  });

  test.each([
    ["near its longest life", () => ({ lease_id: "x", lease_duration: 60, renewable: true })],
    ["when its renewal is refused", () => 400],
  ])("is replaced %s", async (_, answer) => {
    const one = lease();
    await one.get();
    vault.routes["PUT sys/leases/renew"] = answer;
    time = 0.7 * hour;
    expect((await one.get()).username).toBe("v-orders-2");
  });

  test("is used to its end while Vault is away, and no longer", async () => {
    const one = lease();
    await one.get();
    vault.routes = {};
    time = 0.9 * hour;
    expect((await one.get()).username).toBe("v-orders-1");
    time = hour;
    await expect(one.get()).rejects.toThrow("Vault, database/creds/orders: status 404");
  });

  test("asks a Vault that is away again after a quarter of what is left of it, and not at each use", async () => {
    const one = lease();
    await one.get();
    const { routes } = vault;
    vault.routes = {};
    time = hour - 100_000;
    await one.get();
    const asked = calls().length;
    time += 24_999;
    await one.get();
    expect(calls().length).toBe(asked);
    vault.routes = routes;
    time += 1;
    expect((await one.get()).username).toBe("v-orders-2");
  });

  test("is used on while a server takes connections and answers nothing, after a second, and not waited for again", async () => {
    const one = lease();
    await one.get();
    time = 0.7 * hour;
    let answer: (value: object) => void = () => undefined;
    const answered = new Promise<object>((resolve) => {
      answer = resolve;
    });
    vault.routes["POST auth/token/renew-self"] = () => answered;
    expect((await one.get()).username).toBe("v-orders-1");
    expect((await one.get()).username).toBe("v-orders-1");
    expect(calls().filter((call) => call.includes("renew-self"))).toHaveLength(1);
    answer({ auth: { client_token: "token-1", lease_duration: 3600, renewable: true } });
    // What still waited gets its answer.
    await until(() => calls().includes("PUT sys/leases/renew"));
    expect((await one.get()).username).toBe("v-orders-1");
  });

  test("counts its life from before it was asked for, as the function may be frozen meanwhile", async () => {
    const { "GET database/creds/orders": made } = vault.routes;
    vault.routes["GET database/creds/orders"] = (asked) => {
      time += leases === 0 ? hour : 0;
      return made?.(asked) ?? 404;
    };
    const one = lease();
    await one.get();
    expect((await one.get()).username).toBe("v-orders-2");
  });

  test("is replaced when its token is, with which it ends, and not when the token is renewed", async () => {
    vault.routes["GET database/creds/orders"] = () => {
      leases += 1;
      const data = { username: `v-orders-${leases}`, password: `password-${leases}` };
      return { lease_id: `database/creds/orders/${leases}`, lease_duration: 86_400, renewable: true, data };
    };
    const one = lease();
    await one.get();
    time = 0.7 * hour;
    expect((await one.get()).username).toBe("v-orders-1");
    expect(calls().at(-1)).toBe("POST auth/token/renew-self");
    vault.routes["POST auth/token/renew-self"] = () => 403;
    time = 1.5 * hour;
    expect((await one.get()).username).toBe("v-orders-2");
    expect([logins, leases]).toEqual([2, 2]);
  });

  test("is forgotten unless it is too young, or another one than was refused", async () => {
    const one = lease();
    const first = await one.get();
    time = 1_999;
    expect([one.forget(first, 2_000), await one.get()]).toEqual([false, first]);
    time = 2_000;
    expect(one.forget(first, 2_000)).toBe(true);
    const second = await one.get();
    expect([one.forget(first), await one.get(), leases]).toEqual([true, second, 2]);
  });

  test("is replaced, and what ran runs once more, when the database refuses the login", async () => {
    const used: string[] = [];
    const result = await lease().withLogin(async ({ username }) => {
      used.push(username);
      if (username === "v-orders-1") throw refusal;
      return "done";
    });
    expect([result, used]).toEqual(["done", ["v-orders-1", "v-orders-2"]]);
  });

  test("is replaced once for all callers that are refused at the same time", async () => {
    const one = lease();
    await one.get();
    const run = () =>
      one.withLogin(async ({ username }) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (username === "v-orders-1") throw refusal;
        return username;
      });
    expect(await Promise.all([run(), run(), run()])).toEqual(Array(3).fill("v-orders-2"));
    expect(leases).toBe(2);
  });

  test("passes other errors on, and a second refusal", async () => {
    const one = lease();
    const other = new Error("timeout");
    await expect(one.withLogin(() => Promise.reject(other))).rejects.toBe(other);
    expect(leases).toBe(1);
    await expect(one.withLogin(() => Promise.reject(refusal))).rejects.toBe(refusal);
    expect(leases).toBe(2);
  });

  test("refuses a role that would lead to another path", async () => {
    const away = new DatabaseLease({ vault: client(), role: "../sys/raw", isAuthenticationError: () => false });
    await expect(away.get()).rejects.toThrow('"../sys/raw" is not a name in Vault; use letters, digits');
    expect(calls()).toEqual([]);
  });
});

describe("Transit", () => {
  const transit = () => new Transit({ vault: client(), key: "orders" });
  const base64 = (text: string) => Buffer.from(text).toString("base64");

  test("encrypts with the documented fields, with the newest version or the one of a canary", async () => {
    vault.routes["POST transit/encrypt/orders"] = () => ({ data: { ciphertext: "vault:v3:abc", key_version: 3 } });
    expect(await transit().encrypt(Buffer.from("card"), "tenant-42")).toBe("vault:v3:abc");
    await transit().encrypt(Buffer.from("card"), "tenant-42", 2);
    expect(vault.received.map(({ body }) => body)).toEqual([
      { plaintext: base64("card"), context: base64("tenant-42") },
      { plaintext: base64("card"), context: base64("tenant-42"), key_version: 2 },
    ]);
  });

  test("encrypts with the version that a canary picks, and with the old one again after a roll-back", async () => {
    vault.routes["POST transit/encrypt/orders"] = ({ body }) => ({
      data: { ciphertext: `vault:v${body?.key_version ?? 3}:abc` },
    });
    let percent = 100;
    const canary = new VersionCanary({ name: "orders", sharePercent: () => percent });
    const encrypt = () =>
      canary.run("tenant-42", (version) =>
        transit().encrypt(Buffer.from("card"), "tenant-42", version === "old" ? 2 : undefined),
      );
    expect(await encrypt()).toBe("vault:v3:abc");
    percent = 0;
    expect(await encrypt()).toBe("vault:v2:abc");
  });

  test("decrypts", async () => {
    vault.routes["POST transit/decrypt/orders"] = () => ({ data: { plaintext: base64("card") } });
    expect((await transit().decrypt("vault:v3:abc", "tenant-42")).toString()).toBe("card");
    expect(vault.received[0]?.body).toEqual({ ciphertext: "vault:v3:abc", context: base64("tenant-42") });
  });

  test("rewraps without the text leaving Vault", async () => {
    vault.routes["POST transit/rewrap/orders"] = () => ({ data: { ciphertext: "vault:v4:def" } });
    expect(await transit().rewrap("vault:v3:abc", "tenant-42")).toBe("vault:v4:def");
    expect(vault.received[0]?.body).toEqual({ ciphertext: "vault:v3:abc", context: base64("tenant-42") });
  });

  test("is asked again twice where the server is away for a moment, and not where it refuses", async () => {
    let asked = 0;
    vault.routes["POST transit/decrypt/orders"] = () => {
      asked += 1;
      return asked < 3 ? 503 : { data: { plaintext: base64("card") } };
    };
    expect((await transit().decrypt("vault:v3:abc", "tenant-42")).toString()).toBe("card");
    expect(asked).toBe(3);
    vault.routes["POST transit/decrypt/orders"] = () => {
      asked += 1;
      return 400;
    };
    await expect(transit().decrypt("vault:v3:abc", "tenant-43")).rejects.toThrow("status 400");
    expect(asked).toBe(4);
  });

  test("refuses an answer without the field", async () => {
    vault.routes["POST transit/encrypt/orders"] = () => ({ data: {} });
    await expect(transit().encrypt(Buffer.from("card"), "x")).rejects.toThrow("the answer has no ciphertext");
  });
});
