import { context, propagation, trace } from "@opentelemetry/api";
import { endWithInvocation } from "../../../runtime/aws/end-with-invocation";
import { httpApi } from "../../../runtime/http/http-api";
import { carried, correlated } from "../../../runtime/observability/carried";
import { carryingFetch } from "../../../runtime/observability/carrying-fetch";
import { createLogger } from "../../../runtime/observability/logger";
import { inSpan, traceBy } from "../../../runtime/observability/tracing";
import type { SecretSource } from "../../../runtime/secrets/secret-source";
import { openTelemetryFromEnvironment } from "../../../runtime/tracing/from-environment";
import { OpenTelemetry } from "../../../runtime/tracing/open-telemetry";
import { SpanBuffer, type SpanBufferOptions } from "../../../runtime/tracing/span-buffer";
import { type OtlpReceiver, startOtlpReceiver } from "../../support/otlp-receiver";
import { captureLogs, httpEvent, lambdaContext } from "../invocation";

type Next = (command: { readonly input: object }) => Promise<object>;

const sampled = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const unsampled = sampled.replace(/01$/, "00");

let receiver: OtlpReceiver;
let logs: ReturnType<typeof captureLogs>;

beforeAll(async () => {
  receiver = await startOtlpReceiver();
});
afterAll(() => receiver.stop());
beforeEach(() => {
  logs = captureLogs();
  receiver.status = 200;
  (receiver.spans as unknown[]).length = 0;
  (receiver.headers as unknown[]).length = 0;
});
afterEach(() => {
  logs.restore();
  traceBy(undefined);
  trace.disable();
  context.disable();
  propagation.disable();
});

/** Traces as a function would that was given these. */
function start(options: Partial<SpanBufferOptions> = {}, sampleRatio = 1): OpenTelemetry {
  const buffer = new SpanBuffer({ url: receiver.endpoint, timeoutMs: 30_000, functionName: "prod-orders", ...options });
  const telemetry = new OpenTelemetry({ resource: { "service.name": "orders" }, sampleRatio, buffer });
  traceBy(telemetry);
  return telemetry;
}

const handler = (route = async () => ({ status: 200 })) =>
  httpApi({
    logger: createLogger({ service: "orders", environment: "prod", level: "INFO" }),
    routes: { "GET /orders/{orderId}": route },
  });

const request = (headers: Record<string, string> = {}) =>
  httpEvent("GET /orders/{orderId}", { path: { orderId: "o-1" }, headers });

/** How many spans were dropped, by what the functions wrote. */
const dropped = () => logs.lines().flatMap(({ SpansDropped }) => (SpansDropped === undefined ? [] : [SpansDropped]));

