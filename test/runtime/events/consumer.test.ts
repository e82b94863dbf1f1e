import { setTimeout as delay } from "node:timers/promises";
import { CreateTableCommand, DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Context, EventBridgeEvent } from "aws-lambda";
import { createDocumentClient } from "../../../runtime/dynamodb/document-client";
import { type ConsumedEvent, eventConsumer } from "../../../runtime/events/consumer";
import { createIdempotencyStore, type IdempotencyStore } from "../../../runtime/events/idempotency-store";
import { createLogger } from "../../../runtime/observability/logger";
import type { Clock } from "../../../runtime/resilience/clock";
import { type Backend, dynaliteBackend, motoBackend } from "../../services/dynamodb-backends";
import { startFaultyProxy } from "../../services/faulty-proxy";
import { captureLogs, lambdaContext } from "../invocation";
import { FakeClock } from "../resilience/fake-clock";
import { until } from "../until";

type Order = { readonly orderId: string };
type Delivery = EventBridgeEvent<string, unknown>;

const logger = createLogger({ service: "invoicing", environment: "test", level: "INFO" });
const delivery = (eventId: string | undefined = "event-1", more: Partial<Delivery> = {}): Delivery => ({
  id: "aws-1",
  version: "0",
  account: "111122223333",
  region: "eu-west-1",
  source: "shop.orders",
  "detail-type": "OrderPlaced",
  time: "2026-01-01T00:00:00Z",
  resources: [],
  detail: { orderId: "1", metadata: { eventId, correlationId: "correlation-1" } },
  ...more,
});
const parse = (detail: unknown): Order => {
  const { orderId } = detail as Partial<Order>;
  if (typeof orderId !== "string") throw new TypeError("the order has no id");
  return { orderId };
};

/** A consumer that keeps what its handler was called with. */
function consumerOf(
  store: IdempotencyStore,
  handle: (event: ConsumedEvent<Order>) => Promise<void> = async () => {},
  waitMs = 0,
  clock?: Clock,
) {
  const handled: ConsumedEvent<Order>[] = [];
  const consume = eventConsumer<Order>({
    logger,
    store,
    consumer: "invoicing",
    waitMs,
    clock,
    parse,
    handle: async (event) => {
      handled.push(event);
      await handle(event);
    },
  });
  return { consume, handled };
}

/** A store in memory that always says the same. */
const storeThat = (claim: Awaited<ReturnType<IdempotencyStore["claim"]>>, completes = true) => {
  const store = {
    claim: jest.fn(async () => claim),
    complete: jest.fn(async () => completes),
    release: jest.fn(async () => {}),
  };
  return store satisfies IdempotencyStore;
};
const claimed = { outcome: "claimed", claimId: "claim-1" } as const;

// Other tests may keep the processors busy.
jest.setTimeout(30_000);

