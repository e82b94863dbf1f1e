import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { PostgresMigration } from "../../handlers/schema-migration/postgres/migration";
import { readMigrations } from "../../modules/schema-migration";
import type { HttpApiHandler } from "../../runtime/http/http-api";
import { httpEvent, lambdaContext, type RequestParts, tokenOf } from "../runtime/invocation";
import { makeCertificates } from "../runtime/postgres/certificates";
import { hasPgBouncer, type PgBouncer, startPgBouncer } from "../runtime/postgres/pgbouncer";
import { type PostgresServer, startPostgres } from "../runtime/postgres/postgres-server";
import { unstorableTexts, withEachText } from "./unstorable-texts";

const password = "correct-horse-7391";
const { bundled } = readMigrations("services/ledger/migrations");
const migrations = bundled as readonly PostgresMigration[];
const secretArn = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod-ledger/ledger_service-AbCdEf";

/** Answers GetSecretValue for the one secret, as Secrets Manager does. */
async function startSecrets(): Promise<Server> {
  const value = {
    ARN: secretArn,
    VersionId: "version-1",
    SecretString: JSON.stringify({ username: "ledger_service", password }),
  };
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(value));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** Loads services/ledger/handler.ts afresh, as a cold start does. */
function coldStart(): HttpApiHandler {
  let loaded: { readonly handler: HttpApiHandler } | undefined;
  jest.isolateModules(() => {
    loaded = require("../../services/ledger/handler");
  });
  if (loaded) return loaded.handler;
  throw new Error("services/ledger/handler.ts could not be loaded");
}

/** Accountants book on every account. */
const accountant = tokenOf({ sub: "accountant-1", scope: "entries:read entries:write entries:all" });

const entry = (accountId: string, changes: object = {}) => ({
  entryId: randomUUID(),
  accountId,
  amountMinor: 1_250,
  currency: "EUR",
  description: "Invoice 7",
  ...changes,
});

