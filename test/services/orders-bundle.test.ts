import { spawn } from "node:child_process";
import { once } from "node:events";
import { statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { buildSync } from "esbuild";
import { bundlerOptions } from "../../modules/service-function/bundle-build";
import { httpEvent } from "../runtime/invocation";
import { temporaryFolder } from "../support/temporary-folder";
import { dynaliteBackend } from "./dynamodb-backends";
import { newCustomer, newKey, OrdersService, orderFor } from "./orders-service";

const projectRoot = resolve(__dirname, "../..");

/** 450 KB when this was written: 63 KB of it for publishing events, 38 KB for encryption by KMS or Vault, 81 KB for reading settings. Growth beyond the limit is to be a decision, and runtime/README.md to say what it buys. */
const limitBytes = 470_000;

/** Invokes the handler of a bundle in a Node.js process of its own, as one execution environment after another would. */
async function invoke(bundle: string, ...events: APIGatewayProxyEventV2[]) {
  const script = `(async () => {
    const [bundle, events] = process.argv.slice(1);
    const { handler } = await import(bundle);
    const results = [];
    for (const event of JSON.parse(events)) results.push(await handler(event, {}));
    process.send(results, () => process.exit());
  })()`;
  const child = spawn(process.execPath, ["-e", script, bundle, JSON.stringify(events)], {
    env: { ...process.env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`The bundle's process ended with code ${code} before it answered.`);
  });
  ended.catch(() => undefined);
  const [results] = (await Promise.race([once(child, "message"), ended])) as [APIGatewayProxyStructuredResultV2[]];
  return results.map(({ body, headers, statusCode }) => ({
    status: statusCode,
    headers,
    body: JSON.parse(body ?? ""),
  }));
}

describe("the bundle of the orders service", () => {
  const folder = temporaryFolder("evenkeel-bundle-");
  const outfile = join(folder, "index.mjs");
  let inputs: string[];
  let service: OrdersService;

  beforeAll(async () => {
    const options = {
      entry: "services/orders/handler.ts",
      runtime: "nodejs22.x",
      sourceMap: false,
      external: [],
    } as const;
    const { metafile, outputFiles } = buildSync(
      bundlerOptions({ ...options, external: [], handler: "handler", projectRoot }),
    );
    writeFileSync(outfile, outputFiles[0]?.contents ?? "");
    inputs = Object.values(metafile.outputs).flatMap((output) => Object.keys(output.inputs));
    service = await OrdersService.start(dynaliteBackend);
  });

  afterAll(() => service?.stop());

  it(`is at most ${limitBytes} bytes`, () => {
    expect(statSync(outfile).size).toBeLessThanOrEqual(limitBytes);
  });

  it("holds nothing that synthesizes, no second zod and no other language than English", () => {
    expect(inputs).toEqual(expect.arrayContaining(["runtime/http/http-api.ts"]));
    expect(
      inputs.filter((path) => /cdktf|constructs|zod\/v4\/classic|zod\/v3|locales\/(?!en\.|index\.)/.test(path)),
    ).toEqual([]);
  });

  it("tells health checkers that its region answers", async () => {
    const [health] = await invoke(outfile, httpEvent("GET /health"));
    expect(health).toMatchObject({ status: 200, headers: { "cache-control": "no-store" }, body: { status: "ok" } });
  });

  it("creates, replays, reads and lists like the source, in one execution environment or another", async () => {
    const order = orderFor(newCustomer());
    const post = httpEvent("POST /orders", { body: order, headers: { "idempotency-key": newKey() } });
    const [created, refused] = await invoke(outfile, post, httpEvent("POST /orders", { body: {} }));
    expect([created?.status, refused?.status]).toEqual([201, 400]);

    const { customerId, orderId } = created?.body ?? {};
    const [replayed, read, listed] = await invoke(
      outfile,
      post,
      httpEvent("GET /orders/{orderId}", { path: { orderId } }),
      httpEvent("GET /customers/{customerId}/orders", { path: { customerId } }),
    );
    expect(replayed).toMatchObject({ headers: { "idempotent-replayed": "true" }, body: created?.body });
    expect(read?.body).toEqual(created?.body);
    expect(listed?.body).toEqual({ orders: [created?.body] });
  }, 30_000);
});
