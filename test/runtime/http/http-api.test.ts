import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import * as z from "zod/mini";
import {
  ConflictError,
  InvalidInputError,
  NotFoundError,
  type ServiceError,
  UnavailableError,
  UnprocessableError,
} from "../../../runtime/errors/service-errors";
import { httpApi, type RouteHandler } from "../../../runtime/http/http-api";
import { createLogger, logLevels } from "../../../runtime/observability/logger";
import { captureLogs, httpEvent, lambdaContext, type RequestParts } from "../invocation";

const thing = z.strictObject({
  name: z.string().check(z.minLength(1)),
  tags: z.array(z.strictObject({ "a/b": z.int() })),
});

let logs: ReturnType<typeof captureLogs>;
beforeEach(() => {
  logs = captureLogs();
});
afterEach(() => logs.restore());

/** Sends one request to a service that has this one route. */
async function send(route: RouteHandler, parts: RequestParts = {}, routeKey = "POST /things") {
  const logger = createLogger({ service: "things", environment: "test", level: "INFO" });
  const handler = httpApi({ logger, routes: { "POST /things": route }, bodyLimit: 200 });
  const result = await handler(httpEvent(routeKey, parts), lambdaContext());
  return { status: result.statusCode, headers: result.headers ?? {}, body: bodyOf(result) };
}

const bodyOf = ({ body }: APIGatewayProxyStructuredResultV2) => (body === undefined ? undefined : JSON.parse(body));
const readThing: RouteHandler = (request) => ({ status: 200, body: request.body(thing) });
const lastLine = () => logs.lines().at(-1) ?? {};

describe("httpApi", () => {
  it("answers with the route's status, headers and JSON body, not to be cached", async () => {
    const response = await send(() => ({ status: 201, headers: { location: "/things/1" }, body: { id: 1 } }));
    expect(response).toMatchObject({
      status: 201,
      headers: { location: "/things/1", "content-type": "application/json", "cache-control": "no-store" },
      body: { id: 1 },
    });
  });

  it("answers without content type when the route has no body", async () => {
    const response = await send(() => ({ status: 204 }));
    expect(response.body).toBeUndefined();
    expect(response.headers).not.toHaveProperty("content-type");
  });

  it.each(["GET /things", "constructor", "__proto__"])(
    "answers 404 for the route key %s, which it has no handler for",
    async (key) => {
      expect(await send(() => ({ status: 200 }), {}, key)).toMatchObject({
        status: 404,
        body: { type: "urn:problem-type:not-found" },
      });
    },
  );

  it("rejects an event that is not of payload format 2.0, and says which setting to change", async () => {
    const handler = httpApi({ logger: createLogger({ service: "s", environment: "e", level: "INFO" }), routes: {} });
    const rest = { ...httpEvent("GET /things"), version: "1.0" };
    await expect(handler(rest, lambdaContext())).rejects.toThrow(/payload_format_version = "2.0"/);
  });
});

describe("the correlation id", () => {
  const echo: RouteHandler = (request) => ({ status: 200, body: request.correlationId });

  it("is the caller's, and comes back in the response and in the log", async () => {
    const response = await send(echo, { headers: { "x-correlation-id": "order-2026.01_A" } });
    expect(response.body).toBe("order-2026.01_A");
    expect(response.headers["x-correlation-id"]).toBe("order-2026.01_A");
    expect(lastLine()).toMatchObject({ correlation_id: "order-2026.01_A" });
  });

  it.each([
    ["absent", undefined],
    ["shorter than 8 characters", "short"],
    ["longer than 128 characters", "x".repeat(129)],
    ["broken over two lines", "12345678\nforged"],
    ["in quotes", '"12345678"'],
    ["not ASCII", "kötét-12345"],
  ])("is a fresh UUID when the header is %s", async (_, header) => {
    const response = await send(echo, { headers: header === undefined ? {} : { "x-correlation-id": header } });
    expect(response.body).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(response.headers["x-correlation-id"]).toBe(response.body);
  });

  it("is of the same invocation in every line, and leaves no key of the one before behind", async () => {
    const logger = createLogger({ service: "things", environment: "test", level: "INFO" });
    const handler = httpApi({
      logger,
      routes: {
        "GET /first": (request) => {
          request.logger.appendKeys({ left_over: true });
          request.logger.info("inside");
          return { status: 200 };
        },
        "GET /second": () => ({ status: 200 }),
      },
    });
    await handler(httpEvent("GET /first", { headers: { "x-correlation-id": "first-one" } }), lambdaContext("1"));
    await handler(httpEvent("GET /second", { headers: { "x-correlation-id": "second-one" } }), lambdaContext("2"));
    expect(logs.lines().map((line) => [line.correlation_id, line.function_request_id, line.left_over])).toEqual([
      ["first-one", "1", true],
      ["first-one", "1", true],
      ["second-one", "2", undefined],
    ]);
  });
});

