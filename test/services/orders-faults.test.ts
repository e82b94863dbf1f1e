import { DeleteCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { OrdersRepository } from "../../services/orders/orders-repository";
import { captureLogs } from "../runtime/invocation";
import { createOrdersTable, dynaliteBackend } from "./dynamodb-backends";
import { newCustomer, newKey, OrdersService, orderFor, ordersTable } from "./orders-service";

let logs: ReturnType<typeof captureLogs>;
beforeEach(() => {
  logs = captureLogs();
});
afterEach(() => logs.restore());

describe("the orders service, when things go wrong,", () => {
  let service: OrdersService;
  beforeAll(async () => {
    service = await OrdersService.start(dynaliteBackend);
  });
  afterAll(() => service?.stop());
  afterEach(() => service.proxy.heal());

  const throttled = { error: "ProvisionedThroughputExceededException", status: 400 } as const;
  const isOrder = (input: string) => input.includes('"ORDER#');

  it("rides out two throttled attempts", async () => {
    let attempts = 0;
    service.proxy.break(() => (++attempts <= 2 ? throttled : undefined));
    expect((await service.create(orderFor(newCustomer()))).status).toBe(201);
  });

  it("announces an order once it is kept, under the order's own id", async () => {
    service.bus.entries.length = 0;
    const { body } = await service.create(orderFor(newCustomer()), newKey(), { "x-correlation-id": "announced" });
    expect(service.bus.entries).toMatchObject([
      { EventBusName: "sandbox-orders", Source: "orders", DetailType: "OrderPlaced" },
    ]);
    expect(JSON.parse(service.bus.entries[0]?.Detail ?? "")).toEqual({
      order: body,
      metadata: { eventId: body.orderId, correlationId: "announced" },
    });
  });

  it("answers 503 when an order cannot be announced, and announces it when the client repeats the request", async () => {
    service.bus.entries.length = 0;
    const [order, key] = [orderFor(newCustomer()), newKey()];
    service.bus.refusing = true;
    const refused = await service.create(order, key);
    service.bus.refusing = false;
    expect([refused.status, refused.headers["retry-after"], service.bus.entries]).toEqual([503, "1", []]);
    const { status, body } = await service.create(order, key);
    expect(status).toBe(201);
    const ids = service.bus.entries.map(({ Detail }) => JSON.parse(Detail).metadata.eventId);
    expect(ids).toEqual([body.orderId]);
    expect(await service.read(body.orderId)).toMatchObject({ status: 200, body });
  });

  it.each([
    throttled,
    { error: "ThrottlingException", status: 400 },
    { error: "InternalServerError", status: 500 },
  ] as const)("answers 503 with Retry-After after three attempts that meet $error", async (fault) => {
    service.proxy.break(() => fault);
    const { status, headers, body } = await service.read(`ord_${"0".repeat(32)}`);
    expect(status).toBe(503);
    expect(headers["retry-after"]).toBe("1");
    expect(service.proxy.operations).toEqual(["GetItem", "GetItem", "GetItem"]);
    expect(JSON.stringify(body)).not.toMatch(/injected|DynamoDB|sandbox-orders/);
  });

  it("answers 503 after three attempts when the table does not answer at all", async () => {
    const impatient = await OrdersService.start(dynaliteBackend, {}, false);
    try {
      impatient.proxy.break(() => "hang");
      expect((await impatient.list(newCustomer())).status).toBe(503);
      expect(impatient.proxy.operations).toEqual(["Query", "Query", "Query"]);
    } finally {
      await impatient.stop();
    }
  });

  it("answers 500 and says nothing of the cause when access is denied", async () => {
    service.proxy.break(() => ({ error: "AccessDeniedException", status: 400 }));
    const { status, body } = await service.list(newCustomer());
    expect(status).toBe(500);
    expect(body.detail).toBe("The request failed for a reason inside the service.");
  });

  it("completes on the retry an order whose claim was stored but which was not", async () => {
    const [order, key] = [orderFor(newCustomer()), newKey()];
    service.proxy.break((operation, input) => (operation === "PutItem" && isOrder(input) ? throttled : undefined));
    expect((await service.create(order, key)).status).toBe(503);
    const [claim] = await service.stored(`IDEMPOTENCY#${order.customerId}#${key}`);
    service.proxy.heal();
    const { status, headers, body } = await service.create(order, key);
    expect([status, headers["idempotent-replayed"]]).toEqual([201, "false"]);
    expect(body).toMatchObject({ orderId: claim?.orderId, createdAt: claim?.claimedAt });
  });

  it("asks to retry when the claim vanishes between the refused put and the read", async () => {
    const [order, key] = [orderFor(newCustomer()), newKey()];
    await service.create(order, key);
    const pk = `IDEMPOTENCY#${order.customerId}#${key}`;
    const repository = new OrdersRepository(
      { send: vanishing(service.documents, pk) } as unknown as DynamoDBDocumentClient,
      ordersTable,
    );
    await expect(repository.create(order, key)).rejects.toThrow(/send the request again/);
  });

  it("makes the same order in two Regions that do not know of each other yet", async () => {
    const [order, key] = [orderFor(newCustomer()), newKey()];
    await createOrdersTable(service.documents, `${ordersTable}-standby`, false);
    const home = await new OrdersRepository(service.documents, ordersTable).create(order, key);
    const standby = await new OrdersRepository(service.documents, `${ordersTable}-standby`).create(order, key);
    expect([home.replayed, standby.replayed]).toEqual([false, false]);
    expect(standby.order).toEqual({ ...home.order, createdAt: standby.order.createdAt });
  });
});

/** A client whose claim is removed right before it is read, as time to live may do. */
function vanishing(documents: DynamoDBDocumentClient, pk: string) {
  return async (command: { input: { Key?: Record<string, unknown> } }) => {
    if (command.input.Key?.pk === pk) {
      await documents.send(new DeleteCommand({ TableName: ordersTable, Key: command.input.Key }));
    }
    return await documents.send(command as never);
  };
}
