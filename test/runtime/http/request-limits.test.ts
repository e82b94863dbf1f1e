import type { Context } from "aws-lambda";
import * as z from "zod/mini";
import { httpApi, type RouteHandler } from "../../../runtime/http/http-api";
import { maxAnswerBytes } from "../../../runtime/invocation/answer";
import { createLogger } from "../../../runtime/observability/logger";
import { captureLogs, httpEvent, lambdaContext, type RequestParts } from "../invocation";

let logs: ReturnType<typeof captureLogs>;
beforeEach(() => {
  logs = captureLogs();
});
afterEach(() => logs.restore());

/** Sends one request to a service that has this one route, in a function with so much time. */
async function send(
  route: RouteHandler,
  routeKey: "GET /things" | "POST /things" | "PUT /things",
  parts: RequestParts = {},
  remainingMs = 10_000,
) {
  const logger = createLogger({ service: "things", environment: "test", level: "INFO" });
  const handler = httpApi({ logger, routes: { [routeKey]: route } });
  const context: Context = { ...lambdaContext(), getRemainingTimeInMillis: () => remainingMs };
  const result = await handler(httpEvent(routeKey, parts), context);
  return { status: result.statusCode, headers: result.headers ?? {}, body: JSON.parse(result.body ?? "null"), result };
}

const completed = () => logs.lines().filter(({ message }) => message === "request completed");
const metric = () => logs.lines().find(({ FunctionName }) => FunctionName !== undefined);

describe("An answer", () => {
  const answering =
    (text: string): RouteHandler =>
    () => ({ status: 200, headers: { "x-more": "1" }, body: text });

  test.each([
    ["letters", "x", 7_340_203],
    // Smaller than the limit by itself, and not as the text in JSON that it is sent as.
    ["quotes", '"', 1_700_000],
    ["letters of two bytes", "é", 3_200_000],
  ])("that is larger than Lambda takes is an error with a line and a metric: %s", async (_, letter, count) => {
    const { status, headers, body } = await send(answering(letter.repeat(count)), "GET /things");
    expect([status, body.type]).toEqual([500, "urn:problem-type:answer-too-large"]);
    expect(headers["content-type"]).toBe("application/problem+json");
    expect(completed()).toEqual([
      expect.objectContaining({
        level: "ERROR",
        status: 500,
        error_code: "answer-too-large",
        error: expect.objectContaining({ name: "AnswerTooLargeError" }),
      }),
    ]);
    expect(metric()).toMatchObject({ AnswersTooLarge: 1, FunctionName: "orders" });
  });

  test("of as many bytes as Lambda takes is sent, and of one more is not", async () => {
    const { result } = await send(answering(""), "GET /things", { headers: { "x-correlation-id": "limits-1" } });
    const room = maxAnswerBytes - Buffer.byteLength(JSON.stringify(result));
    const parts = { headers: { "x-correlation-id": "limits-1" } };
    const largest = await send(answering("x".repeat(room)), "GET /things", parts);
    expect([largest.status, Buffer.byteLength(JSON.stringify(largest.result))]).toEqual([200, maxAnswerBytes]);
    expect((await send(answering("x".repeat(room + 1)), "GET /things", parts)).status).toBe(500);
  });

  test("counts its headers", async () => {
    const route: RouteHandler = () => ({ status: 204, headers: { "x-large": "x".repeat(maxAnswerBytes) } });
    expect((await send(route, "GET /things")).status).toBe(500);
  });
});

describe("A request that runs out of time", () => {
  const waiting: RouteHandler = () => new Promise(() => {});

  test.each([
    ["GET /things", {}, "unavailable", "1"],
    ["PUT /things", {}, "unavailable", "1"],
    ["POST /things", { headers: { "idempotency-key": "key-1" } }, "unavailable", "1"],
    ["POST /things", {}, "timed-out", undefined],
  ] as const)("gets an answer before the end: %s %j", async (routeKey, parts, code, retryAfter) => {
    const { status, headers, body } = await send(waiting, routeKey, parts, 50);
    expect([status, body.type, headers["retry-after"]]).toEqual([503, `urn:problem-type:${code}`, retryAfter]);
    expect(completed()).toEqual([
      expect.objectContaining({
        level: "ERROR",
        status: 503,
        error_code: code,
        error: expect.objectContaining({ name: "OutOfTimeError" }),
      }),
    ]);
    expect(metric()).toMatchObject({ OutOfTime: 1, FunctionName: "orders" });
  });

  test("aborts what it was doing", async () => {
    let signal: AbortSignal | undefined;
    await send(
      (request) => {
        signal = request.signal;
        return new Promise(() => {});
      },
      "GET /things",
      {},
      50,
    );
    expect(signal?.reason).toMatchObject({ name: "OutOfTimeError" });
  });

  test("has no influence on the next one", async () => {
    await send(waiting, "GET /things", {}, 50);
    const signals: AbortSignal[] = [];
    const { status } = await send((request) => {
      signals.push(request.signal);
      return { status: 204 };
    }, "GET /things");
    expect([status, signals.map(({ aborted }) => aborted)]).toEqual([204, [false]]);
  });
});

describe("Texts of a request that no store keeps", () => {
  test("are refused in a body before it becomes bytes, and in one that is nested more deeply than a stack is high", async () => {
    const read: RouteHandler = (request) => ({ status: 200, body: request.body(z.unknown()) });
    expect((await send(read, "POST /things", { rawBody: '{"a":"\ud83d"}' })).body.errors).toEqual([
      expect.objectContaining({ pointer: "#" }),
    ]);
    const deep = `${"[".repeat(30_000)}"\\u0000"${"]".repeat(30_000)}`;
    expect((await send(read, "POST /things", { rawBody: deep })).status).toBe(400);
  });
});
