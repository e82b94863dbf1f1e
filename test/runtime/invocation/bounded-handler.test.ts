import { isSurelySendable, maxAnswerBytes, requireSendable } from "../../../runtime/invocation/answer";
import { boundedHandler } from "../../../runtime/invocation/bounded-handler";
import { createLogger } from "../../../runtime/observability/logger";
import { captureLogs, lambdaContext } from "../invocation";

const logger = createLogger({ service: "rotation", environment: "test", level: "INFO" });

let logs: ReturnType<typeof captureLogs>;
beforeEach(() => {
  logs = captureLogs();
});
afterEach(() => logs.restore());

describe("A bounded handler", () => {
  test("answers what its function answers, and passes its errors on without a word", async () => {
    const own = new Error("own");
    expect(await boundedHandler({ logger, handle: async (event: number) => event + 1 })(1, lambdaContext())).toBe(2);
    await expect(boundedHandler({ logger, handle: () => Promise.reject(own) })({}, lambdaContext())).rejects.toBe(own);
    expect(logs.lines()).toEqual([]);
  });

  test("fails with a line and a metric when the time is nearly over", async () => {
    const handler = boundedHandler({ logger, handle: () => new Promise<void>(() => {}) });
    const context = { ...lambdaContext(), getRemainingTimeInMillis: () => 50 };
    await expect(handler({}, context)).rejects.toMatchObject({ name: "OutOfTimeError" });
    expect(logs.lines()).toEqual([
      expect.objectContaining({ level: "ERROR", message: "invocation failed", error_code: "OutOfTimeError" }),
      expect.objectContaining({ OutOfTime: 1, FunctionName: "orders" }),
    ]);
  });

  test("fails with a line and a metric when its answer is larger than Lambda takes", async () => {
    const handler = boundedHandler({ logger, handle: async (length: number) => "x".repeat(length) });
    expect(await handler(maxAnswerBytes - 2, lambdaContext())).toHaveLength(maxAnswerBytes - 2);
    await expect(handler(maxAnswerBytes - 1, lambdaContext())).rejects.toMatchObject({ bytes: maxAnswerBytes + 1 });
    expect(logs.lines()).toEqual([
      expect.objectContaining({ level: "ERROR", message: "invocation failed", error_code: "AnswerTooLargeError" }),
      expect.objectContaining({ AnswersTooLarge: 1, FunctionName: "orders" }),
    ]);
  });
});

describe("An answer", () => {
  test.each([
    ["letters", "x", 1],
    ["quotes", '"', 2],
    ["umlauts", "é", 2],
    ["emoji", "\ud83d\ude00", 4],
    ["control characters", "\u0001", 6],
  ])("is measured in bytes of its JSON: %s", (_, text, bytes) => {
    expect(() => requireSendable(text.repeat(10), 10 * bytes + 2)).not.toThrow();
    expect(() => requireSendable(text.repeat(10), 10 * bytes + 1)).toThrow(`has ${10 * bytes + 2} bytes`);
  });

  test("may be nothing", () => expect(() => requireSendable(undefined)).not.toThrow());

  test("that is not looked at is too small to be too large, whatever is in it", () => {
    let units = 1;
    while (isSurelySendable(units)) units *= 2;
    expect(() => requireSendable({ body: "\u0001".repeat(units / 2) })).not.toThrow();
  });
});