describe("An event consumer", () => {
  let logs: ReturnType<typeof captureLogs>;
  beforeEach(() => {
    logs = captureLogs();
  });
  afterEach(() => logs.restore());
  const line = () => logs.lines().find(({ message }) => message === "event consumed");

  test("hands an event with its ids over, and marks it as handled afterwards", async () => {
    const store = storeThat(claimed);
    const { consume, handled } = consumerOf(store, async () => expect(store.complete).not.toHaveBeenCalled());
    expect(await consume(delivery(), lambdaContext())).toEqual({ outcome: "processed" });
    expect(handled).toMatchObject([
      {
        eventId: "event-1",
        correlationId: "correlation-1",
        source: "shop.orders",
        detailType: "OrderPlaced",
        detail: { orderId: "1" },
        time: new Date("2026-01-01T00:00:00Z"),
        replayed: false,
      },
    ]);
    expect(store.complete).toHaveBeenCalledWith("invoicing#event-1", "claim-1");
    expect(line()).toMatchObject({
      level: "INFO",
      correlation_id: "correlation-1",
      event_id: "event-1",
      event_source: "shop.orders",
      event_type: "OrderPlaced",
      outcome: "processed",
    });
  });

  test("asks for the event for as long as the invocation can last", async () => {
    const store = storeThat(claimed);
    await consumerOf(store).consume(delivery(), lambdaContext());
    expect(store.claim).toHaveBeenCalledWith("invoicing#event-1", 12_000);
  });

  test("skips an event that was handled, without an error", async () => {
    const { consume, handled } = consumerOf(storeThat({ outcome: "completed" }));
    expect(await consume(delivery(), lambdaContext())).toEqual({ outcome: "duplicate" });
    expect(handled).toEqual([]);
    expect(line()).toMatchObject({ outcome: "duplicate" });
  });

  test("has an event delivered again that another invocation has, as that one may be dead", async () => {
    const { consume, handled } = consumerOf(storeThat({ outcome: "in progress", leaseExpiresAt: 1_000 }));
    await expect(consume(delivery(), lambdaContext())).rejects.toMatchObject({
      name: "EventInProgressError",
      message: "The event event-1 is being handled until 1970-01-01T00:00:01.000Z; let it be delivered again.",
    });
    expect(handled).toEqual([]);
    expect(line()).toMatchObject({ level: "WARN", error_code: "EventInProgressError" });
  });

  test("waits a little for the other region, which often gets the event at the same moment", async () => {
    const store = storeThat({ outcome: "completed" });
    store.claim.mockResolvedValueOnce({ outcome: "in progress", leaseExpiresAt: 1_000 } as never);
    const { consume, handled } = consumerOf(store, undefined, 5_000, new FakeClock());
    expect(await consume(delivery(), lambdaContext())).toEqual({ outcome: "duplicate" });
    expect(store.claim).toHaveBeenCalledTimes(2);
    expect(handled).toEqual([]);
  });

  test("does not wait away the end of its own time", async () => {
    const store = storeThat({ outcome: "in progress", leaseExpiresAt: 1_000 });
    const clock = new FakeClock();
    const { consume } = consumerOf(store, undefined, 60_000, clock);
    const context: Context = { ...lambdaContext(), getRemainingTimeInMillis: () => 1_600 };
    const endsAt = clock.time + 600;
    await expect(consume(delivery(), context)).rejects.toThrow("is being handled until");
    expect(store.claim.mock.calls.length).toBeGreaterThan(1);
    expect(clock.time).toBeLessThan(endsAt);
  });

  test("gives an event back when its handler fails, and rejects with the handler's error", async () => {
    const store = storeThat(claimed);
    store.release.mockRejectedValueOnce(new Error("the table is away"));
    const { consume } = consumerOf(store, async () => {
      throw new Error("no paper");
    });
    await expect(consume(delivery(), lambdaContext())).rejects.toThrow("no paper");
    expect(store.release).toHaveBeenCalledWith("invoicing#event-1", "claim-1");
    expect(store.complete).not.toHaveBeenCalled();
    expect(line()).toMatchObject({ level: "ERROR", outcome: "failed", error_code: "Error" });
  });

  test("says so when another invocation took the event over meanwhile", async () => {
    const { consume } = consumerOf(storeThat(claimed, false));
    await expect(consume(delivery(), lambdaContext())).rejects.toThrow("The event event-1 was taken over by another");
  });

  test.each([
    ["without metadata", { orderId: "1" }],
    ["with an empty id", { orderId: "1", metadata: { eventId: "" } }],
    ["that is no object", null],
  ])("refuses a detail %s before it asks for anything", async (_, detail) => {
    const store = storeThat(claimed);
    await expect(consumerOf(store).consume(delivery("x", { detail }), lambdaContext())).rejects.toMatchObject({
      name: "EventWithoutIdError",
      message: expect.stringContaining(
        "The event shop.orders / OrderPlaced has no detail.metadata.eventId; publish it",
      ),
    });
    expect(store.claim).not.toHaveBeenCalled();
  });

  test("refuses a detail that does not parse before it asks for the event", async () => {
    const store = storeThat(claimed);
    const detail = { metadata: { eventId: "event-1" } };
    await expect(consumerOf(store).consume(delivery("x", { detail }), lambdaContext())).rejects.toThrow("no id");
    expect(store.claim).not.toHaveBeenCalled();
  });

  test.each([
    ["a NUL", "a\0b"],
    ["half of a surrogate pair", "a\ud83d"],
  ])("refuses %s in any text of an event, before it claims the event", async (_, text) => {
    const metadata = { eventId: "event-1", correlationId: "correlation-1" };
    for (const more of [{ orderId: text }, { items: [{ sku: text }] }, { [text]: 1 }]) {
      const store = storeThat(claimed);
      const { consume, handled } = consumerOf(store);
      for (const _attempt of [1, 2]) {
        const detail = { orderId: "1", ...more, metadata };
        await expect(consume(delivery("event-1", { detail }), lambdaContext())).rejects.toMatchObject({
          name: "InvalidEventError",
          field: "detail",
        });
      }
      expect([handled, store.claim.mock.calls]).toEqual([[], []]);
    }
  });

  test("ends an event whose time is over with a line and a metric, aborts it, and leaves it to its lease", async () => {
    const store = storeThat(claimed);
    let aborted: unknown;
    const { consume } = consumerOf(store, ({ signal }) => {
      signal.addEventListener("abort", () => {
        aborted = signal.reason;
      });
      return new Promise(() => {});
    });
    const context: Context = { ...lambdaContext(), getRemainingTimeInMillis: () => 50 };
    await expect(consume(delivery(), context)).rejects.toMatchObject({ name: "OutOfTimeError" });
    expect(aborted).toMatchObject({ name: "OutOfTimeError" });
    expect(store.release).not.toHaveBeenCalled();
    const lines = logs.lines();
    expect(lines).toContainEqual(
      expect.objectContaining({ message: "event consumed", outcome: "failed", error_code: "OutOfTimeError" }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ OutOfTime: 1, FunctionName: "orders" }));
  });

  test("knows a replay, and never logs the detail", async () => {
    const { consume, handled } = consumerOf(storeThat(claimed));
    const secret = { orderId: "order-of-a-customer", metadata: { eventId: "event-1" } };
    await consume(delivery("x", { "replay-name": "r", detail: secret }), lambdaContext());
    expect(handled[0]?.replayed).toBe(true);
    expect(handled[0]?.correlationId).toMatch(/^[0-9a-f-]{36}$/);
    expect(logs.text()).not.toContain("order-of-a-customer");
  });
});