describe("Tracing by OpenTelemetry", () => {
  it("records what its ratio says, and goes on with what the caller decided", async () => {
    start({}, 0);
    await handler()(request(), lambdaContext());
    await handler()(request({ traceparent: unsampled }), lambdaContext());
    expect(receiver.spans).toEqual([]);
    await handler()(request({ traceparent: sampled }), lambdaContext());
    expect(receiver.spans.map(({ parentSpanId }) => parentSpanId)).toEqual(["b7ad6b7169203331"]);
  });

  it("begins a trace of its own after a traceparent that is none", async () => {
    start();
    await handler()(request({ traceparent: "00-zz-01" }), lambdaContext());
    expect(receiver.spans).toEqual([expect.objectContaining({ parentSpanId: "" })]);
  });

  it("says that a request failed, and nothing of why", async () => {
    start();
    const failing = handler(() => Promise.reject(new Error("customer c-1")));
    await failing(request(), lambdaContext());
    expect(receiver.spans).toEqual([
      expect.objectContaining({
        status: "STATUS_CODE_ERROR",
        attributes: expect.objectContaining({ "error.type": "internal-error", "http.response.status_code": 500 }),
      }),
    ]);
    expect(JSON.stringify(receiver.spans)).not.toContain("c-1");
    expect(JSON.stringify(receiver.spans)).not.toContain("o-1");
  });

  it("answers as ever when the receiver refuses, counts what it dropped, and asks it again after a pause only", async () => {
    let now = 0;
    start({ now: () => now });
    receiver.status = 500;
    const get = handler();
    await expect(get(request(), lambdaContext())).resolves.toMatchObject({ statusCode: 200 });
    expect(dropped()).toEqual([1]);
    receiver.status = 200;
    await get(request(), lambdaContext());
    expect(receiver.headers).toHaveLength(1);
    now = 10_000;
    await get(request(), lambdaContext());
    expect(receiver.spans).toHaveLength(2);
    expect(dropped()).toEqual([1]);
  });

  it("waits no longer than its bound for a receiver that says nothing", async () => {
    const silent = await startSilent();
    try {
      start({ url: silent.url, timeoutMs: 50 });
      await expect(handler()(request(), lambdaContext())).resolves.toMatchObject({ statusCode: 200 });
      expect(dropped()).toEqual([1]);
    } finally {
      await silent.stop();
    }
  });

  it("keeps spans for the next invocation when no time is left, and counts those that are too many", async () => {
    const telemetry = start();
    for (let count = 0; count < 2_050; count += 1) await inSpan("publishing", { bus: "orders", count }, async () => {});
    await telemetry.flush({ getRemainingTimeInMillis: () => 10 });
    expect(receiver.spans).toEqual([]);
    expect(dropped()).toEqual([2]);
    await telemetry.flush({ getRemainingTimeInMillis: () => 60_000 });
    expect(receiver.spans).toHaveLength(2_048);
  });

  it("sends the headers of its secret, and reads them again when the receiver refuses them", async () => {
    const versions = ["old", "new"];
    const headers: SecretSource = async () => {
      const token = versions.length > 1 ? versions.shift() : versions[0];
      return { versionId: `${token}`, text: JSON.stringify({ authorization: `Bearer ${token}` }) };
    };
    const telemetry = start({ headers });
    receiver.status = 401;
    await inSpan("publishing", { bus: "orders", count: 1 }, async () => {});
    await telemetry.flush({});
    expect(receiver.headers.map(({ authorization }) => authorization)).toEqual(["Bearer old", "Bearer new"]);
  });

  it("is what spans of the API of OpenTelemetry are children of", async () => {
    start();
    const own = async () => {
      trace.getTracer("own").startSpan("own").end();
      return { status: 200 };
    };
    await handler(own)(request(), lambdaContext());
    const [child, parent] = receiver.spans;
    expect([child?.name, child?.parentSpanId]).toEqual(["own", parent?.spanId]);
    expect(child?.attributes.correlation_id).toBe(parent?.attributes.correlation_id);
  });

  it("makes a span of each command of a client, also of one that is older than it, and of none of what it reads", async () => {
    const client = () => {
      const stack: ((next: Next, context: object) => Next)[] = [];
      return {
        config: { requestHandler: { handle: async () => ({}) } },
        middlewareStack: { add: (middleware: (next: Next, context: object) => Next) => stack.push(middleware) },
        send: (commandName: string, input: object) => {
          const answer = async () => ({ output: { $metadata: { requestId: "r-1", httpStatusCode: 200 } } });
          const context = { clientName: "DynamoDBClient", commandName };
          return stack.reduce<Next>((next, middleware) => middleware(next, context), answer)({ input });
        },
      };
    };
    const older = endWithInvocation(client());
    const telemetry = start();
    await older.send("GetItemCommand", { TableName: "orders", Key: { pk: "customer-1" } });
    await endWithInvocation(client()).send("PutItemCommand", { TableName: "orders" });
    await telemetry.flush({});
    expect(receiver.spans.map(({ name, attributes }) => [name, attributes["db.collection.name"]])).toEqual([
      ["DynamoDB.GetItem", "orders"],
      ["DynamoDB.PutItem", "orders"],
    ]);
    expect(JSON.stringify(receiver.spans)).not.toContain("customer-1");
  });

  it("reads its variables, and names those that are wrong", () => {
    expect(() => openTelemetryFromEnvironment({ AWS_REGION: "eu-west-1", OTEL_TRACES_SAMPLER_ARG: "2" })).toThrow(
      /OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is missing.*OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1/,
    );
  });
});

describe("What a call carries", () => {
  it("is the correlation id of the invocation, and the trace where there is one", async () => {
    await correlated("correlation-1", async () => expect(carried()).toEqual({ correlationId: "correlation-1" }));
    start();
    const inTrace = correlated("correlation-1", () =>
      inSpan("publishing", { bus: "orders", count: 1 }, async () => carried()),
    );
    await expect(inTrace).resolves.toEqual({
      correlationId: "correlation-1",
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
    });
  });

  it("goes with a fetch, whose own headers stay", async () => {
    const sent: Headers[] = [];
    const send = carryingFetch(async (_, init) => {
      sent.push(new Headers(init?.headers));
      return new Response();
    });
    await correlated("correlation-1", async () => {
      await send("https://carrier.example.com/a", { headers: { accept: "text/plain" } });
      await send("https://carrier.example.com/a", { headers: { "x-correlation-id": "other" } });
    });
    expect(sent.map((headers) => [headers.get("x-correlation-id"), headers.get("accept")])).toEqual([
      ["correlation-1", "text/plain"],
      ["other", null],
    ]);
  });
});

/** A server that takes connections and says nothing. */
async function startSilent() {
  const { createServer } = await import("node:net");
  const sockets = new Set<import("node:net").Socket>();
  const server = createServer((socket) => sockets.add(socket)).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const { port } = server.address() as import("node:net").AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1/traces`,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