describe("the log line of a request", () => {
  it("has the fields that saved queries filter on", async () => {
    process.env._X_AMZN_TRACE_ID = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
    try {
      await send(() => ({ status: 200 }));
    } finally {
      delete process.env._X_AMZN_TRACE_ID;
    }
    expect(logs.lines()).toEqual([
      expect.objectContaining({
        level: "INFO",
        message: "request completed",
        service: "things",
        environment: "test",
        correlation_id: expect.any(String),
        route: "POST /things",
        status: 200,
        duration_ms: expect.any(Number),
        cold_start: expect.any(Boolean),
        function_name: "orders",
        function_version: "7",
        function_request_id: "lambda-request-1",
        api_request_id: "api-request-1",
        xray_trace_id: "1-5759e988-bd862e3fe1be46a994272793",
      }),
    ]);
  });

  it.each([
    ["the first invocation", "on-demand", [true, false]],
    ["no invocation of provisioned concurrency", "provisioned-concurrency", [false, false]],
  ])("calls %s a cold start", async (_, initializationType, expected) => {
    process.env.AWS_LAMBDA_INITIALIZATION_TYPE = initializationType;
    try {
      const logger = createLogger({ service: "things", environment: "test", level: "INFO" });
      const handler = httpApi({ logger, routes: { "GET /things": () => ({ status: 200 }) } });
      await handler(httpEvent("GET /things"), lambdaContext());
      await handler(httpEvent("GET /things"), lambdaContext());
    } finally {
      delete process.env.AWS_LAMBDA_INITIALIZATION_TYPE;
    }
    expect(logs.lines().map((line) => line.cold_start)).toEqual(expected);
  });

  it("measures the time in the handler in milliseconds", async () => {
    let nowMs = 1_000;
    const clock = jest.spyOn(performance, "now").mockImplementation(() => nowMs);
    try {
      await send(() => {
        nowMs += 30.26;
        return { status: 200 };
      });
    } finally {
      clock.mockRestore();
    }
    expect(lastLine().duration_ms).toBe(30.3);
  });

  it("holds nothing of the event but its route: no body, header, path or query", async () => {
    await send(readThing, {
      headers: { authorization: "Bearer secret-token" },
      query: { token: "secret-query" },
      path: { thing: "secret-path" },
      body: { name: "secret-name", tags: [] },
    });
    await send(readThing, { rawBody: '{"name": secret-broken' });
    expect(logs.text()).toContain("request completed");
    expect(logs.text()).not.toMatch(/secret-/);
  });

  it.each(logLevels)("respects LOG_LEVEL %s", (level) => {
    const logger = createLogger({ service: "s", environment: "e", level });
    logger.debug("DEBUG");
    logger.info("INFO");
    logger.warn("WARN");
    logger.error("ERROR");
    expect(logs.lines().map((line) => line.message)).toEqual(logLevels.slice(logLevels.indexOf(level)));
  });
});

describe("a JSON body", () => {
  it.each([true, false])("is parsed when isBase64Encoded is %s", async (base64) => {
    const body = { name: "Zoë", tags: [{ "a/b": 1 }] };
    expect(await send(readThing, { body, base64 })).toMatchObject({ status: 200, body });
  });

  it.each(["application/json; charset=utf-8", "application/merge-patch+json", "APPLICATION/JSON"])(
    "may be called %s",
    async (type) => {
      const parts = { body: { name: "x", tags: [] }, headers: { "content-type": type } };
      expect(await send(readThing, parts)).toMatchObject({ status: 200 });
    },
  );

  it.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])(
    "may not be called %j",
    async (type) => {
      const parts = { body: {}, headers: { "content-type": type } };
      expect(await send(readThing, parts)).toMatchObject({
        status: 415,
        body: { detail: expect.stringContaining("application/json") },
      });
    },
  );

  it.each([
    ["absent", {}, "a JSON body is required"],
    ["empty", { rawBody: "" }, "a JSON body is required"],
    ["cut off", { rawBody: '{"name": "x"' }, "the body is not JSON"],
    ["not UTF-8", { rawBody: "" }, "the body is not UTF-8 text"],
  ])("is refused when it is %s", async (title, parts: RequestParts, detail) => {
    const event = httpEvent("POST /things", parts);
    if (title === "not UTF-8") {
      Object.assign(event, { body: Buffer.from([0x22, 0xff, 0x22]).toString("base64"), isBase64Encoded: true });
      event.headers["content-type"] = "application/json";
    }
    const logger = createLogger({ service: "s", environment: "e", level: "INFO" });
    const result = await httpApi({ logger, routes: { "POST /things": readThing } })(event, lambdaContext());
    expect(result.statusCode).toBe(400);
    expect(bodyOf(result).errors).toEqual([{ in: "body", pointer: "#", detail: `Invalid input: ${detail}` }]);
  });

  it.each([true, false])(
    "is refused over the limit in bytes, not characters, when isBase64Encoded is %s",
    async (base64) => {
      const atLimit = JSON.stringify({ name: "é".repeat(87), tags: [] });
      expect(Buffer.byteLength(atLimit)).toBe(195);
      expect(await send(readThing, { rawBody: atLimit, base64 })).toMatchObject({ status: 200 });
      expect(await send(readThing, { rawBody: `${atLimit}${" ".repeat(6)}`, base64 })).toMatchObject({
        status: 413,
        body: { detail: "The body has 201 bytes; at most 200 are accepted." },
      });
    },
  );

  it("is refused with every issue at once, each with an RFC 6901 pointer and never the value", async () => {
    const { status, body } = await send(readThing, { body: { name: "", tags: [{ "a/b": "hunter2" }], extra: 1 } });
    expect(status).toBe(400);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(["#/name", "#/tags/0/a~1b", "#"]);
    expect(body.errors[1].detail).toBe("Invalid input: expected number, received string");
    expect(body.errors[2].detail).toBe('Unrecognized key: "extra"');
    expect(JSON.stringify(body)).not.toContain("hunter2");
  });
});

