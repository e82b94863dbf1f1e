import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { build, type Plugin } from "esbuild";
import { bundlerOptions } from "../modules/service-function";
import { aimTable, type Comparison } from "./aim";
import type { Benchmark } from "./benchmark";
import { type Command, interleaved, node } from "./measure";

/** The most that a fully wrapped handler may take while nothing is injected, as a ratio to the same handler without wrappers. */
const aim = 1.2;
/** Calls of one process, each with one call of DynamoDB: the start of the process is then a small part. */
const calls = 2_000;

const order = {
  version: "2.0",
  routeKey: "GET /orders/{orderId}",
  rawPath: "/orders",
  headers: {},
  pathParameters: { orderId: `ord_${"0".repeat(32)}` },
  requestContext: {
    http: { method: "GET", path: "/" },
    requestId: "bench",
    authorizer: { jwt: { claims: { sub: "bench", scope: "orders:read" }, scopes: null } },
  },
  isBase64Encoded: false,
};

/** Wrappers that are not there: what a handler would be that knows nothing of faults. */
const unwrapped: Plugin = {
  name: "unwrapped",
  setup({ onLoad }) {
    onLoad({ filter: /runtime[\\/]chaos[\\/]faults\.[jt]s$/ }, () => ({
      loader: "js",
      contents:
        "const faults = { handler: (h) => h, call: (_, c) => c, methods: (_, c) => c, awsClient: (_, c) => c };" +
        "export const faultsFromEnvironment = () => faults;",
    }));
  },
};

/** What injecting faults costs while it is off: cold start and calls of the orders service, wrapped and not. */
export const chaosBenchmark: Benchmark = {
  name: "chaos",
  about: `the orders service with all its wrappers for faults, switched off. Floor: the same service without wrappers. Aims: ${aim}.`,
  async run({ times, scratch }) {
    const folder = join(scratch, "chaos");
    mkdirSync(folder, { recursive: true });
    const aws = await startAws();
    try {
      const endpoint = `http://127.0.0.1:${(aws.address() as AddressInfo).port}`;
      const env = {
        AWS_REGION: "eu-west-1",
        AWS_ENDPOINT_URL_DYNAMODB: endpoint,
        AWS_ENDPOINT_URL_SSM: endpoint,
        AWS_ACCESS_KEY_ID: "none",
        AWS_SECRET_ACCESS_KEY: "none",
        AWS_LAMBDA_LOG_LEVEL: "CRITICAL",
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        ENVIRONMENT: "bench",
        SERVICE_NAME: "orders",
        TABLE_NAME: "orders",
      };
      const off = { ...env, CHAOS_SETTINGS_PATH: "/bench/orders/chaos" };
      const without = await bundle(join(folder, "without"), [unwrapped]);
      const wrapped = await bundle(join(folder, "wrapped"), []);
      const runs = await interleaved(
        {
          coldWithout: invoke(without, 1, env),
          coldNotOptedIn: invoke(wrapped, 1, env),
          coldOff: invoke(wrapped, 1, off),
          without: invoke(without, calls, env),
          notOptedIn: invoke(wrapped, calls, env),
          off: invoke(wrapped, calls, off),
        },
        times,
      );
      const compared = (name: string, run: keyof typeof runs, to: keyof typeof runs, most?: number): Comparison => ({
        name,
        run: runs[run],
        to: runs[to],
        aim: most,
      });
      return aimTable("handler", "floor", [
        compared("first answer, without wrappers (the floor)", "coldWithout", "coldWithout"),
        compared("first answer, in an environment that does not opt in", "coldNotOptedIn", "coldWithout", aim),
        compared("first answer, switched off", "coldOff", "coldWithout", aim),
        compared(`${calls} answers, without wrappers (the floor)`, "without", "without"),
        compared(`${calls} answers, in an environment that does not opt in`, "notOptedIn", "without", aim),
        compared(`${calls} answers, switched off`, "off", "without", aim),
      ]);
    } finally {
      aws.closeAllConnections();
      aws.close();
    }
  },
};

/** @returns the module of the bundled handler */
async function bundle(outdir: string, plugins: Plugin[]): Promise<string> {
  const options = bundlerOptions({
    entry: "services/orders/handler.ts",
    handler: "handler",
    runtime: "nodejs22.x",
    sourceMap: false,
    external: [],
    projectRoot: process.cwd(),
    define: {},
  });
  await build({ ...options, plugins, write: true, outdir });
  return resolve(outdir, "index.mjs");
}

/** A process that answers so many events, one after the other, and ends. */
function invoke(file: string, count: number, env: NodeJS.ProcessEnv): Command {
  const script = join(file, "..", `invoke-${count}-${env.CHAOS_SETTINGS_PATH ? "off" : "plain"}.mjs`);
  writeFileSync(
    script,
    `import { handler } from "./index.mjs";
for (let count = 0; count < ${count}; count += 1) {
  const { statusCode } = await handler(${JSON.stringify(order)}, {});
  if (statusCode !== 404) throw new Error(String(statusCode));
}
process.exit();
`,
  );
  return node([script], { env });
}

/** A DynamoDB that has no item, and a Parameter Store whose faults are off. */
async function startAws(): Promise<Server> {
  const server = createServer((incoming, outgoing) => {
    const isSsm = String(incoming.headers["x-amz-target"]).startsWith("AmazonSSM");
    incoming.resume().on("end", () => {
      outgoing.writeHead(200, { "content-type": `application/x-amz-json-1.${isSsm ? 1 : 0}` });
      outgoing.end(isSsm ? '{"Parameters":[{"Name":"/bench/orders/chaos/faults","Value":"off"}]}' : "{}");
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return server;
}
