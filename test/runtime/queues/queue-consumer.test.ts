import { setTimeout as delay } from "node:timers/promises";
import type { Context, SQSEvent, SQSRecord } from "aws-lambda";
import { CircuitOpenError } from "../../../runtime/breaker/circuit-open-error";
import type { Pause } from "../../../runtime/breaker/pause";
import { createLogger } from "../../../runtime/observability/logger";
import { type ConsumedMessage, type QueueConsumerOptions, queueConsumer } from "../../../runtime/queues/queue-consumer";
import { captureLogs, lambdaContext } from "../invocation";
import { memoryStore } from "../memory-store";

type Order = { readonly orderId: string };

const logger = createLogger({ service: "invoicing", environment: "test", level: "INFO" });

/** A message as Lambda hands it over. */
const messageOf = (body: unknown, messageId = "message-1", more: Partial<SQSRecord> = {}): SQSRecord => ({
  messageId,
  receiptHandle: "handle",
  body: typeof body === "string" ? body : JSON.stringify(body),
  attributes: {
    ApproximateReceiveCount: "1",
    SentTimestamp: "1767225600000",
    SenderId: "AIDA",
    ApproximateFirstReceiveTimestamp: "1767225600000",
  },
  messageAttributes: {},
  md5OfBody: "",
  eventSource: "aws:sqs",
  eventSourceARN: "arn:aws:sqs:eu-west-1:111122223333:prod-orders-messages",
  awsRegion: "eu-west-1",
  ...more,
});
const order = (orderId: string, eventId: string | undefined = `event-${orderId}`) => ({
  orderId,
  metadata: { eventId, correlationId: `correlation-${orderId}` },
});
/** An event as a rule delivers it to a queue. */
const eventOf = (detail: object, more: object = {}) => ({
  version: "0",
  id: "aws-1",
  "detail-type": "OrderPlaced",
  source: "shop.orders",
  account: "111122223333",
  time: "2026-01-01T00:00:00Z",
  region: "eu-west-1",
  resources: [],
  detail,
  ...more,
});
const batch = (...Records: SQSRecord[]): SQSEvent => ({ Records });
const failed = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) });

function consumerOf(
  handle: (message: ConsumedMessage<Order>) => Promise<void> = async () => {},
  options: Partial<QueueConsumerOptions<Order>> = {},
) {
  const handled: ConsumedMessage<Order>[] = [];
  const consume = queueConsumer<Order>({
    logger,
    store: memoryStore(),
    consumer: "invoicing",
    waitMs: 0,
    parse: (content) => {
      const { orderId } = content as Partial<Order>;
      if (typeof orderId !== "string") throw new TypeError("the order has no id");
      return { orderId };
    },
    handle: async (message) => {
      handled.push(message);
      await handle(message);
    },
    ...options,
  });
  return { consume, handled };
}

const refuse =
  (...orderIds: string[]) =>
  async ({ content }: ConsumedMessage<Order>) => {
    if (orderIds.includes(content.orderId)) throw new Error(`no ${content.orderId}`);
  };

