import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEventV2, EventBridgeEvent } from "aws-lambda";
import * as z from "zod/mini";
import { eventConsumer } from "../../runtime/events/consumer";
import { newEvent } from "../../runtime/events/domain-event";
import { batches, entrySize, maxEntries, type SizedEntry, toEntry } from "../../runtime/events/entries";
import { createIdempotencyStore } from "../../runtime/events/idempotency-store";
import { httpApi } from "../../runtime/http/http-api";
import { readJsonBody } from "../../runtime/http/json-body";
import { isStorable, textsNotStorable } from "../../runtime/invocation/text";
import { createLogger } from "../../runtime/observability/logger";
import { type Backend, dynaliteBackend } from "../services/dynamodb-backends";
import { captureLogs, httpEvent, lambdaContext } from "./invocation";
import { RandomValues } from "./random-values";

const seeds = [1, 2, 3, 4, 5];
const logger = createLogger({ service: "things", environment: "test", level: "ERROR" });

/** Every text in a value, names of properties included. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [name, ...textsIn(item)]);
}

describe.each(seeds)("Of values made from the seed %d", (seed) => {
  test("a text is storable exactly if it has no NUL and comes back from UTF-8 as it was", () => {
    const random = new RandomValues(seed);
    let storable = 0;
    for (let count = 0; count < 2_000; count += 1) {
      const text = random.text();
      const comesBack = Buffer.from(text).toString() === text && !text.includes("\0");
      expect([text, isStorable(text)]).toEqual([text, comesBack]);
      if (comesBack) storable += 1;
    }
    expect(storable).toBeGreaterThan(100);
    expect(storable).toBeLessThan(1_900);
  });

  test("a value holds texts that are not storable exactly if one of its texts is not", () => {
    const random = new RandomValues(seed);
    for (let count = 0; count < 1_000; count += 1) {
      const value = random.json();
      expect(textsNotStorable(value).length === 0).toBe(textsIn(value).every(isStorable));
    }
  });

  test("a body is read the same in base64 and as text, as what JSON makes of it", () => {
    const random = new RandomValues(seed);
    let read = 0;
    for (let count = 0; count < 500; count += 1) {
      const value = random.json();
      const outcomes = [false, true].map((base64) => {
        try {
          return readJsonBody(httpEvent("POST /things", { body: value, base64 }), 64 * 1024);
        } catch (error) {
          return error;
        }
      });
      if (outcomes.some((outcome) => outcome instanceof Error)) {
        for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 400 });
      } else {
        expect(outcomes).toEqual([value, value]);
        read += 1;
      }
    }
    expect(read).toBeGreaterThan(250);
  });

  test("no body, broken anywhere, is answered with a failure of the service, and each time it is answered the same", async () => {
    const random = new RandomValues(seed);
    const schema = z.object({ name: z.optional(z.string()), items: z.optional(z.array(z.unknown())) });
    const handler = httpApi({
      logger,
      routes: { "POST /things": (request) => ({ status: 200, body: request.body(schema) }) },
    });
    const statuses = new Set<number | undefined>();
    for (let count = 0; count < 300; count += 1) {
      const bytes = Buffer.from(JSON.stringify({ name: random.text(), items: [random.json()] }));
      if (random.chance(60)) bytes[random.below(bytes.length)] = random.below(256);
      const event: APIGatewayProxyEventV2 = {
        ...httpEvent("POST /things", { rawBody: "{}" }),
        body: bytes.toString("base64"),
        isBase64Encoded: true,
      };
      const [one, other] = [await handler(event, lambdaContext()), await handler(event, lambdaContext())];
      expect([400, 200]).toContain(one.statusCode);
      expect(other.statusCode).toBe(one.statusCode);
      if (one.statusCode === 200) expect(textsIn(JSON.parse(one.body ?? "")).every(isStorable)).toBe(true);
      statuses.add(one.statusCode);
    }
    expect(statuses.size).toBe(2);
  });

  test("entries are batched without loss, in order, within both limits, and no two batches in a row fit one call", () => {
    const random = new RandomValues(seed);
    for (let count = 0; count < 100; count += 1) {
      const maxBytes = 500 + random.below(2_000);
      const events = random.list(40, () => {
        const text = random.one(["x", "é", '"']).repeat(random.below(400));
        const resources = random.list(2, () => "arn:aws:sns:eu-west-1:111122223333:topic");
        return newEvent({ source: "shop", detailType: "Changed", detail: { text }, correlationId: "c-1", resources });
      });
      const entries = events.map((event) => toEntry(event, "bus")).filter(({ bytes }) => bytes < maxBytes);
      const made = batches(entries, maxBytes);
      expect(made.flat()).toEqual(entries);
      const sizeOf = (batch: readonly SizedEntry[]) => batch.reduce((sum, { entry }) => sum + entrySize(entry), 0);
      for (const batch of made) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(maxEntries);
        expect(sizeOf(batch)).toBeLessThan(maxBytes);
      }
      made.slice(1).forEach((batch, index) => {
        const before = made[index] ?? [];
        const [first] = batch;
        const fits = before.length < maxEntries && sizeOf(before) + (first?.bytes ?? 0) < maxBytes;
        expect(fits).toBe(false);
      });
    }
  });
});

describe("An event that is delivered any number of times, to two regions, whose handler fails now and then", () => {
  let backend: Backend;
  let client: DynamoDBDocumentClient;
  let logs: ReturnType<typeof captureLogs>;

  beforeAll(async () => {
    backend = await dynaliteBackend.start();
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    client = DynamoDBDocumentClient.from(
      new DynamoDBClient({ endpoint: backend.endpoint, region: "eu-west-1", credentials }),
    );
    await client.send(
      new CreateTableCommand({
        TableName: "handled",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      }),
    );
  }, 30_000);
  afterAll(async () => {
    client?.destroy();
    await backend?.stop();
  });
  beforeEach(() => {
    logs = captureLogs();
  });
  afterEach(() => logs.restore());

  test.each(seeds)(
    "has its effect once: seed %d",
    async (seed) => {
      const random = new RandomValues(seed);
      const effects = new Map<string, number>();
      const store = createIdempotencyStore({ tableName: "handled", client });
      const regions = ["eu-west-1", "eu-central-1"].map(() =>
        eventConsumer<{ readonly id: string }>({
          logger,
          store,
          consumer: `consumer-${seed}`,
          waitMs: 0,
          parse: (detail) => detail as { id: string },
          handle: async ({ detail: { id } }) => {
            await new Promise(setImmediate);
            if (random.chance(30)) throw new Error("now and then");
            effects.set(id, (effects.get(id) ?? 0) + 1);
          },
        }),
      );
      const ids = Array.from({ length: 10 }, (_, index) => `event-${index}`);
      const delivery = (id: string) =>
        ({
          source: "shop",
          "detail-type": "Changed",
          time: "2026-01-01T00:00:00Z",
          detail: { id, metadata: { eventId: id, correlationId: "correlation-1" } },
        }) as EventBridgeEvent<string, unknown>;
      const deliver = (id: string) => random.one(regions)(delivery(id), lambdaContext());
      // As EventBridge does: again until it is taken, and now and then once more.
      const untilTaken = async (id: string) => {
        for (;;) {
          const outcomes = await Promise.allSettled(Array.from({ length: 1 + random.below(3) }, () => deliver(id)));
          if (outcomes.some(({ status }) => status === "fulfilled") && random.chance(70)) return;
        }
      };
      await Promise.all(ids.map(untilTaken));
      expect([...effects].sort()).toEqual(ids.map((id) => [id, 1]).sort());
    },
    30_000,
  );
});
