import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { invoker } from "../../../handlers/warmer/invoke";
import { readEvent, warm } from "../../../handlers/warmer/warm";
import { warmable } from "../../../runtime/warming";

const event = { functionName: "prod-orders", alias: "live", concurrency: 3, holdMs: 20 };
const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "example" };

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Something that answers as Lambda does. */
async function withLambda<T>(
  answer: (request: IncomingMessage, body: string) => Promise<Answer> | Answer,
  work: (endpoint: string) => Promise<T>,
): Promise<T> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { status = 200, headers = {}, body: answered } = await answer(request, body);
    response.writeHead(status, headers).end(JSON.stringify(answered ?? {}));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const metricsOf = (lines: readonly string[]) => lines.map((line) => JSON.parse(line));

/** A round against it, with the metrics that it has written. */
async function round(endpoint: string) {
  const lines: string[] = [];
  const done = await warm(event, invoker({ region: "eu-west-1", credentials, endpoint }), (line) => lines.push(line));
  return { ...done, metrics: metricsOf(lines)[0] };
}

describe("The warmer", () => {
  test("calls the alias as often at once as asked, signed, and counts environments and not calls", async () => {
    const paths: (string | undefined)[] = [];
    const signed: boolean[] = [];
    let [open, most] = [0, 0];
    const environments = [
      { environment: "a", cold: true },
      { environment: "a", cold: false },
      { environment: "b", cold: false },
    ];
    const { metrics, ...done } = await withLambda(async (request, body) => {
      open += 1;
      most = Math.max(most, open);
      paths.push(request.url);
      signed.push(/^AWS4-HMAC-SHA256 .*\/eu-west-1\/lambda\/aws4_request/.test(request.headers.authorization ?? ""));
      expect(JSON.parse(body)).toEqual({ evenkeelWarming: { holdMs: 20 } });
      const warming = environments[paths.length - 1];
      while (paths.length < 3) await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
      return { body: { warming } };
    }, round);
    expect(new Set(paths)).toEqual(new Set(["/2015-03-31/functions/prod-orders/invocations?Qualifier=live"]));
    expect([most, ...signed]).toEqual([3, true, true, true]);
    expect(done).toEqual({
      functionName: "prod-orders",
      asked: 3,
      environments: 2,
      warm: 1,
      cold: 1,
      busy: 0,
      failed: 0,
      reasons: [],
    });
    expect(metrics).toMatchObject({
      FunctionName: "prod-orders",
      WarmEnvironments: 1,
      ColdEnvironments: 1,
      BusyCalls: 0,
      FailedCalls: 0,
    });
  });

  test("is answered by the runtime itself", async () => {
    const handler = warmable(async (_event: unknown, _context: unknown): Promise<unknown> => "own");
    const done = await withLambda(
      async (_, body) => ({ body: await handler(JSON.parse(body), { getRemainingTimeInMillis: () => 5_000 }) }),
      round,
    );
    expect(done).toMatchObject({ environments: 1, failed: 0 });
  });

  test.each<[string, Answer, object]>([
    ["busy where Lambda refuses for want of executions", { status: 429 }, { busy: 3, failed: 0 }],
    ["a permission that is missing", { status: 403 }, { failed: 3, reasons: ["Lambda answered with 403"] }],
    [
      "a function that fails",
      { headers: { "x-amz-function-error": "Unhandled" } },
      { failed: 3, reasons: [expect.stringContaining("its log says why")] },
    ],
    [
      "a handler that does not know warming calls",
      { body: { statusCode: 404 } },
      { failed: 3, reasons: [expect.stringContaining("wrap it with warmable()")] },
    ],
    ["an answer that is nothing", { body: null }, { failed: 3 }],
  ])("tells %s", async (_, answer, expected) => {
    expect(await withLambda(() => answer, round)).toMatchObject(expected);
  });

  test("says that Lambda does not answer", async () => {
    const gone = await withLambda(
      () => ({}),
      async (endpoint) => endpoint,
    );
    expect(await round(gone)).toMatchObject({
      failed: 3,
      reasons: [expect.stringMatching(/^Lambda did not answer \(\w+\)$/)],
    });
  });

  test.each([
    undefined,
    {},
    { ...event, functionName: "a/b" },
    { ...event, concurrency: 101 },
    { ...event, concurrency: 1.5 },
    { ...event, holdMs: 0 },
  ])("refuses the event %j", (wrong) => {
    expect(() => readEvent(wrong)).toThrow("names no alias to warm; deploy the schedules of the warmer again");
  });
});
