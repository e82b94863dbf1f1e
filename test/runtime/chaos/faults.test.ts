import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { setImmediate as turn } from "node:timers/promises";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { serviceErrorFromAws } from "../../../runtime/aws/aws-errors";
import {
  createFaults,
  type Faults,
  faultsFromEnvironment,
  type InjectedFaultError,
  noFaults,
} from "../../../runtime/chaos";
import { createDocumentClient } from "../../../runtime/dynamodb/document-client";
import { UnavailableError } from "../../../runtime/errors/service-errors";
import { withinTime } from "../../../runtime/invocation/time";
import { warmable, warmingMember } from "../../../runtime/warming";
import { captureLogs } from "../invocation";
import { until } from "../until";

const start = Date.parse("2026-12-01T09:00:00Z");
const window = { from: "2026-12-01T09:00:00Z", minutes: 15 };
const settingOf = (...faults: object[]) => JSON.stringify({ ...window, faults });

/** Faults by a setting that the test changes, at a time that it moves; they have read the setting already. */
async function faultsBy(
  text: string,
  { random = () => 0, longestMinutes = 60 }: { random?: () => number; longestMinutes?: number } = {},
) {
  const state = { text, now: start, reads: 0 };
  const injected: string[] = [];
  const problems: string[] = [];
  const faults = createFaults({
    source: async () => {
      state.reads += 1;
      return { faults: state.text };
    },
    longestMinutes,
    random,
    now: () => state.now,
    onInjected: ({ at, kind }) => injected.push(`${at} ${kind}`),
    onProblem: ({ message }) => problems.push(message),
  });
  const idle = faults.handler(async () => "idle");
  const invoke = async () => {
    await idle(undefined, undefined);
    // The setting is read behind the invocation, and what injects is loaded then.
    for (let count = 0; count < 20; count += 1) await turn();
  };
  await invoke();
  const readsAtFirst = state.reads;
  await invoke();
  return { faults, state, injected, problems, invoke, readsAtFirst };
}

const thrown = async (work: Promise<unknown>): Promise<InjectedFaultError> =>
  work.then(
    (value) => expect({ resolved: value }).toBeUndefined() as never,
    (error) => error,
  );

