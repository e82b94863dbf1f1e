import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Context, SQSRecord } from "aws-lambda";
import { captureLogs, lambdaContext } from "../runtime/invocation";
import { coldHandler } from "./cold-start";
import { inserted, messageOf } from "./deliveries";
import { dynaliteBackend } from "./dynamodb-backends";
import { type FakeEventBus, startFakeEventBus } from "./fake-event-bus";
import { enterEnvironment } from "./orders-service";

const tables = { TABLE_NAME: "prod-shipments", HANDLED_EVENTS_TABLE_NAME: "prod-handled-events" };
const regions = { home: "eu-west-1", standby: "eu-central-1" };

jest.setTimeout(60_000);

let bus: FakeEventBus;

type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** Loads services/picking/handler.ts afresh, as a cold start in a region does. */
function coldStart(region: string, changes: Record<string, string | undefined> = {}): Promise<Handler> {
  return coldHandler<Handler>("picking", {
    ...tables,
    EVENT_BUS_NAME: "prod-orders",
    AWS_REGION: region,
    HOME_REGION: regions.home,
    SERVICE_NAME: "picking",
    AWS_ENDPOINT_URL_DYNAMODB: process.env.AWS_ENDPOINT_URL_DYNAMODB,
    ...changes,
  });
}

/** OrderPlaced as a rule puts it into the queue of a region. */
const queued = (orderId: string, region: string, order: object = {}): SQSRecord =>
  messageOf(
    `${region}-${orderId}`,
    {
      id: `${region}-id`,
      source: "orders",
      "detail-type": "OrderPlaced",
      time: "2026-01-01T00:00:00Z",
      detail: {
        order: {
          orderId,
          customerId: "c-1",
          items: [
            { sku: "B", quantity: 1 },
            { sku: "A", quantity: 2 },
          ],
          ...order,
        },
        metadata: { eventId: `event-${orderId}`, correlationId: `correlation-${orderId}` },
      },
    },
    region,
  );

/** The call of a schedule, at six in the morning in Dublin. */
const called = (attempt: string) => ({
  source: "evenkeel.schedule",
  schedule: "morning-round",
  scheduledTime: "2026-07-06T05:00:00Z",
  executionId: `execution-${attempt}`,
  attempt,
});

