import { failureOf } from "../../../runtime/postgres/errors";
import { iamToken } from "../../../runtime/postgres/iam-token";
import type { Phase } from "../../../runtime/sql/failure";

describe("iamToken", () => {
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI" };
  const target = { host: "db.example.com", port: 5432, user: "app", region: "eu-west-1", credentials };

  test("signs a token for the endpoint and the user, which does not hold the secret key", async () => {
    const token = await iamToken(target).password();
    expect(token).toMatch(/^db\.example\.com:5432\/\?/);
    expect(token).toContain("Action=connect");
    expect(token).toContain("DBUser=app");
    expect(token).toContain("X-Amz-Expires=900");
    expect(token).not.toContain(credentials.secretAccessKey);
  });

  test("keeps it well below its 15 minutes, and makes a new one after a refusal", async () => {
    let now = Date.now();
    let asked = 0;
    const counted = async () => {
      asked += 1;
      return credentials;
    };
    const source = iamToken({ ...target, credentials: counted, now: () => now });
    await source.password();
    now += 9 * 60_000;
    await source.password();
    const before = asked;
    now += 2 * 60_000;
    await source.password();
    expect([before, asked]).toEqual([1, 2]);
    source.refresh();
    await source.password();
    expect(asked).toBe(3);
  });
});

describe("failureOf", () => {
  const error = (code: string) => Object.assign(new Error("any"), { code, severity: "ERROR" });
  const kinds: [string, unknown, Phase, object][] = [
    ["a shutdown during COMMIT", error("57P01"), "commit", { transient: true, applied: "unknown", reconnect: true }],
    ["a shutdown inside a transaction", error("57P01"), "transaction", { transient: true, applied: "no" }],
    ["a pooler that lost its server", error("08P01"), "commit", { transient: true, applied: "unknown" }],
    [
      "a pooler that refuses a password",
      Object.assign(error("08P01"), { message: "SASL authentication failed" }),
      "connect",
      { transient: true, applied: "no", authentication: true },
    ],
    [
      "a proxy that has no secret for a user",
      error("28000"),
      "connect",
      { transient: true, applied: "no", authentication: true },
    ],
    ["a server that starts up", error("57P03"), "connect", { transient: true, applied: "no" }],
    ["a full server", error("53300"), "connect", { transient: true, applied: "no" }],
    ["a reader", error("25006"), "commit", { transient: true, applied: "no", reconnect: true }],
    [
      "a serialization failure at COMMIT",
      error("40001"),
      "commit",
      { transient: true, applied: "no", reconnect: false },
    ],
    [
      "a reset socket",
      Object.assign(new Error("any"), { code: "ECONNRESET" }),
      "commit",
      { transient: true, applied: "unknown" },
    ],
    [
      "a certificate that is not trusted",
      Object.assign(new Error("any"), { code: "SELF_SIGNED_CERT_IN_CHAIN" }),
      "connect",
      { transient: false },
    ],
    ["a server without TLS", new Error("The server does not support SSL connections"), "connect", { transient: false }],
    ["a duplicate", error("23505"), "commit", { transient: false, applied: "no", reconnect: false }],
    ["a mistake in code", new TypeError("any"), "commit", { transient: false, applied: "no" }],
  ];
  test.each(kinds)("knows %s", (_, cause, phase, expected) => {
    expect(failureOf(cause, phase)).toMatchObject(expected);
  });
});