describe("Faults", () => {
  test("let warming calls pass: they are no requests, and nothing is read behind them", async () => {
    const { faults, state, injected } = await faultsBy(settingOf({ at: "handler", kind: "exception" }));
    const handler = faults.handler(warmable(async () => "answer"));
    const { reads } = state;
    await expect(handler({ [warmingMember]: { holdMs: 0 } }, {})).resolves.toMatchObject({
      warming: { cold: expect.any(Boolean) },
    });
    expect([injected, state.reads]).toEqual([[], reads]);
    await thrown(handler({}, {}));
    expect(injected).toEqual(["handler exception"]);
  });

  test("wrap nothing in an environment that has none", () => {
    const handler = async () => "answer";
    const client = { config: { requestHandler: {} }, query: async () => 1 };
    const { query } = client;
    const faults = faultsFromEnvironment({}, {});
    expect(faults).toBe(noFaults);
    expect(faults.handler(handler)).toBe(handler);
    expect(faults.call("payments", handler)).toBe(handler);
    expect(faults.awsClient("dynamodb", client)).toBe(client);
    expect(faults.methods("ledger", client, "query").query).toBe(query);
    expect(faults.fetch("payments")).toBe(fetch);
  });

  test("are not read behind the first invocation, whose cold start would pay for it", async () => {
    expect(await faultsBy("off")).toMatchObject({ readsAtFirst: 0, state: { reads: 1 } });
  });

  test("pass everything on while the setting is off, errors and `this` included", async () => {
    const { faults, injected } = await faultsBy("off");
    const client = faults.methods(
      "ledger",
      {
        rows: 3,
        async query() {
          return this.rows;
        },
      },
      "query",
    );
    expect(await client.query()).toBe(3);
    const broken = faults.call("payments", async () => {
      throw new RangeError("its own");
    });
    await expect(broken()).rejects.toThrow("its own");
    expect(injected).toEqual([]);
  });

  test("are on from their time on, and off after it, without another reading", async () => {
    const fault = { at: "payments", kind: "exception", error: "PaymentsDown" };
    const { faults, state } = await faultsBy(settingOf(fault));
    const pay = faults.call("payments", async () => "paid");
    state.now = start - 1;
    expect(await pay()).toBe("paid");
    state.now = start;
    expect((await thrown(pay())).name).toBe("PaymentsDown");
    state.now = start + 15 * 60_000 - 1;
    expect((await thrown(pay())).name).toBe("PaymentsDown");
    state.now = start + 15 * 60_000;
    expect(await pay()).toBe("paid");
    expect(state.reads).toBe(1);
  });

  test("end early when the setting is switched off", async () => {
    const { faults, state, invoke } = await faultsBy(settingOf({ at: "payments", kind: "exception" }));
    const pay = faults.call("payments", async () => "paid");
    expect((await thrown(pay())).name).toBe("InjectedFault");
    state.text = "off";
    state.now += 45_000;
    await invoke();
    await invoke();
    expect(await pay()).toBe("paid");
  });

  test("hit the share of calls that they name, of their dependency only", async () => {
    let drawn = 0;
    const random = () => (drawn++ % 100) / 100;
    const { faults, injected } = await faultsBy(settingOf({ at: "payments", kind: "exception", percent: 12.5 }), {
      random,
    });
    const pay = faults.call("payments", async () => "paid");
    const ask = faults.call("stock", async () => "some");
    const results = [];
    for (let count = 0; count < 200; count += 1) results.push(await pay().catch(() => "failed"));
    for (let count = 0; count < 200; count += 1) results.push(await ask());
    expect(results.filter((result) => result === "failed")).toHaveLength(26);
    expect(injected).toEqual(Array.from({ length: 26 }, () => "payments exception"));
  });

  test.each([
    ["no JSON", "on", /not a JSON object/],
    [
      "no end",
      JSON.stringify({ from: window.from, faults: [{ at: "payments", kind: "exception" }] }),
      /minutes must be/,
    ],
    ["an unknown kind", settingOf({ at: "payments", kind: "explosion" }), /faults\[0\]\.kind must be one of latency, /],
    [
      "a field of another kind",
      settingOf({ at: "payments", kind: "blocked", ms: 3 }),
      /faults\[0\]\.ms is not a field of blocked/,
    ],
    [
      "a share above all",
      settingOf({ at: "payments", kind: "blocked", percent: 101 }),
      /faults\[0\]\.percent must be a number from 0 to 100/,
    ],
    ["a blocked handler", settingOf({ at: "handler", kind: "blocked" }), /use timeout/],
    [
      "more time than the environment allows",
      JSON.stringify({ ...window, minutes: 61, faults: [{ at: "payments", kind: "exception" }] }),
      /minutes is 61, but the environment allows 60/,
    ],
  ])("are off, and say why, if the setting has %s", async (_what, text, message) => {
    const { faults, problems } = await faultsBy(text);
    expect(await faults.call("payments", async () => "paid")()).toBe("paid");
    expect(problems).toEqual([expect.stringMatching(message)]);
  });
});

