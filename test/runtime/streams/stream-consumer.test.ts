import { marshall } from "@aws-sdk/util-dynamodb";
import type { Context, DynamoDBRecord } from "aws-lambda";
import { createLogger } from "../../../runtime/observability/logger";
import {
  type ConsumedChange,
  type StreamConsumerOptions,
  streamConsumer,
} from "../../../runtime/streams/stream-consumer";
import { captureLogs, lambdaContext } from "../invocation";
import { memoryStore } from "../memory-store";

type Order = { readonly orderId: string };
type Values = Record<string, unknown>;

const logger = createLogger({ service: "invoicing", environment: "test", level: "INFO" });

/** A change as Lambda hands it over; ids and sequence numbers differ from region to region. */
function record(
  id: string,
  {
    before,
    after,
    region = "eu-west-1",
    ...more
  }: { before?: Values; after?: Values; region?: string } & Partial<DynamoDBRecord>,
): DynamoDBRecord {
  const image = (values?: Values) => (values ? marshall({ orderId: id, ...values }) : undefined);
  sequence += 1;
  return {
    eventID: `${region}-${sequence}`,
    eventName: before ? (after ? "MODIFY" : "REMOVE") : "INSERT",
    eventSource: "aws:dynamodb",
    eventSourceARN: `arn:aws:dynamodb:${region}:111122223333:table/prod-orders/stream/2026-01-01T00:00:00.000`,
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: 1_767_225_600,
      Keys: marshall({ orderId: id }),
      NewImage: image(after),
      OldImage: image(before),
      SequenceNumber: `${region}-${sequence}`,
      StreamViewType: "NEW_AND_OLD_IMAGES",
    },
    ...more,
  } as DynamoDBRecord;
}
let sequence = 0;
const sequenceOf = ({ dynamodb }: DynamoDBRecord) => dynamodb?.SequenceNumber;
const failed = (...records: DynamoDBRecord[]) => ({
  batchItemFailures: records.map((one) => ({ itemIdentifier: sequenceOf(one) })),
});
const batch = (...Records: DynamoDBRecord[]) => ({ Records });

function consumerOf(
  handle: (change: ConsumedChange<Order>) => Promise<void> = async () => {},
  options: Partial<StreamConsumerOptions<Order>> = {},
) {
  const handled: ConsumedChange<Order>[] = [];
  const consume = streamConsumer<Order>({
    logger,
    store: memoryStore(),
    consumer: "invoicing",
    waitMs: 0,
    version: "version",
    parse: ({ orderId, total }) => {
      if (total === "wrong") throw new TypeError("the total is no number");
      return { orderId: String(orderId) };
    },
    handle: async (change) => {
      handled.push(change);
      await handle(change);
    },
    ...options,
  });
  return { consume, handled };
}

