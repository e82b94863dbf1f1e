import type { Context } from "aws-lambda";
import type { WarmingAnswer } from "../../../runtime/warming";

type Handler = (event: unknown, context: unknown) => Promise<unknown>;
type Runtime = typeof import("../../../runtime/warming") &
  typeof import("../../../runtime/aws/on-demand") &
  typeof import("../../../runtime/http/http-api") &
  typeof import("../../../runtime/invocation/bounded-handler") &
  typeof import("../../../runtime/events/consumer");

const none: Handler = async () => 0;
const call = { evenkeelWarming: { holdMs: 75 } };
const context = { getRemainingTimeInMillis: () => 10_000, functionName: "f" } as unknown as Context;
const logger = {
  resetKeys() {},
  addContext() {},
  setCorrelationId() {},
  appendKeys() {},
  info() {},
  error() {},
} as never;

/** The runtime as a new execution environment has it: what has happened in others is not known there. */
function newEnvironment(): Runtime {
  let runtime: Partial<Runtime> = {};
  jest.isolateModules(() => {
    runtime = {
      ...require("../../../runtime/warming"),
      ...require("../../../runtime/aws/on-demand"),
      ...require("../../../runtime/http/http-api"),
      ...require("../../../runtime/invocation/bounded-handler"),
      ...require("../../../runtime/events/consumer"),
    };
  });
  return runtime as Runtime;
}

/** Waits that end at once, with what was asked for. */
function recordedClock() {
  const waits: number[] = [];
  const sleep = async (ms: number, signal?: AbortSignal) => {
    if (signal)
      return await new Promise<void>((_, reject) => signal.addEventListener("abort", () => reject(new Error())));
    waits.push(ms);
  };
  return { waits, clock: { now: () => 0, sleep } };
}

const warmingOf = async (answer: Promise<unknown>) => ((await answer) as WarmingAnswer).warming;

describe("A warmable handler", () => {
  test("answers a warming call without its own code, and is cold once", async () => {
    const { warmable } = newEnvironment();
    const own = jest.fn(async () => "own");
    const { waits, clock } = recordedClock();
    const handler: Handler = warmable(own, clock);
    const first = await warmingOf(handler(call, context));
    const second = await warmingOf(handler(call, context));
    expect([first.cold, second.cold]).toEqual([true, false]);
    expect(second.environment).toBe(first.environment);
    expect(own).not.toHaveBeenCalled();
    expect(waits).toEqual([75, 75]);
    expect(await handler({ other: 1 }, context)).toBe("own");
  });

  test("has another id in each environment", async () => {
    const idOf = async () => (await warmingOf(newEnvironment().warmable(none)(call, context))).environment;
    expect(await idOf()).not.toBe(await idOf());
  });

  test("is not cold after a request, or where Lambda has prepared the environment", async () => {
    const one: Handler = newEnvironment().warmable(none);
    await one({}, context);
    expect((await warmingOf(one(call, context))).cold).toBe(false);
    process.env.AWS_LAMBDA_INITIALIZATION_TYPE = "provisioned-concurrency";
    try {
      const other: Handler = newEnvironment().warmable(none);
      expect((await warmingOf(other(call, context))).cold).toBe(false);
    } finally {
      delete process.env.AWS_LAMBDA_INITIALIZATION_TYPE;
    }
  });

  test("loads what is on demand, and answers although a load fails or hangs", async () => {
    const { warmable, onDemand } = newEnvironment();
    const loaded = jest.fn(async () => "client");
    onDemand(loaded);
    onDemand(async () => {
      throw new Error("not there");
    });
    await warmable(none)(call, context);
    expect(loaded).toHaveBeenCalledTimes(1);
    onDemand(() => new Promise(() => undefined));
    const nearlyOver = { getRemainingTimeInMillis: () => 520 };
    expect(await warmingOf(warmable(none)(call, nearlyOver))).toMatchObject({ cold: false });
  });

  test.each([
    ["no longer than a second", { evenkeelWarming: { holdMs: 60_000 } }, 10_000, 1_000],
    ["no longer than the invocation has", { evenkeelWarming: { holdMs: 900 } }, 700, 200],
    ["not at all for what is no number", { evenkeelWarming: { holdMs: "9" } }, 10_000, 0],
  ])("holds %s", async (_, event, remainingMs, heldMs) => {
    const { waits, clock } = recordedClock();
    await newEnvironment().warmable(none, clock)(event, { getRemainingTimeInMillis: () => remainingMs });
    expect(waits).toEqual([heldMs]);
  });
});

describe("A warming call", () => {
  const api = { version: "2.0", routeKey: "POST /x", requestContext: {}, body: JSON.stringify(call) };
  test.each([
    ["a request whose body is one", api],
    ["a request with the member beside its own", { ...api, ...call }],
    ["an event of a bus whose detail is one", { source: "orders", "detail-type": "x", detail: call }],
    ["a message of a queue", { Records: [{ body: JSON.stringify(call) }] }],
    ["a member that is no object", { evenkeelWarming: true }],
    ["an inherited member", Object.create(call)],
    ["nothing", null],
  ])("is not %s", async (_, event) => {
    const own = jest.fn(async () => "own");
    expect(await newEnvironment().warmable(own as Handler)(event, context)).toBe("own");
  });

  test("is answered by each wrapper of the runtime before anything else", async () => {
    const { httpApi, boundedHandler, eventConsumer } = newEnvironment();
    const run = jest.fn();
    const handlers = [
      httpApi({ logger, routes: { $default: run } }),
      boundedHandler({ logger, handle: run }),
      eventConsumer({ logger, store: {} as never, consumer: "c", parse: run, handle: run }),
    ] as unknown as Handler[];
    for (const handler of handlers) expect(await handler(call, context)).toHaveProperty("warming.environment");
    expect(run).not.toHaveBeenCalled();
  });
});
