import { spawn } from "node:child_process";
import { once } from "node:events";
import { basename, join, resolve } from "node:path";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { buildSync, type Metafile } from "esbuild";
import { bundlerOptions } from "../../modules/service-function/bundle-build";
import { httpEvent } from "../runtime/invocation";
import { temporaryFolder } from "../support/temporary-folder";
import { dynaliteBackend } from "./dynamodb-backends";
import { newCustomer, newKey, OrdersService, orderFor, supportDesk } from "./orders-service";

const projectRoot = resolve(__dirname, "../..");

/** 82 KB at the cold start when this was written, and 491 KB in all: 58 KB of it for publishing events, 23 KB for the key of a distribution, 29 KB for encryption by KMS, 79 KB for reading settings, 13 KB for metrics. 1.2 KB of the cold start carry the correlation id, and say where tracing may begin; 0.7 KB keep a token or lease of Vault while the server is away, and know its other login. Growth beyond the limits is to be a decision, and runtime/README.md to say what it buys. */
const limits = { "at the cold start": 93_000, "in all": 507_000 };

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
  let outputs: Metafile["outputs"];
  let service: OrdersService;

  beforeAll(async () => {
    const options = {
      entry: "services/orders/handler.ts",
      runtime: "nodejs22.x",
      sourceMap: false,
      external: [],
    } as const;
    const bundler = bundlerOptions({ ...options, external: [], handler: "handler", projectRoot });
    const { metafile } = buildSync({ ...bundler, write: true, outdir: folder });
    outputs = Object.fromEntries(Object.entries(metafile.outputs).map(([path, output]) => [basename(path), output]));
    service = await OrdersService.start(dynaliteBackend);
  });

  afterAll(() => service?.stop());

  /** The names of the files that are loaded with one, of all or of the imports that are not dynamic. */
  function loadedWith(name: string, all: boolean, found = new Set<string>()): Set<string> {
    found.add(name);
    for (const { path, external, kind } of outputs[name]?.imports ?? []) {
      if (external || found.has(basename(path)) || (kind === "dynamic-import" && !all)) continue;
      loadedWith(basename(path), all, found);
    }
    return found;
  }
  const inputsOf = (names: Iterable<string>) => [...names].flatMap((name) => Object.keys(outputs[name]?.inputs ?? {}));

  it.each(Object.entries(limits))("is, %s, at most %d bytes", (when, limit) => {
    const sizes = [...loadedWith("index.mjs", when === "in all")].map((name) => outputs[name]?.bytes ?? 0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(limit);
  });

  it("loads no client of AWS at the cold start, and each of them in a file of its own", () => {
    const clientsIn = (names: Iterable<string>) =>
      [...new Set(inputsOf(names).map((path) => /@aws-sdk\/(client-[\w-]+)/.exec(path)?.[1]))].filter(Boolean);
    expect(clientsIn(loadedWith("index.mjs", false))).toEqual([]);
    const clients = ["client-dynamodb", "client-eventbridge", "client-kms", "client-secrets-manager", "client-ssm"];
    expect(clientsIn(loadedWith("index.mjs", true)).sort()).toEqual(clients);
    const several = Object.keys(outputs).filter((name) => clientsIn([name]).length > 1);
    expect(several).toEqual([]);
  });

  it("holds nothing that synthesizes, no second zod and no other language than English", () => {
    const inputs = inputsOf(Object.keys(outputs));
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
    const post = httpEvent("POST /orders", {
      authorizer: supportDesk,
      body: order,
      headers: { "idempotency-key": newKey() },
    });
    const [created, refused] = await invoke(
      outfile,
      post,
      httpEvent("POST /orders", { authorizer: supportDesk, body: {} }),
    );
    expect([created?.status, refused?.status]).toEqual([201, 400]);

    const { customerId, orderId } = created?.body ?? {};
    const [replayed, read, listed] = await invoke(
      outfile,
      post,
      httpEvent("GET /orders/{orderId}", { authorizer: supportDesk, path: { orderId } }),
      httpEvent("GET /customers/{customerId}/orders", { authorizer: supportDesk, path: { customerId } }),
    );
    expect(replayed).toMatchObject({ headers: { "idempotent-replayed": "true" }, body: created?.body });
    expect(read?.body).toEqual(created?.body);
    expect(listed?.body).toEqual({ orders: [created?.body] });
  }, 30_000);
});
