import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent, createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { temporaryFolder } from "../../support/temporary-folder";

const dockerfile = readFileSync(resolve("services", "tracking", "Dockerfile"), "utf8");

/** The arguments of the bundler that the image is built with. */
const bundlerArguments = /^RUN npx esbuild (.+)$/m.exec(dockerfile)?.[1]?.split(" ") ?? [];

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

describe("The container of the sample", () => {
  let table: Server;
  let receiver: Server;
  /** What the receiver of traces was sent, as protobuf, of which names can be read. */
  const traces: { readonly path?: string; readonly type?: string; readonly text: string }[] = [];
  let container: ChildProcess;
  let output = "";
  let port: number;
  /** Answers of the table that wait to be given. */
  let held: (() => void)[] | undefined;
  const agent = new Agent({ keepAlive: true });

  beforeAll(async () => {
    table = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const { pk } = (JSON.parse(Buffer.concat(chunks).toString()) as { Key: { pk: { S: string } } }).Key;
        const answer = (): void => {
          const found = pk.S.startsWith("SHIPMENT#order-");
          const item = { status: { S: "REQUESTED" }, requestedAt: { S: "2026-11-27T08:00:00.000Z" } };
          outgoing.writeHead(200, { "content-type": "application/x-amz-json-1.0" });
          outgoing.end(JSON.stringify(found ? { Item: item } : {}));
        };
        if (held) held.push(answer);
        else answer();
      });
    }).listen(0, "127.0.0.1");
    await once(table, "listening");

    receiver = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        const text = Buffer.concat(chunks).toString("latin1");
        traces.push({ path: incoming.url, type: incoming.headers["content-type"], text });
        outgoing.writeHead(200, { "content-type": "application/x-protobuf" }).end();
      });
    }).listen(0, "127.0.0.1");
    await once(receiver, "listening");

    const bundle = join(temporaryFolder(), "server.cjs");
    const own = bundlerArguments.map((argument) =>
      argument.startsWith("--outfile=") ? `--outfile=${bundle}` : argument,
    );
    execFileSync(process.execPath, [require.resolve("esbuild/bin/esbuild"), ...own, "--log-level=error"]);
    port = await freePort();
    container = spawn(process.execPath, [bundle], {
      env: {
        PATH: process.env.PATH,
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${(table.address() as AddressInfo).port}`,
        AWS_REGION: "eu-west-1",
        DRAIN_SECONDS: "1",
        ENVIRONMENT: "prod",
        LOAD_BALANCER_IDLE_SECONDS: "60",
        LOG_LEVEL: "INFO",
        OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/v1/traces`,
        OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: "5000",
        PORT: String(port),
        SERVICE_NAME: "tracking",
        STOP_TIMEOUT_SECONDS: "60",
        TABLE_NAME: "prod-shipments",
      },
      stdio: ["ignore", "pipe", "inherit"],
    });
    container.stdout?.on("data", (chunk) => {
      output += String(chunk);
    });
    await until(async () => (await get("/health")).status === 200);
  }, 60_000);

  afterAll(async () => {
    agent.destroy();
    if (container.exitCode === null) {
      container.kill("SIGKILL");
      await once(container, "exit");
    }
    receiver.close();
    receiver.closeAllConnections();
    table.close();
    table.closeAllConnections();
  });

  const get = async (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    await new Promise((answered, failed) => {
      request({ port, path, headers, agent }, (incoming) => {
        let body = "";
        incoming.on("data", (chunk) => {
          body += String(chunk);
        });
        incoming.on("end", () => answered({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }));
      })
        .on("error", failed)
        .end();
    });

  const lines = (): Record<string, unknown>[] =>
    output
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test("answers as the function would, with a problem where something is wrong", async () => {
    const found = await get("/shipments/order-0001", { "x-correlation-id": "from-the-caller" });
    expect(found.status).toBe(200);
    expect(JSON.parse(found.body)).toEqual({
      orderId: "order-0001",
      status: "REQUESTED",
      requestedAt: "2026-11-27T08:00:00.000Z",
    });
    expect(found.headers).toMatchObject({
      "content-type": "application/json",
      "cache-control": "no-store",
      "x-correlation-id": "from-the-caller",
    });
    const unknown = await get("/shipments/unknown-0001");
    expect([unknown.status, unknown.headers["content-type"]]).toEqual([404, "application/problem+json"]);
    expect((await get("/nothing")).status).toBe(404);
    const wrong = await get("/shipments/%");
    expect([wrong.status, JSON.parse(wrong.body).type]).toEqual([400, "urn:problem-type:invalid-input"]);
  });

  test("keeps the log fields of requests apart that run at the same time", async () => {
    held = [];
    const ids = Array.from({ length: 8 }, (_, at) => `request-at-once-${at}`);
    const answers = ids.map((id, at) => get(`/shipments/order-200${at}`, { "x-correlation-id": id }));
    await until(async () => (held?.length ?? 0) >= ids.length);
    for (const answer of held) answer();
    held = undefined;
    expect((await Promise.all(answers)).map(({ headers }) => headers["x-correlation-id"])).toEqual(ids);
    await until(async () => ids.every((id) => lines().some((line) => line.correlation_id === id)));
    const logged = lines().filter(({ correlation_id: id }) => ids.includes(String(id)));
    expect(logged).toHaveLength(ids.length);
    for (const line of logged) {
      expect(line).toMatchObject({
        level: "INFO",
        message: "request completed",
        service: "tracking",
        environment: "prod",
        function_name: "prod-tracking",
        route: "GET /shipments/{orderId}",
        status: 200,
      });
      expect(line).toHaveProperty("api_request_id");
      expect(line).toHaveProperty("duration_ms");
    }
  });

  test("sends a span of each request, which begins where its caller's ends, and of what it asks", async () => {
    await get("/shipments/order-1000", { traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01" });
    const of = (name: string) => traces.filter(({ text }) => text.includes(name));
    await until(async () => of("GET /shipments/{orderId}").length > 0 && of("GetItem").length > 0);
    const [sent] = of("GET /shipments/{orderId}");
    expect(sent).toMatchObject({ path: "/v1/traces", type: "application/x-protobuf" });
    expect(sent?.text).toContain("aws_ecs");
    expect(sent?.text).not.toContain("aws_lambda");
    const traceId = Buffer.from("4bf92f3577b34da6a3ce929d0e0e4736", "hex").toString("latin1");
    await until(async () => of(traceId).length > 0);
  }, 30_000);

  test("loses no request that runs when it is stopped, and none that still comes", async () => {
    held = [];
    const running = Array.from({ length: 5 }, (_, at) => get(`/shipments/order-300${at}`));
    await until(async () => (held?.length ?? 0) >= running.length);
    const ended = once(container, "exit");
    container.kill("SIGTERM");
    await until(async () => (await get("/health")).status === 503);
    const late = get("/shipments/order-4000");
    await until(async () => (held?.length ?? 0) > running.length);
    for (const answer of held) answer();
    held = undefined;
    const before = traces.length;
    const answers = await Promise.all([...running, late]);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers.map(({ headers }) => headers.connection)).toEqual(answers.map(() => "close"));
    expect(await ended).toEqual([0, null]);
    // Those of the last requests are sent before it ends.
    expect(traces.length).toBeGreaterThan(before);
  }, 30_000);
});

describe("The image of the sample", () => {
  test("is pinned by an argument, and runs as the user that the toolkit runs it as", () => {
    expect(dockerfile.match(/^FROM .+$/gm)).toEqual([`FROM ${"$"}{NODE_IMAGE} AS build`, `FROM ${"$"}{NODE_IMAGE}`]);
    expect(dockerfile).toMatch(/^USER 65532:65532$/m);
    expect(dockerfile).toMatch(/^ENTRYPOINT \["node", "server\.cjs"\]$/m);
    const written = bundlerArguments.find((argument) => argument.startsWith("--outfile="))?.slice("--outfile=".length);
    expect(dockerfile).toContain(`COPY --from=build ${written} ./`);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Waits for something that comes; the test's own time limit ends it. */
async function until(comes: () => Promise<boolean>): Promise<void> {
  while (!(await comes().catch(() => false))) await new Promise((wait) => setTimeout(wait, 20));
}
