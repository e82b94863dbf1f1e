import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { EventConsumer } from "../../runtime/events/consumer";
import { captureLogs, lambdaContext } from "../runtime/invocation";
import { coldHandler } from "./cold-start";
import { type Backend, dynaliteBackend } from "./dynamodb-backends";
import { enterEnvironment, newKey } from "./orders-service";

const tables = {
  TABLE_NAME: "test-shipments",
  HANDLED_EVENTS_TABLE_NAME: "test-handled-events",
  CIRCUIT_BREAKERS_TABLE_NAME: "test-circuit-breakers",
};

jest.setTimeout(60_000);

/** The carrier in one region: it answers with a status, and keeps by itself what it was sent. */
async function carrierIn() {
  const announced: string[] = [];
  const state = { status: 204 };
  const server = createServer((request, response) => {
    announced.push(`${request.method} ${request.url}`);
    request.resume().on("end", () => response.writeHead(state.status).end());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { announced, state, server, url };
}

const stopped = async (server: Server) => {
  const closed = once(server, "close");
  server.closeAllConnections();
  server.close();
  await closed;
};

let backend: Backend;
let leave: () => void;
let carriers: Awaited<ReturnType<typeof carrierIn>>[];
let logs: ReturnType<typeof captureLogs>;

beforeAll(async () => {
  backend = await dynaliteBackend.start();
  leave = enterEnvironment({ AWS_ENDPOINT_URL_DYNAMODB: backend.endpoint });
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: "eu-west-1",
      endpoint: backend.endpoint,
      credentials: { accessKeyId: "none", secretAccessKey: "none" },
    }),
  );
  for (const TableName of Object.values(tables)) {
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      }),
    );
  }
  client.destroy();
});
afterAll(async () => {
  leave?.();
  await backend?.stop();
});
beforeEach(async () => {
  logs = captureLogs();
  carriers = [await carrierIn(), await carrierIn()];
});
afterEach(async () => {
  logs.restore();
  for (const { server } of carriers) await stopped(server);
});

/** A new execution environment of the service in eu-west-1. */
function coldStart(failures: object, changes: Record<string, undefined> = {}): Promise<EventConsumer> {
  const [dublin, frankfurt] = carriers;
  return coldHandler<EventConsumer>("shipments", {
    ...tables,
    AWS_REGION: "eu-west-1",
    HOME_REGION: "eu-west-1",
    SERVICE_NAME: "shipments",
    AWS_ENDPOINT_URL_DYNAMODB: backend.endpoint,
    CARRIER_URL: "http://127.0.0.1:1",
    DEPENDENCY_CARRIER: JSON.stringify({
      endpoints: { "eu-central-1": frankfurt?.url, "eu-west-1": dublin?.url },
      failures,
      openMs: 600_000,
      maxOpenMs: 600_000,
      probeMs: 15_000,
    }),
    ...changes,
  });
}

const orderPlaced = (orderId = newKey()) => ({
  id: newKey(),
  version: "0",
  account: "111111111111",
  region: "eu-west-1",
  source: "orders",
  "detail-type": "OrderPlaced",
  time: "2026-01-01T00:00:00Z",
  resources: [],
  detail: {
    metadata: { eventId: newKey() },
    order: { orderId, customerId: "customer", items: [{ sku: "SKU-1", quantity: 1 }] },
  },
});

describe("the shipments service and its carrier", () => {
  it("announces a shipment in its own region; once that fails, in the other, without a call of the first one", async () => {
    const [dublin, frankfurt] = carriers;
    if (!dublin || !frankfurt) throw new Error("no carriers");
    const handler = await coldStart({ consecutive: 2 });
    await handler(orderPlaced("order-1"), lambdaContext());
    expect(dublin.announced).toEqual(["PUT /shipments/order-1"]);
    dublin.state.status = 503;
    for (const _ of [1, 2]) {
      await expect(handler(orderPlaced(), lambdaContext())).rejects.toThrow("The carrier answered 503.");
    }
    await expect(handler(orderPlaced("order-2"), lambdaContext())).resolves.toEqual({ outcome: "processed" });
    expect(dublin.announced).toHaveLength(3);
    expect(frankfurt.announced).toEqual(["PUT /shipments/order-2"]);
    expect(logs.lines().find(({ message }) => message === "circuit breaker opened")).toMatchObject({
      level: "WARN",
      dependency: "carrier",
      endpoint_region: "eu-west-1",
    });
    // Another execution environment knows it from its first call on.
    const other = await coldStart({ consecutive: 2 });
    await expect(other(orderPlaced("order-3"), lambdaContext())).resolves.toEqual({ outcome: "processed" });
    expect(dublin.announced).toHaveLength(3);
    // Both fail: nothing is called, and the event is delivered again.
    frankfurt.state.status = 503;
    for (const _ of [1, 2]) await expect(other(orderPlaced(), lambdaContext())).rejects.toThrow("answered 503");
    const refused = orderPlaced("order-4");
    await expect(other(refused, lambdaContext())).rejects.toMatchObject({ name: "CircuitOpenError" });
    expect([...dublin.announced, ...frankfurt.announced].join()).not.toContain("order-4");
  });

  it("does not take a refusal for a failure", async () => {
    const [dublin] = carriers;
    if (!dublin) throw new Error("no carrier");
    // The table has the breakers of the test before open; without it, this environment has its own.
    const handler = await coldStart({ consecutive: 1 }, { CIRCUIT_BREAKERS_TABLE_NAME: undefined });
    dublin.state.status = 400;
    for (const _ of [1, 2, 3]) {
      await expect(handler(orderPlaced(), lambdaContext())).rejects.toMatchObject({ name: "CarrierRefusedError" });
    }
  });
});