describe("A stream consumer", () => {
  let logs: ReturnType<typeof captureLogs>;
  beforeEach(() => {
    logs = captureLogs();
  });
  afterEach(() => logs.restore());
  const lines = () => logs.lines().filter(({ message }) => message === "change consumed");

  test("hands over what changed, in plain values, with its ids", async () => {
    const { consume, handled } = consumerOf();
    const change = record("1", {
      before: { version: 1, total: 5 },
      after: { version: 2, total: 7, tags: new Set(["a"]), correlationId: "correlation-1" },
    });
    expect(await consume(batch(change), lambdaContext())).toEqual(failed());
    expect(handled).toMatchObject([
      {
        kind: "modified",
        table: "prod-orders",
        keys: { orderId: "1" },
        item: { orderId: "1" },
        before: { orderId: "1", version: 1, total: 5 },
        correlationId: "correlation-1",
        sequenceNumber: sequenceOf(change),
        time: new Date("2026-01-01T00:00:00Z"),
        expired: false,
      },
    ]);
    expect(handled[0]?.eventId).toMatch(/^prod-orders#[\w-]{43}$/);
    expect(lines()).toMatchObject([
      { outcome: "processed", change: "modified", table: "prod-orders", correlation_id: "correlation-1" },
    ]);
  });

  test("tells what was inserted, removed, and removed as its time was over", async () => {
    const { consume, handled } = consumerOf();
    const userIdentity = { type: "Service", principalId: "dynamodb.amazonaws.com" };
    await consume(
      batch(
        record("1", { after: { version: 1 } }),
        record("2", { before: { version: 3 } }),
        record("3", { before: { version: 3 }, userIdentity } as object),
      ),
      lambdaContext(),
    );
    expect(handled.map(({ kind, expired, item }) => [kind, expired, item.orderId])).toEqual([
      ["inserted", false, "1"],
      ["removed", false, "2"],
      ["removed", true, "3"],
    ]);
  });

  test("handles a change once, though the streams of both regions have it under other ids", async () => {
    const { consume, handled } = consumerOf();
    const [home, standby] = ["eu-west-1", "eu-central-1"].map((region) =>
      record("1", { after: { version: 1 }, region }),
    );
    await consume(batch(home as DynamoDBRecord), lambdaContext());
    await consume(batch(standby as DynamoDBRecord), lambdaContext());
    expect(handled).toHaveLength(1);
    expect(lines().map(({ outcome }) => outcome)).toEqual(["processed", "duplicate"]);
  });

  test("takes a replica's first sight of an item for the write that it is, whatever came before at home", async () => {
    const { consume, handled } = consumerOf();
    await consume(batch(record("1", { before: { version: 1 }, after: { version: 2 } })), lambdaContext());
    await consume(batch(record("1", { after: { version: 2 }, region: "eu-central-1" })), lambdaContext());
    expect(handled).toHaveLength(1);
  });

  test("tells a write from a removal, one item from another, and what comes back under a new version", async () => {
    const { consume, handled } = consumerOf();
    await consume(
      batch(
        record("1", { after: { version: 1 } }),
        record("1", { before: { version: 1 } }),
        record("1", { after: { version: 2 } }),
        record("2", { after: { version: 1 } }),
      ),
      lambdaContext(),
    );
    expect(handled).toHaveLength(4);
  });

  test("goes by a version that a function tells", async () => {
    const version = ({ writtenAt, writtenIn }: Values) => `${writtenAt}-${writtenIn}`;
    const { consume, handled } = consumerOf(undefined, { version: version as (image: object) => string });
    const write = (writtenIn: string) => record("1", { after: { writtenAt: 5, writtenIn } });
    await consume(batch(write("a")), lambdaContext());
    await consume(batch(write("a"), write("b")), lambdaContext());
    expect(handled).toHaveLength(2);
  });

  test("answers which failed, and does not begin later changes of their items", async () => {
    const { consume, handled } = consumerOf(async ({ item, keys }) => {
      if (keys.orderId === "bad") throw new Error(`no ${item.orderId}`);
    });
    const bad = record("bad", { after: { version: 1 } });
    const later = record("bad", { before: { version: 1 }, after: { version: 2 } });
    const good = [
      record("good", { after: { version: 1 } }),
      record("good", { before: { version: 1 }, after: { version: 2 } }),
    ];
    const answer = await consume(batch(bad, ...good, later), lambdaContext());
    expect(answer).toEqual(failed(bad, later));
    expect(handled.map(({ keys }) => keys.orderId).sort()).toEqual(["bad", "good", "good"]);
    expect(lines().filter(({ outcome }) => outcome === "failed")).toMatchObject([{ error_code: "Error" }]);
  });

  test("handles changes of an item in their order, and others beside them", async () => {
    const order: string[] = [];
    const { consume } = consumerOf(async ({ keys, before }) => {
      const name = `${keys.orderId}-${before ? "second" : "first"}`;
      order.push(`${name} begins`);
      await new Promise(setImmediate);
      order.push(`${name} ends`);
    });
    await consume(
      batch(
        record("a", { after: { version: 1 } }),
        record("a", { before: { version: 1 }, after: { version: 2 } }),
        record("b", { after: { version: 1 } }),
      ),
      lambdaContext(),
    );
    expect(order.slice(0, 2)).toEqual(["a-first begins", "b-first begins"]);
    expect(order.indexOf("a-second begins")).toBeGreaterThan(order.indexOf("a-first ends"));
  });

  test("handles as many items at a time as it is told", async () => {
    let [running, most] = [0, 0];
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
    };
    const { consume } = consumerOf(work, { concurrency: 2 });
    const records = ["a", "b", "c", "d"].map((id) => record(id, { after: { version: 1 } }));
    await consume(batch(...records), lambdaContext());
    expect(most).toBe(2);
  });

  test.each<[string, DynamoDBRecord, string]>([
    ["an item that is none", record("1", { after: { version: 1, total: "wrong" } }), "TypeError"],
    ["no version", record("1", { after: {} }), "InvalidChangeError"],
    ["an empty version", record("1", { after: { version: "" } }), "InvalidChangeError"],
    ["no image", record("1", { before: { version: 1 }, eventName: "INSERT" }), "InvalidChangeError"],
    ["no event", record("1", { after: { version: 1 }, eventName: undefined }), "InvalidChangeError"],
  ])("fails a change with %s, and handles the others", async (_, wrong, code) => {
    const { consume, handled } = consumerOf();
    const right = record("2", { after: { version: 1 } });
    expect(await consume(batch(wrong, right), lambdaContext())).toEqual(failed(wrong));
    expect(handled).toHaveLength(1);
    expect(lines().find(({ outcome }) => outcome === "failed")).toMatchObject({ error_code: code });
  });

  test("fails as a whole if every change fails, so that Lambda halves the batch", async () => {
    const { consume } = consumerOf(() => Promise.reject(new Error("down")));
    const records = ["a", "b"].map((id) => record(id, { after: { version: 1 } }));
    await expect(consume(batch(...records), lambdaContext())).rejects.toThrow(/failed/i);
  });

  test("gives back what there is no time for", async () => {
    const { consume, handled } = consumerOf();
    let left = 1_000;
    const context = { ...lambdaContext(), getRemainingTimeInMillis: () => left } as Context;
    const first = record("1", { after: { version: 1 } });
    const second = record("1", { before: { version: 1 }, after: { version: 2 } });
    const slow = streamConsumer<Order>({
      logger,
      store: "none",
      consumer: "invoicing",
      parse: () => ({ orderId: "1" }),
      handle: async () => {
        left = 0;
      },
    });
    expect(await slow(batch(first, second), context)).toEqual(failed(second));
    expect(await consume(batch(second), lambdaContext())).toEqual(failed());
    expect(handled).toHaveLength(1);
  });

  test("handles whatever comes without a store, under the id of the stream", async () => {
    const { consume, handled } = consumerOf(undefined, { store: "none", version: undefined });
    const change = record("1", { after: {} });
    await consume(batch(change), lambdaContext());
    await consume(batch(change), lambdaContext());
    expect(handled.map(({ eventId }) => eventId)).toEqual([change.eventID, change.eventID]);
  });

  test("asks for a version where it remembers", () => {
    expect(() => consumerOf(undefined, { version: undefined })).toThrow("name the attribute that each write changes");
  });

  test("never logs an item", async () => {
    const { consume } = consumerOf(() => Promise.reject(new Error("down")));
    const secret = record("1", { after: { version: 1, note: "between us" } });
    await consume(batch(secret, record("2", { after: {} })), lambdaContext()).catch(() => undefined);
    expect(JSON.stringify(logs.lines())).not.toContain("between us");
  });
});