describe("The picking service", () => {
  let backend: Awaited<ReturnType<typeof dynaliteBackend.start>>;
  let leave: () => void = () => {};
  let logs: ReturnType<typeof captureLogs>;
  const client = () =>
    DynamoDBDocumentClient.from(
      new DynamoDBClient({ region: regions.home, endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB }),
    );
  const items = async () => (await client().send(new ScanCommand({ TableName: tables.TABLE_NAME }))).Items ?? [];
  const listsOf = async (orderId: string) => (await items()).filter((item) => item.orderId === orderId);

  beforeAll(async () => {
    backend = await dynaliteBackend.start();
    bus = await startFakeEventBus();
    leave = enterEnvironment({
      AWS_ENDPOINT_URL_DYNAMODB: backend.endpoint,
      // Its client is made with the first event.
      AWS_ENDPOINT_URL_EVENTBRIDGE: bus.endpoint,
    });
    for (const TableName of Object.values(tables)) {
      await client().send(
        new CreateTableCommand({
          TableName,
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
          KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        }),
      );
    }
  });
  afterAll(async () => {
    leave();
    await bus?.stop();
    await backend?.stop();
  });
  beforeEach(() => {
    logs = captureLogs();
  });
  afterEach(() => logs.restore());

  it("names the variables that are missing at its cold start", async () => {
    await expect(coldStart(regions.home, { HOME_REGION: undefined })).rejects.toThrow(/HOME_REGION is missing/);
  });

  it("writes one pick list for each order of a batch, though the queues of both regions have it", async () => {
    const orders = ["both-1", "both-2", "both-3"];
    const [home, standby] = [await coldStart(regions.home), await coldStart(regions.standby)];
    const batchIn = (region: string) => ({ Records: orders.map((orderId) => queued(orderId, region)) });
    const answers = await Promise.all([
      home(batchIn(regions.home), lambdaContext()),
      standby(batchIn(regions.standby), lambdaContext()),
    ]);
    expect(answers).toEqual([{ batchItemFailures: [] }, { batchItemFailures: [] }]);
    const outcomes = logs.lines().filter(({ message }) => message === "message consumed");
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
      ...orders.map(() => "duplicate"),
      ...orders.map(() => "processed"),
    ]);
    for (const orderId of orders) {
      expect(await listsOf(orderId)).toEqual([
        {
          pk: `PICK#${orderId}`,
          orderId,
          lines: [
            { sku: "A", quantity: 2 },
            { sku: "B", quantity: 1 },
          ],
          orderedAt: "2026-01-01T00:00:00.000Z",
          correlationId: `correlation-${orderId}`,
          version: 1,
        },
      ]);
    }
  });

  it("announces each pick list once, from the streams of both regions", async () => {
    const [home, standby] = [await coldStart(regions.home), await coldStart(regions.standby)];
    await home({ Records: [queued("told", regions.home)] }, lambdaContext());
    const [list = {}] = await listsOf("told");
    for (const [handler, region] of [
      [home, regions.home],
      [standby, regions.standby],
    ] as const) {
      await expect(handler({ Records: [inserted(list, region)] }, lambdaContext())).resolves.toEqual({
        batchItemFailures: [],
      });
    }
    const told = bus.entries.filter(({ Source }) => Source === "picking");
    expect(told.map(({ DetailType, Detail }) => [DetailType, JSON.parse(Detail)])).toEqual([
      [
        "PickListWritten",
        {
          orderId: "told",
          lines: 2,
          metadata: expect.objectContaining({ eventId: "pick-list-told", correlationId: "correlation-told" }),
        },
      ],
    ]);
  });

  it("fails for a change that is no pick list", async () => {
    const home = await coldStart(regions.home);
    const Records = [inserted({ pk: "PICK#odd", version: 1 }, regions.home)];
    await expect(home({ Records }, lambdaContext())).rejects.toThrow();
  });

  it("opens the round of a day once, though the schedules of both regions call", async () => {
    const handlers = [await coldStart(regions.home), await coldStart(regions.standby)];
    const outcomes = await Promise.all(handlers.map((handler, at) => handler(called(`${at}`), lambdaContext())));
    expect(outcomes.map((outcome) => (outcome as { outcome: string }).outcome).sort()).toEqual([
      "duplicate",
      "processed",
    ]);
    expect((await items()).filter(({ pk }) => pk.startsWith("ROUND#"))).toEqual([
      { pk: "ROUND#2026-07-06", day: "2026-07-06", status: "OPEN" },
    ]);
  });

  describe("with a warehouse", () => {
    let warehouse: Server;
    let answers: (path: string) => { readonly status?: number; readonly body?: string };
    let asked: string[];
    const withWarehouse = async () =>
      await coldStart(regions.home, {
        ENVIRONMENT: "test",
        WAREHOUSE_URL: `http://127.0.0.1:${(warehouse.address() as AddressInfo).port}`,
        DEPENDENCY_WAREHOUSE: JSON.stringify({
          endpoints: {},
          failures: { consecutive: 2 },
          openMs: 60_000,
          maxOpenMs: 60_000,
          probeMs: 5_000,
        }),
      });

    beforeEach(async () => {
      asked = [];
      answers = (path) => ({ body: JSON.stringify({ orderId: path.split("/").at(-1) }) });
      warehouse = createServer((request, response) => {
        asked.push(`${request.method} ${request.url}`);
        const { status = 200, body = "{}" } = answers(request.url ?? "");
        response.writeHead(status).end(body);
      }).listen(0, "127.0.0.1");
      await once(warehouse, "listening");
    });
    afterEach(() => {
      warehouse.closeAllConnections();
      warehouse.close();
    });

    it("hands each list over, and once only", async () => {
      const home = await withWarehouse();
      const Records = [queued("handed", regions.home)];
      await home({ Records }, lambdaContext());
      await home({ Records }, lambdaContext());
      expect(asked).toEqual(["PUT /pick-lists/handed"]);
    });

    it("begins nothing more once the warehouse fails, and probes it when it is asked to", async () => {
      const home = await withWarehouse();
      answers = () => ({ status: 503 });
      for (const order of ["down-1", "down-2", "down-3"]) {
        await expect(home({ Records: [queued(order, regions.home)] }, lambdaContext())).rejects.toThrow("All records");
      }
      expect(asked).toEqual(["PUT /pick-lists/down-1", "PUT /pick-lists/down-2"]);
      expect(await listsOf("down-3")).toEqual([]);
      const call = { evenkeelProbe: { dependency: "warehouse" } } as never;
      await expect(home(call, lambdaContext())).resolves.toEqual({
        probe: { dependency: "warehouse", outcome: "refused" },
      });
    });

    it.each([
      ["an answer about another list", { body: JSON.stringify({ orderId: "another" }) }],
      ["half of an answer", { body: '{"orderId":' }],
      ["no receipt", { body: "null" }],
      ["a refusal to come so often", { status: 429 }],
    ])("gives back a message after %s", async (_, answer) => {
      const home = await withWarehouse();
      answers = () => answer;
      const Records = [queued(`wrong-${asked.length}`, regions.home), queued("refused", regions.home)];
      await expect(home({ Records }, lambdaContext())).rejects.toThrow("All records");
    });

    it("opens nothing when a list is refused", async () => {
      const home = await withWarehouse();
      answers = () => ({ status: 422 });
      for (const order of ["odd-1", "odd-2", "odd-3"]) {
        await expect(home({ Records: [queued(order, regions.home)] }, lambdaContext())).rejects.toThrow("All records");
      }
      expect(asked).toHaveLength(3);
      const call = { evenkeelProbe: { dependency: "warehouse" } } as never;
      await expect(home(call, lambdaContext())).resolves.toMatchObject({ probe: { outcome: "failed" } });
      expect(asked.at(-1)).toBe("GET /health");
    });
  });

  it("gives a message back that is no order, and takes the others of its batch", async () => {
    const Records = [queued("wrong", regions.home, { items: [] }), queued("right", regions.home)];
    const home = await coldStart(regions.home);
    await expect(home({ Records }, lambdaContext())).resolves.toEqual({
      batchItemFailures: [{ itemIdentifier: `${regions.home}-wrong` }],
    });
    expect([await listsOf("wrong"), await listsOf("right")].map(({ length }) => length)).toEqual([0, 1]);
  });
});