describe("A fault of a dependency", () => {
  const callWith = async (fault: object, call: () => Promise<unknown> = async () => "answer") => {
    const { faults } = await faultsBy(settingOf({ at: "payments", ...fault }));
    return faults.call("payments", call)();
  };

  test("adds latency before the call, which ends with the time of the invocation", async () => {
    const began = performance.now();
    expect(await callWith({ kind: "latency", ms: 20, jitterMs: 10 })).toBe("answer");
    // A timer may be a little early.
    expect(performance.now() - began).toBeGreaterThan(15);
    const { faults, injected } = await faultsBy(settingOf({ at: "payments", kind: "latency", ms: 600_000 }));
    const context = { getRemainingTimeInMillis: () => 30 };
    const work = withinTime(context, () => faults.call("payments", async () => "answer")());
    await expect(work).rejects.toThrow("ran out of time");
    expect(injected).toEqual(["payments latency"]);
  });

  test("throws what an AWS service would, by a status", async () => {
    const error = await thrown(callWith({ kind: "status", status: 429 }));
    expect(error).toMatchObject({ name: "ThrottlingException", injected: true, $metadata: { httpStatusCode: 429 } });
    expect(serviceErrorFromAws(error)).toBeInstanceOf(UnavailableError);
    const own = await thrown(callWith({ kind: "status", status: 500, error: "OutOfPaper" }));
    expect(own.name).toBe("OutOfPaper");
  });

  test("times out without a call", async () => {
    let calls = 0;
    const error = await thrown(callWith({ kind: "timeout", ms: 5 }, async () => (calls += 1)));
    expect(serviceErrorFromAws(error)).toBeInstanceOf(UnavailableError);
    expect(calls).toBe(0);
  });

  test("is blocked until the invocation has no time left", async () => {
    const { faults } = await faultsBy(settingOf({ at: "payments", kind: "blocked" }));
    const context = { getRemainingTimeInMillis: () => 30 };
    const work = withinTime(context, () => faults.call("payments", async () => "answer")());
    await expect(work).rejects.toThrow("ran out of time");
  });

  test("holds memory during the call, and lets it go", async () => {
    const before = process.memoryUsage().arrayBuffers;
    const during = (await callWith(
      { kind: "memory-pressure", mb: 64 },
      async () => process.memoryUsage().arrayBuffers,
    )) as number;
    expect(during - before).toBeGreaterThan(60 * 1024 * 1024);
  });

  test("fills the folder for temporary files during the call, and empties it", async () => {
    const filled = () => readdirSync(tmpdir()).filter((name) => name.startsWith("injected-full-disk-"));
    expect(await callWith({ kind: "full-disk", mb: 2 }, async () => filled().length)).toBe(1);
    expect(filled()).toEqual([]);
  });

  test("gives half of an answer", async () => {
    expect(await callWith({ kind: "corrupted" }, async () => ({ id: "order-1", total: 3, lines: ["ab"] }))).toEqual({
      id: "ord",
      total: Number.NaN,
      lines: ["a"],
    });
    expect(await callWith({ kind: "corrupted" }, async () => Buffer.from("1234"))).toEqual(Buffer.from("12"));
  });
});