describe.each([
  ["directly", true],
  ["through PgBouncer", hasPgBouncer()],
] as const)("The ledger service, connected %s", (way, possible) => {
  const check = possible ? test : test.skip;
  const outside = process.env;
  let server: PostgresServer | undefined;
  let bouncer: PgBouncer | undefined;
  let secrets: Server | undefined;
  let handler: HttpApiHandler;

  beforeAll(async () => {
    if (!possible) return;
    const certificates = makeCertificates("localhost");
    const started = await startPostgres(certificates);
    server = started;
    // What the function that runs migrations does; see handlers/schema-migration.
    await started.run("CREATE ROLE ledger_service_role NOLOGIN");
    for (const { sql } of migrations) await started.run(sql);
    // What the rotation does; see handlers/secret-rotation.
    await started.run(`CREATE ROLE ledger_service LOGIN PASSWORD '${password}' IN ROLE ledger_service_role`);
    if (way !== "directly") bouncer = await startPgBouncer(started, certificates, { ledger_service: password });
    secrets = await startSecrets();
    const caFile = join(started.folder, "ca.crt");
    writeFileSync(caFile, certificates.ca);
    process.env = {
      ...outside,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: "eu-west-1",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${(secrets.address() as AddressInfo).port}`,
      // Has the logger use the console that is silent here.
      POWERTOOLS_DEV: "true",
      ENVIRONMENT: "prod",
      SERVICE_NAME: "ledger",
      ALL_OWNERS_SCOPE: "entries:all",
      DATABASE_HOST: "localhost",
      DATABASE_READER_HOST: "localhost",
      DATABASE_PORT: String(bouncer?.port ?? started.port),
      DATABASE_NAME: "postgres",
      DATABASE_USER: "ledger_service",
      DATABASE_AUTHENTICATION: "password",
      DATABASE_SECRET_ARN: secretArn,
      DATABASE_CA_FILE: caFile,
    };
    handler = coldStart();
    jest.spyOn(console, "info").mockImplementation();
    jest.spyOn(console, "warn").mockImplementation();
  }, 60_000);
  afterAll(async () => {
    process.env = outside;
    jest.restoreAllMocks();
    secrets?.closeAllConnections();
    secrets?.close();
    await bouncer?.stop();
    await server?.stop();
  });

  const send = async (route: string, parts: RequestParts = {}) => {
    const event = httpEvent(route, { authorizer: accountant, ...parts });
    const { statusCode, body, headers } = await handler(event, lambdaContext());
    return { status: statusCode, headers, body: JSON.parse(body ?? "null") };
  };
  const book = (body: object) => send("POST /entries", { body });
  const list = (accountId: string, query: Record<string, string> = {}) =>
    send("GET /accounts/{accountId}/entries", { path: { accountId }, query });

  check(
    "books and lists for those to whom an account belongs, and refuses everyone else, who learn nothing",
    async () => {
      const accountId = randomUUID();
      const owner = {
        authorizer: tokenOf({ sub: "a", accounts: `[acc-1 ${accountId}]`, scope: "entries:read entries:write" }),
      };
      const stranger = {
        authorizer: tokenOf({ sub: accountId, accounts: "acc-1", scope: "entries:read entries:write" }),
      };
      const reader = { authorizer: tokenOf({ sub: "a", accounts: accountId, scope: "entries:read" }) };
      const body = entry(accountId);
      const path = { accountId };
      expect(await send("POST /entries", { ...stranger, body })).toMatchObject({ status: 403 });
      expect(await send("POST /entries", { ...reader, body })).toMatchObject({ status: 403 });
      expect((await list(accountId)).body.entries).toEqual([]);
      expect(await send("POST /entries", { ...owner, body })).toMatchObject({ status: 201 });
      const refused = await send("GET /accounts/{accountId}/entries", { ...stranger, path });
      expect([refused.status, JSON.stringify(refused.body)]).toEqual([403, expect.not.stringContaining(body.entryId)]);
      expect(await send("GET /accounts/{accountId}/entries", { authorizer: undefined, path })).toMatchObject({
        status: 401,
      });
      for (const who of [owner, reader]) {
        const { status, body: page } = await send("GET /accounts/{accountId}/entries", { ...who, path });
        expect([status, page.entries]).toEqual([200, [expect.objectContaining(body)]]);
      }
    },
  );

  check("books an entry once, however often it is sent, also at the same time", async () => {
    const accountId = randomUUID();
    const body = entry(accountId);
    const answers = await Promise.all(Array.from({ length: 4 }, () => book(body)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(answers.filter(({ headers }) => headers?.["idempotent-replayed"] === "false")).toHaveLength(1);
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    expect(answers[0]?.body).toEqual({ ...body, bookedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect((await list(accountId)).body.entries).toEqual([answers[0]?.body]);
  });

  check("refuses another entry under the same id, and keeps the first", async () => {
    const accountId = randomUUID();
    const body = entry(accountId);
    await book(body);
    const other = await book({ ...body, amountMinor: -1_250 });
    expect([other.status, other.body.code ?? other.body.type]).toEqual([422, expect.stringContaining("unprocessable")]);
    expect((await list(accountId)).body.entries).toEqual([expect.objectContaining(body)]);
  });

  check("pages through an account, newest first, without another account's entries", async () => {
    const accountId = randomUUID();
    for (let amountMinor = 1; amountMinor <= 5; amountMinor += 1) await book(entry(accountId, { amountMinor }));
    await book(entry(randomUUID()));
    const amounts: number[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const { body } = await list(accountId, { limit: "2", ...(cursor && { cursor }) });
      amounts.push(...body.entries.map(({ amountMinor }: { amountMinor: number }) => amountMinor));
      cursor = body.nextCursor;
      pages += 1;
    } while (cursor);
    expect([amounts, pages]).toEqual([[5, 4, 3, 2, 1], 3]);
  });

  check("refuses what is no entry, no account and no cursor, all mistakes at once", async () => {
    const wrong = await book({ entryId: "1", accountId: "a b", amountMinor: 0, currency: "Euro", note: "x" });
    expect([wrong.status, wrong.body.errors.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([
      400,
      expect.arrayContaining(["#/entryId", "#/accountId", "#/amountMinor", "#/currency"]),
    ]);
    const cursors = ["x", Buffer.from("1|99999999999999999999").toString("base64url")];
    for (const cursor of cursors) expect((await list("acc-1", { cursor })).status).toBe(400);
    expect((await list("acc-1", { limit: "0" })).status).toBe(400);
  });

  check("refuses a text that no store keeps, wherever it is, each time, and writes nothing", async () => {
    const accountId = randomUUID();
    const booked = () => server?.rows("SELECT count(*)::int AS count FROM ledger.entries");
    const before = await booked();
    const statuses: [string, unknown][] = [];
    for (const [name, text] of Object.entries(unstorableTexts)) {
      for (const { place, value } of withEachText(entry(accountId), text)) {
        for (const _ of [1, 2]) statuses.push([`${name} in ${place}`, (await book(value as object)).status]);
      }
      statuses.push([`${name} in the path`, (await list(text)).status]);
      for (const parameter of ["cursor", "limit"]) {
        statuses.push([`${name} in ${parameter}`, (await list(accountId, { [parameter]: text })).status]);
      }
    }
    expect(statuses.length).toBeGreaterThan(30);
    expect(statuses.filter(([, status]) => status !== 400)).toEqual([]);
    expect(await booked()).toEqual(before);
  });

  check("cannot change or delete what is booked", async () => {
    const [{ update, remove } = {}] =
      (await server?.rows<{ update: boolean; remove: boolean }>(
        "SELECT has_table_privilege('ledger_service', 'ledger.entries', 'UPDATE') AS update, has_table_privilege('ledger_service', 'ledger.entries', 'DELETE') AS remove",
      )) ?? [];
    expect([update, remove]).toEqual([false, false]);
  });

  check(
    "answers once the server is back after a crash, with everything that was acknowledged",
    async () => {
      const accountId = randomUUID();
      const before = entry(accountId);
      const during = entry(accountId);
      await book(before);
      await server?.crash();
      const repeated = (async () => {
        for (;;) {
          const { status } = await book(during);
          // As clients do with a 503: the id makes it safe.
          if (status !== 503) return status;
        }
      })();
      await server?.restart();
      expect(await repeated).toBe(201);
      const { body } = await list(accountId);
      expect(body.entries.map(({ entryId }: { entryId: string }) => entryId)).toEqual([during.entryId, before.entryId]);
    },
    20_000,
  );

  check("says that it is well without asking the database", async () => {
    const { body, status, headers } = await send("GET /health");
    expect([status, body, headers?.["cache-control"]]).toEqual([
      200,
      { status: "ok", region: "eu-west-1" },
      "no-store",
    ]);
  });
});
