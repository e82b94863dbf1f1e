import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { buildSync, type Metafile } from "esbuild";
import { bundlerOptions } from "../modules/service-function";
import { aimTable, type Comparison } from "./aim";
import type { Benchmark } from "./benchmark";
import { type Command, interleaved, node } from "./measure";

/** A call of an HTTP API, as the function gets it. */
const request = (routeKey: string, pathParameters = {}) => ({
  version: "2.0",
  routeKey,
  rawPath: routeKey.slice(routeKey.indexOf("/")),
  headers: {},
  pathParameters,
  requestContext: {
    http: { method: "GET", path: "/" },
    requestId: "bench",
    authorizer: { jwt: { claims: { sub: "bench", scope: "orders:read" }, scopes: null } },
  },
  isBase64Encoded: false,
});
const health = request("GET /health");
const order = request("GET /orders/{orderId}", { orderId: `ord_${"0".repeat(32)}` });

/** A first event, and what it is called in the table; without one the process ends when the handler is loaded. */
interface First {
  readonly name: string;
  readonly event?: object;
  /** The most that it may take, as a ratio to an empty handler. */
  readonly aim?: number;
}

/** Handlers of this repository, each with events to measure the first response with. */
const handlers: readonly { readonly entry: string; readonly first: readonly First[] }[] = [
  {
    entry: "services/orders/handler.ts",
    first: [
      { name: "a health check", event: health, aim: 1.35 },
      { name: "an order, by DynamoDB", event: order },
    ],
  },
  { entry: "services/ledger/handler.ts", first: [{ name: "a health check", event: health }] },
  { entry: "services/shipments/handler.ts", first: [{ name: "loaded" }] },
  { entry: "services/picking/handler.ts", first: [{ name: "loaded" }] },
  { entry: "handlers/secret-rotation/handler.ts", first: [{ name: "loaded" }] },
  { entry: "handlers/schema-migration/postgres/handler.ts", first: [{ name: "loaded" }] },
  { entry: "handlers/schema-migration/mysql/handler.ts", first: [{ name: "loaded" }] },
  { entry: "handlers/key-rotation/handler.ts", first: [{ name: "loaded" }] },
  { entry: "handlers/version-canary/handler.ts", first: [{ name: "loaded" }] },
  { entry: "handlers/edge-router/handler.ts", first: [{ name: "loaded" }] },
  { entry: "handlers/edge-signer/handler.ts", first: [{ name: "loaded" }] },
];

/** What the functions are deployed with, everything optional included. */
const variables = {
  AWS_REGION: "eu-west-1",
  ENVIRONMENT: "bench",
  SERVICE_NAME: "orders",
  AWS_ACCESS_KEY_ID: "none",
  AWS_SECRET_ACCESS_KEY: "none",
  AWS_LAMBDA_LOG_LEVEL: "CRITICAL",
  // Only Node.js 20 warns, which functions do not run.
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  TABLE_NAME: "orders",
  EVENT_BUS_NAME: "bench",
  SETTINGS_PATH: "/bench/orders",
  ENCRYPTION_KEY_ARN: "arn:aws:kms:eu-west-1:111111111111:key/mrk-1",
  ENCRYPTION_SERVICE: "orders",
  HANDLED_EVENTS_TABLE_NAME: "handled",
  HOME_REGION: "eu-central-1",
  DATABASE_HOST: "database",
  DATABASE_READER_HOST: "database",
  DATABASE_PORT: "5432",
  DATABASE_NAME: "bench",
  DATABASE_USER: "bench",
  DATABASE_USERNAME: "bench",
  DATABASE_ROLE: "bench",
  DATABASE_SECRET_ARN: "arn:aws:secretsmanager:eu-west-1:111111111111:secret:bench-AbCdEf",
  ADMINISTRATOR_SECRET_ID: "bench",
  CANARY_SHARE_PARAMETER: "/bench/share",
  SHARE_PARAMETER: "/bench/share",
  ALARM_NAME: "bench",
  BAKE_MINUTES: "60",
  KEYS: "bench=arn:aws:kms:eu-west-1:111111111111:key/mrk-1",
};