describe("parameters and headers", () => {
  const text = z.string().check(z.maxLength(3));
  const read: RouteHandler = (request) => ({
    status: 200,
    body: [request.path("id", text), request.query("q", z.optional(text)), request.header("x-h", text)],
  });

  it("are read through their schemas", async () => {
    const parts = { path: { id: "1" }, query: { q: "2" }, headers: { "x-h": "3" } };
    expect(await send(read, parts)).toMatchObject({ status: 200, body: ["1", "2", "3"] });
  });

  it.each([
    [
      { in: "path", name: "id" },
      { path: { id: "long" }, headers: { "x-h": "3" } },
    ],
    [
      { in: "query", name: "q" },
      { path: { id: "1" }, query: { q: "long" }, headers: { "x-h": "3" } },
    ],
    [{ in: "header", name: "x-h" }, { path: { id: "1" } }],
  ])("are refused with their place: %j", async (place, parts: RequestParts) => {
    const { status, body } = await send(read, parts);
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ ...place, detail: expect.stringMatching(/^(Too big|Invalid input)/) }]);
  });
});

describe("an error", () => {
  const failing =
    (error: unknown): RouteHandler =>
    () => {
      throw error;
    };
  const named = (name: string, more: object = {}) =>
    Object.assign(new Error(`${name} for table secret-table`), { name, ...more });

  it.each<[number, string, ServiceError]>([
    [400, "invalid-input", new InvalidInputError([{ in: "query", name: "limit", detail: "expected 1 to 100" }])],
    [404, "not-found", new NotFoundError("There is no such thing.")],
    [409, "conflict", new ConflictError("It exists already.")],
    [422, "unprocessable", new UnprocessableError("It cannot be done.")],
    [503, "unavailable", new UnavailableError("Try later.")],
  ])("of the service answers %i as an RFC 9457 problem of type %s", async (status, code, error) => {
    const response = await send(failing(error), { headers: { "x-correlation-id": "problem-1" } });
    expect(response.headers["content-type"]).toBe("application/problem+json");
    expect(response.body).toEqual({
      type: `urn:problem-type:${code}`,
      title: error.title,
      status,
      detail: error.message,
      correlationId: "problem-1",
      ...(error.issues.length > 0 && { errors: error.issues }),
    });
    expect(response.status).toBe(status);
    expect(lastLine()).toMatchObject({ message: "request completed", status, error_code: code });
  });

  it.each([
    ["throttling by its name", named("ProvisionedThroughputExceededException"), "too many requests"],
    ["throttling by its code", named("Error", { code: "ThrottlingException" }), "too many requests"],
    ["a request timeout", named("TimeoutError"), "does not answer"],
    ["a refused connection", named("Error", { code: "ECONNREFUSED" }), "does not answer"],
    [
      "a 5xx of an AWS service",
      named("InternalServerError", { $metadata: { httpStatusCode: 500 } }),
      "does not answer",
    ],
  ])("that is %s answers 503 with Retry-After and warns with the cause", async (_, error, detail) => {
    const response = await send(failing(error));
    expect(response).toMatchObject({
      status: 503,
      headers: { "retry-after": "1" },
      body: { detail: expect.stringContaining(detail) },
    });
    expect(JSON.stringify(response)).not.toContain("secret-table");
    expect(lastLine()).toMatchObject({ level: "WARN", status: 503, error: { message: error.message } });
  });

  it.each([
    ["an access error", named("AccessDeniedException", { $metadata: { httpStatusCode: 400 } })],
    ["a bug", new TypeError("secret-table is not a function")],
    ["no Error at all", "secret-table"],
  ])("that is %s answers 500, tells the caller nothing and logs an error", async (_, error) => {
    const response = await send(failing(error));
    expect(response).toMatchObject({ status: 500, body: { type: "urn:problem-type:internal-error" } });
    expect(JSON.stringify(response)).not.toContain("secret-table");
    expect(lastLine()).toMatchObject({ level: "ERROR", status: 500, error: { stack: expect.anything() } });
  });

  it("of the caller is logged as information, without a stack", async () => {
    await send(failing(new NotFoundError("There is no such thing.")));
    expect(lastLine()).toMatchObject({ level: "INFO", status: 404 });
    expect(lastLine()).not.toHaveProperty("error");
  });
});