const backends = [dynaliteBackend, ...(motoBackend ? [motoBackend] : [])];

describe.each(backends)("An idempotency store on $name", (kind) => {
  const tableName = "events";
  let backend: Backend;
  let client: DynamoDBDocumentClient;
  let logs: ReturnType<typeof captureLogs>;
  let sequence = 0;
  let key: string;

  const environment = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  const clientOf = (endpoint: string, options = {}) => {
    process.env.AWS_ENDPOINT_URL = endpoint;
    const made = createDocumentClient({
      region: "eu-west-1",
      connectionTimeoutMs: 60_000,
      requestTimeoutMs: 60_000,
      ...options,
    });
    return made;
  };

  beforeAll(async () => {
    Object.assign(process.env, environment);
    backend = await kind.start();
    client = clientOf(backend.endpoint);
    await createTable(client, tableName);
  }, 90_000);
  afterAll(async () => {
    for (const name of ["AWS_ENDPOINT_URL", ...Object.keys(environment)]) delete process.env[name];
    client?.destroy();
    await backend?.stop();
  });
  beforeEach(() => {
    sequence += 1;
    key = `invoicing#event-${sequence}`;
    logs = captureLogs();
  });
  afterEach(() => logs.restore());

  const item = async () => (await client.send(new GetCommand({ TableName: tableName, Key: { pk: key } }))).Item;
  const claimIdOf = (claim: Awaited<ReturnType<IdempotencyStore["claim"]>>) => {
    if (claim.outcome !== "claimed") throw new Error(`not claimed but ${claim.outcome}`);
    return claim.claimId;
  };

  // moto checks a condition and writes in two steps, which DynamoDB does in one.
  if (kind === dynaliteBackend) {
    test("gives an event to one of many that ask at once", async () => {
      const store = createIdempotencyStore({ tableName, client });
      const claims = await Promise.all(Array.from({ length: 10 }, () => store.claim(key, 60_000)));
      expect(claims.filter(({ outcome }) => outcome === "claimed")).toHaveLength(1);
      expect(claims.filter(({ outcome }) => outcome === "in progress")).toHaveLength(9);
    });
  }

  test("remembers a handled event, until it expires", async () => {
    let now = 1_800_000_000_000;
    const store = createIdempotencyStore({ tableName, client, rememberMs: 60_000, now: () => now });
    const claimId = claimIdOf(await store.claim(key, 1_000));
    expect(await store.complete(key, claimId)).toBe(true);
    expect(await item()).toEqual({ pk: key, status: "COMPLETED", claimId, expiresAt: 1_800_000_060 });
    now += 59_000;
    expect(await store.claim(key, 1_000)).toEqual({ outcome: "completed" });
    now += 1_000;
    expect((await store.claim(key, 1_000)).outcome).toBe("claimed");
  });

  test("gives the event of a dead invocation away when its lease is over, and lets the dead change nothing", async () => {
    let now = 1_800_000_000_000;
    const store = createIdempotencyStore({ tableName, client, now: () => now });
    const dead = claimIdOf(await store.claim(key, 5_000));
    now += 4_999;
    expect(await store.claim(key, 5_000)).toEqual({ outcome: "in progress", leaseExpiresAt: 1_800_000_005_000 });
    now += 1;
    const living = claimIdOf(await store.claim(key, 5_000));
    expect(await store.complete(key, dead)).toBe(false);
    await store.release(key, dead);
    expect(await item()).toMatchObject({ status: "IN_PROGRESS", claimId: living });
    expect(await store.complete(key, living)).toBe(true);
  });

  test("gives an event away at once that was given back", async () => {
    const store = createIdempotencyStore({ tableName, client });
    await store.release(key, claimIdOf(await store.claim(key, 60_000)));
    expect(await item()).toBeUndefined();
    expect((await store.claim(key, 60_000)).outcome).toBe("claimed");
  });

  test("never takes a handled event back", async () => {
    const store = createIdempotencyStore({ tableName, client });
    const claimId = claimIdOf(await store.claim(key, 60_000));
    await store.complete(key, claimId);
    await store.release(key, claimId);
    expect(await store.claim(key, 60_000)).toEqual({ outcome: "completed" });
  });

  test("makes a consumer handle the deliveries of both regions and a replay once", async () => {
    const store = createIdempotencyStore({ tableName, client });
    const { consume, handled } = consumerOf(store);
    const eventId = key.slice("invoicing#".length);
    const outcomes = [
      await consume(delivery(eventId), lambdaContext()),
      await consume(delivery(eventId, { id: "aws-2", region: "eu-central-1" }), lambdaContext()),
      await consume(delivery(eventId, { "replay-name": "again" }), lambdaContext()),
    ];
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["processed", "duplicate", "duplicate"]);
    expect(handled).toHaveLength(1);
  });

  test("makes a consumer handle an event again whose first invocation died in the middle", async () => {
    let now = 1_800_000_000_000;
    const store = createIdempotencyStore({ tableName, client, now: () => now });
    const eventId = key.slice("invoicing#".length);
    const context: Context = { ...lambdaContext(), getRemainingTimeInMillis: () => 60_000 };
    const dying = consumerOf(store, () => new Promise(() => {}));
    const timers = jest.spyOn(globalThis, "setTimeout");
    // It ends without giving the event back: what it was doing may still have an effect.
    const death = expect(dying.consume(delivery(eventId), context)).rejects.toMatchObject({ name: "OutOfTimeError" });
    await until(() => dying.handled.length > 0);
    const [outOfTime] = timers.mock.calls.find(([, ms]) => ms === 59_500) ?? [];
    timers.mockRestore();
    if (!outOfTime) throw new Error("the invocation has no limit");
    outOfTime();
    await death;
    const { consume, handled } = consumerOf(store);
    await expect(consume(delivery(eventId), lambdaContext())).rejects.toThrow("is being handled until");
    now += 62_000;
    expect(await consume(delivery(eventId), lambdaContext())).toEqual({ outcome: "processed" });
    expect(handled).toHaveLength(1);
  });

  describe("with the authority of another region", () => {
    test("asks it alone while it answers, so that regions never both handle an event", async () => {
      const local = { send: () => Promise.reject(new Error("asked")) } as unknown as DynamoDBDocumentClient;
      const home = createIdempotencyStore({ tableName, client });
      const standby = createIdempotencyStore({ tableName, client: local, authority: client });
      expect((await home.claim(key, 60_000)).outcome).toBe("claimed");
      expect((await standby.claim(key, 60_000)).outcome).toBe("in progress");
    });

    test("asks its own replica while the authority does not answer, and knows what had arrived there", async () => {
      const proxy = await startFaultyProxy(backend.endpoint);
      try {
        const authority = clientOf(proxy.endpoint, { maxAttempts: 1, requestTimeoutMs: 300 });
        const store = createIdempotencyStore({ tableName, client, authority });
        const arrived = `${key}-arrived`;
        const Item = { pk: arrived, status: "COMPLETED", expiresAt: Math.ceil(Date.now() / 1000) + 600 };
        await client.send(new PutCommand({ TableName: tableName, Item }));
        for (const fault of ["hang", { error: "InternalServerError", status: 500 }] as const) {
          proxy.break(() => fault);
          expect(await store.claim(arrived, 60_000)).toEqual({ outcome: "completed" });
        }
        const claimId = claimIdOf(await store.claim(key, 60_000));
        expect(await store.complete(key, claimId)).toBe(true);
        proxy.heal();
        expect(await store.claim(key, 60_000)).toEqual({ outcome: "completed" });
        authority.destroy();
      } finally {
        await proxy.stop();
      }
    });

    test("does not pass by an authority that refuses", async () => {
      const proxy = await startFaultyProxy(backend.endpoint);
      try {
        const authority = clientOf(proxy.endpoint, { maxAttempts: 1 });
        proxy.break(() => ({ error: "AccessDeniedException", status: 400 }));
        const store = createIdempotencyStore({ tableName, client, authority });
        await expect(store.claim(key, 60_000)).rejects.toMatchObject({ name: "AccessDeniedException" });
        authority.destroy();
      } finally {
        await proxy.stop();
      }
    });
  });
});

async function createTable(client: DynamoDBDocumentClient, TableName: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    }),
  );
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    if (Table?.TableStatus === "ACTIVE") return;
    await delay(20);
  }
}