/** Sizes of the bundles, and the time from process start to first response relative to an empty handler, measured in turns with it. */
export const bundlesBenchmark: Benchmark = {
  name: "bundles",
  about: "from process start to the first response of a handler. Floor: an empty handler.",
  async run({ times, scratch }) {
    const folder = join(scratch, "bundles");
    mkdirSync(folder, { recursive: true });
    const dynamodb = await emptyTable();
    try {
      const { port } = dynamodb.address() as AddressInfo;
      return await firstResponses(folder, times, {
        ...variables,
        AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}`,
      });
    } finally {
      dynamodb.closeAllConnections();
      dynamodb.close();
    }
  },
};

async function firstResponses(folder: string, times: number, env: NodeJS.ProcessEnv): Promise<string> {
  const empty = join(folder, "empty.mjs");
  writeFileSync(empty, "export const handler=async()=>({statusCode:200});");
  const cases = handlers.flatMap(({ entry, first }, index) => {
    const size = bundle(entry, join(folder, String(index)));
    return first.map((each) => ({ entry, size, ...each, file: join(folder, String(index), "index.mjs") }));
  });
  const emptyHandler = "an empty handler";
  const titled = cases.map(({ entry, name, size, file, event, aim }) => {
    const kib = (bytes: number) => Math.round(bytes / 1024);
    const title = `${entry}, ${name} (${kib(size.cold)} of ${kib(size.all)} KiB)`;
    return { title, command: firstResponse(file, event, env), aim };
  });
  const commands = titled.map(({ title, command }): [string, Command] => [title, command]);
  const runs = await interleaved(
    Object.fromEntries([[emptyHandler, firstResponse(empty, health, env)], ...commands]),
    times,
  );
  const comparison = (name: string, aim?: number): Comparison => {
    const [run, to] = [runs[name], runs[emptyHandler]];
    if (!run || !to) throw new Error(`${name} was not measured`);
    return { name, run, to, aim };
  };
  return aimTable("first response", "floor", [
    comparison(emptyHandler),
    ...titled.map(({ title, aim }) => comparison(title, aim)),
  ]);
}

/** Bundles a handler as for Lambda. @returns the bytes that its cold start loads, and those of all its files */
function bundle(entry: string, outdir: string): { readonly cold: number; readonly all: number } {
  const options = bundlerOptions({
    entry,
    handler: "handler",
    runtime: "nodejs22.x",
    sourceMap: false,
    external: [],
    projectRoot: process.cwd(),
    define: entry.startsWith("handlers/edge-") ? { ORIGIN_ROUTING: "{}", SIGNED_ROUTES: "{}" } : {},
  });
  const { metafile } = buildSync({ ...options, write: true, outdir });
  return { cold: bytesFrom(metafile, false), all: bytesFrom(metafile, true) };
}

/** The bytes of the module that Lambda loads and of what it imports; what it imports dynamically only if `all` is set. */
function bytesFrom({ outputs }: Metafile, all: boolean): number {
  const found = new Set(Object.keys(outputs).filter((path) => path.endsWith("/index.mjs")));
  for (const path of found) {
    for (const { path: imported, external, kind } of outputs[path]?.imports ?? []) {
      if (!external && (all || kind !== "dynamic-import")) found.add(imported);
    }
  }
  return [...found].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
}

/** A DynamoDB that has no item. */
async function emptyTable(): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    incoming
      .resume()
      .on("end", () => outgoing.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end("{}"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

/** A process that answers one event and ends; without one it ends when the handler is loaded. */
function firstResponse(file: string, event: object | undefined, env: NodeJS.ProcessEnv): Command {
  const call = event
    ? `handler(${JSON.stringify(event)},{}).then((r)=>{if(![200,404].includes(r.statusCode))throw new Error(JSON.stringify(r));process.exit()})`
    : "process.exit()";
  return node(["-e", `import(${JSON.stringify(file)}).then(({handler})=>${call})`], { env });
}