describe("A fault of an AWS client", () => {
  let server: Server;
  let asked = 0;
  beforeAll(async () => {
    server = createServer((incoming, outgoing) => {
      asked += 1;
      incoming.resume().on("end", () => {
        outgoing.writeHead(200, { "content-type": "application/x-amz-json-1.0" });
        outgoing.end(JSON.stringify({ Item: { pk: { S: "a text that is long enough" } } }));
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
  let restore = () => {};
  beforeEach(() => {
    asked = 0;
    const outside = process.env;
    const { port } = server.address() as AddressInfo;
    process.env = {
      ...outside,
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    };
    restore = () => {
      process.env = outside;
    };
  });
  afterEach(() => restore());

  const read = async (faults: Faults, requestTimeoutMs?: number) => {
    const client = faults.awsClient("dynamodb", createDocumentClient({ region: "eu-west-1", requestTimeoutMs }));
    try {
      return (await client.send(new GetCommand({ TableName: "orders", Key: { pk: "a" } }))).Item;
    } finally {
      client.destroy();
    }
  };
  const readWith = async (fault: object, random?: () => number) => {
    const { faults, injected } = await faultsBy(settingOf({ at: "dynamodb", ...fault }), { random });
    const result = read(faults, 20);
    return { result, injected };
  };

  test("is none while the setting is off", async () => {
    const { faults } = await faultsBy("off");
    expect(await read(faults)).toEqual({ pk: "a text that is long enough" });
  });

  test("is within its retries: two throttled attempts are ridden out", async () => {
    let attempt = 0;
    const throttled = { kind: "status", percent: 50, status: 400, error: "ThrottlingException" };
    const { result, injected } = await readWith(throttled, () => (attempt++ < 2 ? 0 : 0.9));
    expect(await result).toEqual({ pk: "a text that is long enough" });
    expect([injected.length, asked]).toEqual([2, 1]);
  });

  test("is what callers see as 503, when every attempt is throttled", async () => {
    const { result } = await readWith({ kind: "status", status: 400, error: "ThrottlingException" });
    const error = await thrown(result);
    expect(error).toMatchObject({ name: "ThrottlingException", $metadata: { httpStatusCode: 400, attempts: 3 } });
    expect(serviceErrorFromAws(error)).toBeInstanceOf(UnavailableError);
    expect(asked).toBe(0);
  });

  test.each(["blocked", "timeout"])("is one that the client gives up by itself, if it is %s", async (kind) => {
    const { result, injected } = await readWith({ kind });
    expect(serviceErrorFromAws(await thrown(result))).toBeInstanceOf(UnavailableError);
    expect(injected).toHaveLength(3);
  });

  test("is an answer that cannot be read, if it is corrupted", async () => {
    const { result } = await readWith({ kind: "corrupted" });
    expect((await thrown(result)).name).toBe("SyntaxError");
  });
});

describe("A fault of fetch", () => {
  const answer = async () => new Response("0123456789", { status: 200 });
  const ask = async (fault: object) => {
    const { faults } = await faultsBy(settingOf({ at: "payments", ...fault }));
    return faults.fetch("payments", answer)("https://payments.example.com/");
  };

  test("answers with the status, and when to come again", async () => {
    const response = await ask({ kind: "status", status: 503, retryAfterSeconds: 7 });
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "7"]);
  });

  test("gives half of the body", async () => {
    expect(await (await ask({ kind: "corrupted" })).text()).toBe("01234");
  });
});

describe("A fault of the handler", () => {
  const ok = async () => ({ statusCode: 200, headers: {}, body: '{"id":"order-1"}' });
  const request = { requestContext: { http: { method: "GET" } } };
  const answer = async (fault: object, context: object = {}, event: object = request) => {
    const { faults } = await faultsBy(settingOf({ at: "handler", ...fault }));
    return faults.handler<unknown, object, unknown>(ok)(event, context);
  };

  test("answers with a status in place of it", async () => {
    expect(await answer({ kind: "status", status: 500 })).toMatchObject({
      statusCode: 500,
      headers: { "content-type": "application/problem+json" },
    });
  });

  test.each([
    ["messages of a queue", { Records: [{ eventSource: "aws:sqs", messageId: "1" }] }],
    ["an event of a bus", { "detail-type": "OrderPlaced", detail: {} }],
  ])("throws with a status for %s, as an answer would say that all was handled", async (_, event) => {
    const error = await thrown(answer({ kind: "status", status: 503 }, {}, event));
    expect(error.name).toBe("InternalServerError");
  });

  test("throws, gives half of the body, or hangs until Lambda ends it", async () => {
    expect((await thrown(answer({ kind: "exception", error: "Broken" }))).name).toBe("Broken");
    expect(await answer({ kind: "corrupted" })).toEqual({ statusCode: 200, headers: {}, body: '{"id":"o' });
    const context = { getRemainingTimeInMillis: () => -995 };
    expect((await thrown(answer({ kind: "timeout", ms: 1 }, context))).name).toBe("TimeoutError");
  });

  test("is counted as a metric of the function", async () => {
    const outside = process.env;
    process.env = { ...outside, AWS_LAMBDA_FUNCTION_NAME: "prod-orders" };
    const logs = captureLogs();
    try {
      await answer({ kind: "status", status: 500 });
      expect(logs.lines()).toContainEqual(expect.objectContaining({ FunctionName: "prod-orders", FaultsInjected: 1 }));
    } finally {
      logs.restore();
      process.env = outside;
    }
  });
});

test("Faults of a deployed function are read from Parameter Store, at the path that the toolkit sets", async () => {
  const asked: unknown[] = [];
  const setting = JSON.stringify({
    from: new Date(Date.now() - 1_000).toISOString(),
    minutes: 1,
    faults: [{ at: "payments", kind: "exception" }],
  });
  const server = createServer(async (incoming, outgoing) => {
    asked.push(JSON.parse(Buffer.concat(await incoming.toArray()).toString()));
    outgoing.writeHead(200, { "content-type": "application/x-amz-json-1.1" });
    outgoing.end(JSON.stringify({ Parameters: [{ Name: "/prod/orders/chaos/faults", Value: setting }] }));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const outside = process.env;
  process.env = {
    ...outside,
    AWS_ENDPOINT_URL_SSM: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "eu-west-1",
    CHAOS_SETTINGS_PATH: "/prod/orders/chaos",
  };
  try {
    const faults = faultsFromEnvironment();
    const idle = faults.handler(async () => "idle");
    const pay = faults.call("payments", async () => "paid");
    await idle(undefined, undefined);
    await until(async () => {
      await idle(undefined, undefined);
      return (await pay().catch(() => "failed")) === "failed";
    });
    expect(asked).toEqual([{ Path: "/prod/orders/chaos" }]);
  } finally {
    process.env = outside;
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
});