describe("A queue consumer", () => {
  let logs: ReturnType<typeof captureLogs>;
  beforeEach(() => {
    logs = captureLogs();
  });
  afterEach(() => logs.restore());
  const lines = () => logs.lines().filter(({ message }) => message === "message consumed");

  test("hands over what was sent, with its ids", async () => {
    const { consume, handled } = consumerOf();
    const attributes = { ...messageOf("").attributes, ApproximateReceiveCount: "3" };
    expect(await consume(batch(messageOf(order("1"), "m", { attributes })), lambdaContext())).toEqual(failed());
    expect(handled).toMatchObject([
      {
        eventId: "event-1",
        correlationId: "correlation-1",
        messageId: "m",
        content: { orderId: "1" },
        receiveCount: 3,
        replayed: false,
        time: new Date(1_767_225_600_000),
      },
    ]);
    expect(handled[0]).not.toHaveProperty("metadata");
  });

  test("takes the detail of an event that a rule delivered, and says where it comes from", async () => {
    const { consume, handled } = consumerOf();
    await consume(batch(messageOf(eventOf(order("1"), { "replay-name": "again" }))), lambdaContext());
    expect(handled).toMatchObject([
      {
        eventId: "event-1",
        source: "shop.orders",
        detailType: "OrderPlaced",
        replayed: true,
        time: new Date("2026-01-01T00:00:00Z"),
        content: { orderId: "1" },
      },
    ]);
  });

  test("answers which messages failed, and only those come again", async () => {
    const { consume, handled } = consumerOf(refuse("2"));
    const records = ["1", "2", "3"].map((id) => messageOf(order(id), `m${id}`));
    expect(await consume(batch(...records), lambdaContext())).toEqual(failed("m2"));
    expect(handled).toHaveLength(3);
    expect(
      lines()
        .map(({ message_id, outcome, error_code }) => [message_id, outcome, error_code])
        .sort(),
    ).toEqual([
      ["m1", "processed", undefined],
      ["m2", "failed", "Error"],
      ["m3", "processed", undefined],
    ]);
  });

  test("fails as a whole if all messages failed, so that Lambda comes less often", async () => {
    const { consume } = consumerOf(refuse("1", "2"));
    const records = ["1", "2"].map((id) => messageOf(order(id), `m${id}`));
    await expect(consume(batch(...records), lambdaContext())).rejects.toThrow("All records failed processing");
  });

  test("handles a message once, though it comes twice, in one batch, another batch and another region", async () => {
    const store = memoryStore();
    const [home, standby] = [
      consumerOf(undefined, { store, waitMs: 2_000 }),
      consumerOf(undefined, { store, waitMs: 2_000 }),
    ];
    const twice = batch(messageOf(order("1"), "a"), messageOf(eventOf(order("1")), "b"));
    const answers = await Promise.all([home.consume(twice, lambdaContext()), standby.consume(twice, lambdaContext())]);
    answers.push(await home.consume(batch(messageOf(order("1"), "c")), lambdaContext()));
    expect(answers).toEqual([failed(), failed(), failed()]);
    expect(home.handled.length + standby.handled.length).toBe(1);
    expect(lines().filter(({ outcome }) => outcome === "duplicate")).toHaveLength(4);
  });

  test("gives a message back that another invocation has, without an error in the log", async () => {
    const store = memoryStore();
    store.states.set("invoicing#event-1", "of another one");
    const { consume, handled } = consumerOf(undefined, { store });
    const answer = await consume(batch(messageOf(order("1"), "m1"), messageOf(order("2"), "m2")), lambdaContext());
    expect(answer).toEqual(failed("m1"));
    expect(handled.map(({ eventId }) => eventId)).toEqual(["event-2"]);
    expect(lines()).toContainEqual(expect.objectContaining({ level: "WARN", error_code: "EventInProgressError" }));
  });

  test("handles a message again that failed", async () => {
    let attempts = 0;
    const { consume } = consumerOf(async ({ content }) => {
      if (content.orderId === "1" && ++attempts === 1) throw new Error("not yet");
    });
    const records = batch(messageOf(order("1"), "m1"), messageOf(order("2"), "m2"));
    expect(await consume(records, lambdaContext())).toEqual(failed("m1"));
    expect(await consume(batch(messageOf(order("1"), "m1")), lambdaContext())).toEqual(failed());
    expect(attempts).toBe(2);
  });

  const unreadable: [string, unknown, string][] = [
    ["is no JSON", "{", "InvalidMessageError"],
    ["has no id", { orderId: "1" }, "MessageWithoutIdError"],
    ["holds a NUL", order("\0"), "InvalidMessageError"],
    ["is not what the handler expects", { ...order("1"), orderId: 1 }, "TypeError"],
  ];
  test.each(unreadable)("gives a message back that %s, and handles the others", async (_, body, code) => {
    const { consume, handled } = consumerOf();
    const answer = await consume(batch(messageOf(body, "bad"), messageOf(order("2"), "good")), lambdaContext());
    expect(answer).toEqual(failed("bad"));
    expect(handled).toHaveLength(1);
    expect(lines()).toContainEqual(expect.objectContaining({ message_id: "bad", error_code: code }));
    expect(logs.text()).not.toContain("orderId");
  });

  test("takes another identity where it is told one", async () => {
    const store = memoryStore();
    const { consume } = consumerOf(undefined, { store, identify: ({ messageId }) => messageId });
    await consume(batch(messageOf({ orderId: "1" }, "m1")), lambdaContext());
    expect([...store.states.keys()]).toEqual(["invoicing#m1"]);
  });

  test("handles without a store whatever comes, as often as it comes", async () => {
    const { consume, handled } = consumerOf(undefined, { store: "none" });
    const message = batch(messageOf({ orderId: "1" }, "m1"));
    await consume(message, lambdaContext());
    await consume(message, lambdaContext());
    expect(handled.map(({ eventId }) => eventId)).toEqual(["m1", "m1"]);
  });

  test("handles so many at a time as it is told", async () => {
    let [running, most] = [0, 0];
    const { consume, handled } = consumerOf(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await delay(2);
        running -= 1;
      },
      { concurrency: 2 },
    );
    const records = ["1", "2", "3", "4", "5"].map((id) => messageOf(order(id), `m${id}`));
    expect(await consume(batch(...records), lambdaContext())).toEqual(failed());
    expect([handled.length, most]).toEqual([5, 2]);
  });

  test("gives back what the time is not enough for, aborts it, and keeps what is done", async () => {
    const endsAt = Date.now() + 400;
    const context: Context = { ...lambdaContext(), getRemainingTimeInMillis: () => endsAt - Date.now() };
    let aborted = false;
    const { consume, handled } = consumerOf(
      async ({ content, signal }) => {
        if (content.orderId !== "2") return;
        signal.addEventListener("abort", () => {
          aborted = true;
        });
        await new Promise(() => undefined);
      },
      { concurrency: 1 },
    );
    const records = ["1", "2", "3"].map((id) => messageOf(order(id), `m${id}`));
    expect(await consume(batch(...records), context)).toEqual(failed("m2", "m3"));
    expect(aborted).toBe(true);
    expect(handled.map(({ content }) => content.orderId)).toEqual(["1", "2"]);
    expect(lines().map(({ error_code }) => error_code)).toEqual([undefined, "OutOfTimeError", "OutOfTimeError"]);
  });

  test("gives each message a logger with its own correlation id, also while others run", async () => {
    const { consume } = consumerOf(async ({ content, logger: log }) => {
      await delay(content.orderId === "1" ? 4 : 1);
      log.info("handled", { order_id: content.orderId });
    });
    await consume(batch(messageOf(order("1"), "m1"), messageOf(order("2"), "m2")), lambdaContext());
    const handled = logs.lines().filter(({ message }) => message === "handled");
    expect(handled.map((line) => [line.order_id, line.correlation_id, line.function_version]).sort()).toEqual([
      ["1", "correlation-1", "7"],
      ["2", "correlation-2", "7"],
    ]);
  });

  describe("with a pause", () => {
    const open = () => new CircuitOpenError("carrier", "eu-west-1", 5_000);
    const pausedBy = (check: () => Promise<void>): Pause => ({
      check,
      answer: (event) =>
        "evenkeelProbe" in (event as object)
          ? Promise.resolve({ probe: { dependency: "carrier", outcome: "answered" } })
          : undefined,
    });

    test("begins and claims no message while a dependency is not called, and says that it is parked", async () => {
      const store = memoryStore();
      const { consume, handled } = consumerOf(undefined, { store, pause: pausedBy(() => Promise.reject(open())) });
      const both = batch(messageOf(order("1"), "m1"), messageOf(order("2"), "m2"));
      await expect(consume(both, lambdaContext())).rejects.toThrow("All records failed processing");
      expect([handled, [...store.states]]).toEqual([[], []]);
      expect(lines()).toMatchObject([
        { outcome: "parked", level: "WARN", error_code: "CircuitOpenError", dependency: "carrier", message_id: "m1" },
        { outcome: "parked", message_id: "m2" },
      ]);
    });

    test("gives back what the breaker refuses within the handler, unclaimed", async () => {
      const store = memoryStore();
      const { consume } = consumerOf(
        async ({ content }) => {
          if (content.orderId === "2") throw open();
        },
        { store, pause: pausedBy(async () => undefined) },
      );
      const both = batch(messageOf(order("1"), "m1"), messageOf(order("2"), "m2"));
      expect(await consume(both, lambdaContext())).toEqual(failed("m2"));
      expect([...store.states]).toEqual([["invoicing#event-1", "done"]]);
    });

    test("leaves the rest of a FIFO batch after the first message that has to wait", async () => {
      let checks = 0;
      const pause = pausedBy(async () => {
        checks += 1;
        if (checks === 2) throw open();
      });
      const fifo = ["1", "2", "3"].map((id) =>
        messageOf(order(id), `m${id}`, { eventSourceARN: "arn:aws:sqs:eu-west-1:111122223333:prod-messages.fifo" }),
      );
      const { consume, handled } = consumerOf(undefined, { pause });
      expect(await consume(batch(...fifo), lambdaContext())).toEqual(failed("m2", "m3"));
      expect(handled.map(({ content }) => content.orderId)).toEqual(["1"]);
    });

    test("answers probe calls", async () => {
      const { consume } = consumerOf(undefined, { pause: pausedBy(async () => undefined) });
      const call = { evenkeelProbe: { dependency: "carrier" } } as unknown as SQSEvent;
      expect(await consume(call, lambdaContext())).toEqual({ probe: { dependency: "carrier", outcome: "answered" } });
    });
  });

  describe("of a FIFO queue", () => {
    const inGroup = (id: string, group: string) =>
      messageOf(order(id), `m${id}`, {
        eventSourceARN: "arn:aws:sqs:eu-west-1:111122223333:prod-orders-messages.fifo",
        attributes: { ...messageOf("").attributes, MessageGroupId: group },
      });
    const records = [inGroup("1", "a"), inGroup("2", "b"), inGroup("3", "a"), inGroup("4", "b")];

    test("gives back the rest after a failure, so that the order is kept", async () => {
      const { consume, handled } = consumerOf(refuse("2"));
      expect(await consume(batch(...records), lambdaContext())).toEqual(failed("m2", "m3", "m4"));
      expect(handled.map(({ content, groupId }) => [content.orderId, groupId])).toEqual([
        ["1", "a"],
        ["2", "b"],
      ]);
    });

    test("goes on with other groups if it may", async () => {
      const { consume, handled } = consumerOf(refuse("2"), { skipGroupOnError: true });
      expect(await consume(batch(...records), lambdaContext())).toEqual(failed("m2", "m4"));
      expect(handled.map(({ content }) => content.orderId)).toEqual(["1", "2", "3"]);
    });
  });
});
