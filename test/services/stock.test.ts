import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { HttpApiHandler } from "../../runtime/http/http-api";
import { httpEvent, lambdaContext, type RequestParts, tokenOf } from "../runtime/invocation";
import { hasMysqlServer, type MysqlServer, startMysql } from "../runtime/mysql/mysql-server";
import { makeCertificates } from "../runtime/postgres/certificates";
import { type FakeSecretsManager, startFakeSecretsManager } from "../support/fake-secrets-manager";
import { makeStockDatabase } from "./stock-database";
import { stockVariables } from "./stock-variables";

const password = "correct-horse-7391";
const clerk = tokenOf({ sub: "clerk-1", scope: "stock:read stock:write" });

/** Loads services/stock/handler.ts afresh, as a cold start does. */
function coldStart(): HttpApiHandler {
  let loaded: { readonly handler: HttpApiHandler } | undefined;
  jest.isolateModules(() => {
    loaded = require("../../services/stock/handler");
  });
  if (loaded) return loaded.handler;
  throw new Error("services/stock/handler.ts could not be loaded");
}

(hasMysqlServer() ? describe : describe.skip)("The stock service", () => {
  const outside = process.env;
  let server: MysqlServer | undefined;
  let secrets: FakeSecretsManager | undefined;
  let handler: HttpApiHandler;

  beforeAll(async () => {
    const certificates = makeCertificates("localhost");
    server = await startMysql(certificates);
    const caFile = join(server.folder, "ca.crt");
    writeFileSync(caFile, certificates.ca);
    await makeStockDatabase(server, password);
    secrets = await startFakeSecretsManager(JSON.stringify({ username: "stock_service", password }));
    process.env = {
      ...outside,
      ...stockVariables(server, secrets),
      DATABASE_CA_FILE: caFile,
    };
    handler = coldStart();
  }, 60_000);
  afterAll(async () => {
    process.env = outside;
    await server?.stop();
    await secrets?.stop();
  });

  async function send(route: string, parts: RequestParts = {}) {
    const answer = await handler(httpEvent(route, { authorizer: clerk, ...parts }), lambdaContext());
    return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(answer.body ?? "{}") };
  }
  const move = (sku: string, quantity: number, movementId: string = randomUUID()) =>
    send("POST /movements", { body: { movementId, sku, quantity } });
  const level = async (sku: string) => (await send("GET /items/{sku}", { path: { sku } })).body.quantity;

  test("moves articles, once for each id, and never takes what is not there", async () => {
    const id = randomUUID();
    const first = await move("BOX-1", 5, id);
    expect(first).toMatchObject({ status: 201, body: { sku: "BOX-1", quantity: 5, levelAfter: 5 } });
    const again = await move("BOX-1", 5, id);
    expect(again.body).toEqual(first.body);
    expect(again.headers?.["idempotent-replayed"]).toBe("true");
    expect(await move("BOX-1", 6, id)).toMatchObject({ status: 422 });
    expect(await move("BOX-1", -6)).toMatchObject({ status: 409 });
    expect(await move("BOX-1", -5)).toMatchObject({ status: 201, body: { levelAfter: 0 } });
    expect(await level("BOX-1")).toBe(0);
    expect(await level("BOX-NEVER")).toBe(0);
  });

  test("refuses what is no movement, and callers without the scope", async () => {
    expect(await move("box", 1)).toMatchObject({ status: 400 });
    expect(await move("BOX-2", 0)).toMatchObject({ status: 400 });
    const reader = tokenOf({ sub: "reader-1", scope: "stock:read" });
    const refused = await send("POST /movements", { authorizer: reader, body: {} });
    expect(refused.status).toBe(403);
  });

  test("makes movements once when the server crashes in between", async () => {
    const id = randomUUID();
    expect(await move("BOX-3", 1)).toMatchObject({ status: 201 });
    await server?.crash();
    const moving = move("BOX-3", 1, id);
    await server?.restart();
    const answer = await moving;
    const repeated = answer.status === 201 ? answer : await move("BOX-3", 1, id);
    expect(repeated).toMatchObject({ status: 201, body: { levelAfter: 2 } });
    expect(await level("BOX-3")).toBe(2);
  });
});
