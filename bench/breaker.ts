import { mkdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { bundlerOptions } from "../modules/service-function";
import { aimTable } from "./aim";
import type { Benchmark } from "./benchmark";
import { type Command, interleaved, node, type Run } from "./measure";

/** Calls after the first one, in the same process. */
const warmCalls = 400;

/** What a wrapped service may take, as a ratio to the same service unwrapped. */
const aim = 1.2;

/** The shipments service with its breakers closed, and the same service whose calls of the carrier go through nothing. */
export const breakerBenchmark: Benchmark = {
  name: "breaker",
  about:
    "the shipments service, which calls a carrier through a closed circuit breaker with shared state and switches. Floor: the same service and clients without the breaker.",
  async run({ times, scratch }) {
    const folder = join(scratch, "breaker");
    mkdirSync(folder, { recursive: true });
    const server = await agreeing();
    try {
      const env = variables(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      const files = { wrapped: await bundled(folder, "wrapped"), unwrapped: await bundled(folder, "unwrapped") };
      const { coldWrapped, coldUnwrapped, warmWrapped, warmUnwrapped } = await interleaved(
        {
          coldWrapped: calls(files.wrapped, 1, env),
          coldUnwrapped: calls(files.unwrapped, 1, env),
          warmWrapped: calls(files.wrapped, 1 + warmCalls, env),
          warmUnwrapped: calls(files.unwrapped, 1 + warmCalls, env),
        },
        times,
      );
      return aimTable("closed breaker", "unwrapped", [
        { name: "cold start, to the end of the first event", run: coldWrapped, to: coldUnwrapped, aim },
        {
          name: `${warmCalls} further events`,
          run: without(warmWrapped, coldWrapped),
          to: without(warmUnwrapped, coldUnwrapped),
          aim,
        },
      ]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
};

const without = (all: Run, first: Run): Run => ({
  wall: all.wall - first.wall,
  cpu: all.cpu - first.cpu,
  memory: all.memory,
});

/** What the function is deployed with at `hardening`. */
const variables = (url: string): NodeJS.ProcessEnv => ({
  AWS_REGION: "eu-west-1",
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: "none",
  AWS_SECRET_ACCESS_KEY: "none",
  AWS_LAMBDA_LOG_LEVEL: "CRITICAL",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  ENVIRONMENT: "bench",
  SERVICE_NAME: "shipments",
  TABLE_NAME: "shipments",
  HANDLED_EVENTS_TABLE_NAME: "handled",
  HOME_REGION: "eu-west-1",
  CARRIER_URL: url,
  CIRCUIT_BREAKERS_TABLE_NAME: "bench-circuit-breakers",
  CIRCUIT_BREAKERS_PATH: "/bench/circuit-breakers",
  DEPENDENCY_CARRIER: JSON.stringify({
    endpoints: { "eu-west-1": url, "eu-central-1": url },
    failures: { consecutive: 5 },
    openMs: 30_000,
    maxOpenMs: 300_000,
    probeMs: 15_000,
  }),
});

/** Replaces what makes breakers by what makes calls. */
const unwrapping: Plugin = {
  name: "unwrapping",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/breaker\/(from-environment|dependency)$/ }, () => ({
      path: "none",
      namespace: "unwrapped",
    }));
    onLoad({ filter: /.*/, namespace: "unwrapped" }, () => ({
      contents: `
        export const breakerVariables = {};
        const variable = { expected: "", fallback: "", parse: () => "", default: () => variable };
        export const dependency = () => variable;
        export const undeclaredDependency = () => undefined;
        export const dependencyFromEnvironment = () => ({ call: (work) => work({}) });`,
    }));
  },
};

/** Bundles the service as for Lambda. @returns the file to import */
async function bundled(folder: string, name: "wrapped" | "unwrapped"): Promise<string> {
  const outdir = join(folder, name);
  await build({
    ...bundlerOptions({
      entry: "services/shipments/handler.ts",
      handler: "handler",
      runtime: "nodejs22.x",
      sourceMap: false,
      external: [],
      projectRoot: process.cwd(),
      define: {},
    }),
    ...(name === "unwrapped" && { plugins: [unwrapping] }),
    write: true,
    outdir,
  });
  return join(outdir, "index.mjs");
}

/** A process that handles events, one after the other, and ends. */
function calls(file: string, count: number, env: NodeJS.ProcessEnv): Command {
  const script = `
    import(${JSON.stringify(file)}).then(async ({ handler }) => {
      for (let id = 0; id < ${count}; id += 1) {
        const order = { orderId: "order-" + id, customerId: "customer", items: [{ sku: "SKU-1", quantity: 1 }] };
        const { outcome } = await handler(
          { source: "orders", "detail-type": "OrderPlaced", time: "2026-01-01T00:00:00Z", detail: { metadata: { eventId: "event-" + id }, order } },
          { getRemainingTimeInMillis: () => 30000, functionName: "shipments" },
        );
        if (outcome !== "processed") throw new Error(outcome);
      }
      process.exit();
    });`;
  return node(["-e", script], { env });
}

/** DynamoDB, Parameter Store and a carrier that agree to everything and know nothing. */
async function agreeing(): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    incoming
      .resume()
      .on("end", () => outgoing.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end("{}"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
