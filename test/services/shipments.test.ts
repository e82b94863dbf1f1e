import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { EventConsumer } from "../../runtime/events/consumer";
import { captureLogs, lambdaContext } from "../runtime/invocation";
import { coldHandler } from "./cold-start";
import { delivered } from "./deliveries";
import { dynaliteBackend, motoBackend } from "./dynamodb-backends";
import { newCustomer, newKey, OrdersService, orderFor } from "./orders-service";
import { unstorableTexts, withEachText } from "./unstorable-texts";

const homeRegion = "eu-west-1";
const standbyRegion = "eu-central-1";
const tables = { TABLE_NAME: "sandbox-shipments", HANDLED_EVENTS_TABLE_NAME: "sandbox-handled-events" };

jest.setTimeout(60_000);

/** Loads services/shipments/handler.ts afresh, as a cold start in a region does. */
function coldStart(region: string, changes: Record<string, string | undefined> = {}): Promise<EventConsumer> {
  return coldHandler<EventConsumer>("shipments", {
    ...tables,
    AWS_REGION: region,
    HOME_REGION: homeRegion,
    SERVICE_NAME: "shipments",
    // As the service under test left it, because this environment is on top of its own.
    AWS_ENDPOINT_URL_DYNAMODB: process.env.AWS_ENDPOINT_URL_DYNAMODB,
    ...changes,
  });
}

const backends = [dynaliteBackend, ...(motoBackend ? [motoBackend] : [])];
if (!motoBackend)
  describe.skip("the shipments service on moto", () => it("needs moto_server on PATH", () => undefined));

let logs: ReturnType<typeof captureLogs>;
beforeEach(() => {
  logs = captureLogs();
});
afterEach(() => logs.restore());

describe("the shipments handler at its cold start", () => {
  it("names the variables that are missing", async () => {
    await expect(coldStart(homeRegion, { HOME_REGION: undefined, TABLE_NAME: undefined })).rejects.toThrow(
      /HOME_REGION is missing.*TABLE_NAME is missing/,
    );
  });
});

describe.each(backends)("the shipments service on $name", (backend) => {
  let orders: OrdersService;
  let home: EventConsumer;
  let standby: EventConsumer;

  const clientIn = (region: string) =>
    DynamoDBDocumentClient.from(new DynamoDBClient({ region, endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB }));
  /** The shipments that a region's own table holds; moto keeps regions apart and replicates nothing, dynalite has but one. */
  const shipmentsIn = async (region: string, orderId: string) => {
    const { Items = [] } = await clientIn(region).send(new ScanCommand({ TableName: tables.TABLE_NAME }));
    return Items.filter((item) => item.orderId === orderId);
  };
  const placeOrder = async () => {
    const { status, body } = await orders.create(orderFor(newCustomer()), newKey());
    expect(status).toBe(201);
    const entry = orders.bus.entries.find(({ Detail }) => Detail.includes(body.orderId as string));
    if (!entry) throw new Error("the order was not announced");
    return { orderId: body.orderId as string, entry };
  };

  beforeAll(async () => {
    orders = await OrdersService.start(backend);
    for (const region of backend.name === "dynalite" ? [homeRegion] : [homeRegion, standbyRegion]) {
      for (const TableName of Object.values(tables)) {
        await clientIn(region).send(
          new CreateTableCommand({
            TableName,
            BillingMode: "PAY_PER_REQUEST",
            AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
            KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
          }),
        );
      }
    }
    home = await coldStart(homeRegion);
    standby = await coldStart(standbyRegion);
  }, 90_000);
  afterAll(() => orders?.stop());

  it("requests a shipment for an order that the orders service announced", async () => {
    const { orderId, entry } = await placeOrder();
    await expect(home(delivered(entry, homeRegion), lambdaContext())).resolves.toEqual({ outcome: "processed" });
    expect(await shipmentsIn(homeRegion, orderId)).toEqual([
      expect.objectContaining({
        pk: `SHIPMENT#${orderId}`,
        status: "REQUESTED",
        items: [{ sku: "SKU-1", quantity: 2 }],
        requestedAt: "2026-01-01T00:00:00.000Z",
      }),
    ]);
  });

  it("handles an event once, though both regions get it at the same moment and it comes again later", async () => {
    const { orderId, entry } = await placeOrder();
    const both = await Promise.all([
      home(delivered(entry, homeRegion), lambdaContext()),
      standby(delivered(entry, standbyRegion), lambdaContext()),
    ]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(["duplicate", "processed"]);
    await expect(standby(delivered(entry, standbyRegion), lambdaContext())).resolves.toEqual({ outcome: "duplicate" });
    const found = [
      ...(await shipmentsIn(homeRegion, orderId)),
      ...(backend.name === "dynalite" ? [] : await shipmentsIn(standbyRegion, orderId)),
    ];
    expect(found).toHaveLength(1);
  });

  it("fails on an event that it cannot read, so that it is tried again and kept", async () => {
    const { entry } = await placeOrder();
    const event = delivered(entry, homeRegion);
    const detail = { ...(event.detail as object), metadata: { eventId: newKey() }, order: { orderId: "1" } };
    await expect(home({ ...event, detail }, lambdaContext())).rejects.toThrow("2 values are not acceptable.");
  });

  it("refuses an event with a text that no store keeps, wherever it is, each time, and writes nothing", async () => {
    const { entry } = await placeOrder();
    const event = delivered(entry, homeRegion);
    const stored = () =>
      Promise.all(
        Object.values(tables).map(
          async (TableName) => (await clientIn(homeRegion).send(new ScanCommand({ TableName }))).Count,
        ),
      );
    const before = await stored();
    for (const text of Object.values(unstorableTexts)) {
      for (const { value: detail } of withEachText(event.detail, text)) {
        for (const _ of [1, 2]) {
          await expect(home({ ...event, detail }, lambdaContext())).rejects.toMatchObject({
            name: "InvalidEventError",
          });
        }
      }
    }
    expect(await stored()).toEqual(before);
  });

  it("writes what it did with the correlation id of the order's request", async () => {
    const { orderId, entry } = await placeOrder();
    await home(delivered(entry, homeRegion), lambdaContext());
    const { metadata } = JSON.parse(entry.Detail) as { metadata: { correlationId: string } };
    expect(logs.lines().find(({ message }) => message === "shipment requested")).toMatchObject({
      order_id: orderId,
      correlation_id: metadata.correlationId,
    });
  });
});
