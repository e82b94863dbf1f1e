import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { keyLifetimeMs, OrdersRepository } from "../../services/orders/orders-repository";
import { captureLogs } from "../runtime/invocation";
import { dynaliteBackend, motoBackend } from "./dynamodb-backends";
import {
  coldStart,
  enterEnvironment,
  item,
  newCustomer,
  newKey,
  OrdersService,
  orderFor,
  ordersTable,
} from "./orders-service";
import { unstorableTexts, withEachText } from "./unstorable-texts";

let logs: ReturnType<typeof captureLogs>;
beforeEach(() => {
  logs = captureLogs();
});
afterEach(() => logs.restore());

describe("the orders handler at its cold start", () => {
  it("names all missing and unacceptable variables at once", async () => {
    const leave = enterEnvironment({ TABLE_NAME: undefined, SERVICE_NAME: "", LOG_LEVEL: "LOUD" });
    try {
      await expect(coldStart()).rejects.toThrow(
        /3 environment variables cannot be used: LOG_LEVEL must be one of DEBUG, INFO, WARN, ERROR; SERVICE_NAME is missing.*; TABLE_NAME is missing/,
      );
    } finally {
      leave();
    }
  });
});

const backends = [dynaliteBackend, ...(motoBackend ? [motoBackend] : [])];
process.stderr.write(
  `The orders service is tested against ${backends.map(({ name }) => name).join(" and ")}` +
    `${motoBackend ? "" : "; moto is left out, because moto_server is not installed"}.\n`,
);
if (!motoBackend) {
  describe.skip("the orders service on moto", () => it("needs moto_server on PATH", () => undefined));
}

describe.each(backends)("the orders service on $name", (backend) => {
  let service: OrdersService;
  beforeAll(async () => {
    service = await OrdersService.start(backend);
  }, 90_000);
  afterAll(() => service?.stop());
  afterEach(() => service.proxy.heal());

  it("refuses a text that no store keeps, wherever it is, each time, and writes nothing", async () => {
    const customerId = newCustomer();
    const order = { ...orderFor(customerId), note: "at the back door" };
    const stored = async () => (await service.documents.send(new ScanCommand({ TableName: ordersTable }))).Count;
    const before = await stored();
    const statuses: [string, unknown][] = [];
    for (const [name, text] of Object.entries(unstorableTexts)) {
      for (const { place, value } of withEachText(order, text)) {
        const key = newKey();
        for (const _ of [1, 2]) statuses.push([`${name} in ${place}`, (await service.create(value, key)).status]);
      }
      statuses.push([`${name} in the key`, (await service.create(orderFor(customerId), `${newKey()}${text}`)).status]);
      statuses.push([`${name} in the id`, (await service.read(text)).status]);
      statuses.push([`${name} in the customer`, (await service.list(text)).status]);
      for (const parameter of ["cursor", "limit"]) {
        statuses.push([`${name} in ${parameter}`, (await service.list(customerId, { [parameter]: text })).status]);
      }
    }
    expect(statuses.length).toBeGreaterThan(30);
    expect(statuses.filter(([, status]) => status !== 400)).toEqual([]);
    expect(await stored()).toBe(before);
  });

  describe("creating an order", () => {
    it("answers 201 with the order, its total in minor units and its Location", async () => {
      const customerId = newCustomer();
      const items = [item, { sku: "SKU-2", quantity: 1, unitPriceMinor: 99 }];
      const { status, headers, body } = await service.create({ customerId, currency: "JPY", items });
      expect(status).toBe(201);
      expect(headers).toMatchObject({ location: `/orders/${body.orderId}`, "idempotent-replayed": "false" });
      expect(body).toEqual({
        orderId: expect.stringMatching(/^ord_[0-9a-f]{32}$/),
        customerId,
        currency: "JPY",
        items,
        status: "PLACED",
        totalMinor: 2_599,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      });
    });

    it("logs the order's id under the caller's correlation id, and not what was ordered", async () => {
      const { body } = await service.create(orderFor(newCustomer()), newKey(), { "x-correlation-id": "follow-me-1" });
      expect(logs.lines()).toMatchObject([
        { message: "order placed", order_id: body.orderId, correlation_id: "follow-me-1", service: "orders" },
        { message: "request completed", status: 201, correlation_id: "follow-me-1", route: "POST /orders" },
      ]);
      expect(logs.text()).not.toContain("SKU-1");
    });

    it("answers a replay with the same order and stores nothing more", async () => {
      const [order, key] = [orderFor(newCustomer()), newKey()];
      const first = await service.create(order, key);
      const second = await service.create(order, key);
      expect(second.body).toEqual(first.body);
      expect(second).toMatchObject({ status: 201, headers: { "idempotent-replayed": "true" } });
      expect((await service.list(order.customerId)).body.orders).toEqual([first.body]);
    });

    it("takes a body whose fields come in another order for the same request", async () => {
      const [order, key] = [orderFor(newCustomer()), newKey()];
      const first = await service.create(order, key);
      const turned = {
        items: [{ unitPriceMinor: 1_250, sku: "SKU-1", quantity: 2 }],
        currency: "EUR",
        customerId: order.customerId,
      };
      expect((await service.create(turned, key)).body).toEqual(first.body);
    });

    it("makes one order of 20 concurrent duplicates", async () => {
      const [order, key] = [orderFor(newCustomer()), newKey()];
      const answers = await Promise.all(Array.from({ length: 20 }, () => service.create(order, key)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
      expect(answers.filter(({ headers }) => headers["idempotent-replayed"] === "false")).toHaveLength(1);
      expect((await service.list(order.customerId)).body.orders).toHaveLength(1);
    });

    it("makes one order at most of concurrent different bodies with one key", async () => {
      const [customerId, key] = [newCustomer(), newKey()];
      const answers = await Promise.all(
        [1, 2, 3, 4].map((quantity) =>
          service.create({ ...orderFor(customerId), items: [{ ...item, quantity }] }, key),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422]);
      expect((await service.list(customerId)).body.orders).toHaveLength(1);
    });

    it("refuses a key that belongs to another order with 422", async () => {
      const [order, key] = [orderFor(newCustomer()), newKey()];
      await service.create(order, key);
      const { status, body } = await service.create({ ...order, currency: "USD" }, key);
      expect(status).toBe(422);
      expect(body).toMatchObject({
        type: "urn:problem-type:unprocessable",
        detail: expect.stringContaining("choose a new key"),
      });
    });

    it("keeps the keys of different customers apart", async () => {
      const key = newKey();
      const [one, other] = [
        await service.create(orderFor(newCustomer()), key),
        await service.create(orderFor(newCustomer()), key),
      ];
      expect([one.status, other.status]).toEqual([201, 201]);
      expect(one.body.orderId).not.toBe(other.body.orderId);
    });

    it("makes two orders of one body with two keys", async () => {
      const order = orderFor(newCustomer());
      const [one, other] = [await service.create(order), await service.create(order)];
      expect(one.body.orderId).not.toBe(other.body.orderId);
    });

    it("stores the claim of a key with a time to live and outside the index", async () => {
      const [order, key] = [orderFor(newCustomer()), newKey()];
      const { body } = await service.create(order, key);
      const [claim] = await service.stored(`IDEMPOTENCY#${order.customerId}#${key}`);
      const created = Date.parse(body.createdAt);
      expect(claim).toEqual({
        pk: expect.any(String),
        sk: "IDEMPOTENCY",
        orderId: body.orderId,
        claimedAt: body.createdAt,
        expiresAt: Math.floor(created / 1000) + keyLifetimeMs / 1000,
      });
      expect(await service.stored(`ORDER#${body.orderId}`)).toEqual([
        expect.not.objectContaining({ expiresAt: expect.anything() }),
      ]);
    });

    it.each([
      ["a missing field", { currency: undefined }, "#/currency"],
      ["an unknown field", { total: 1 }, "#"],
      ["no items", { items: [] }, "#/items"],
      ["more than 100 items", { items: Array(101).fill(item) }, "#/items"],
      ["a fraction of a minor unit", { items: [{ ...item, unitPriceMinor: 0.5 }] }, "#/items/0/unitPriceMinor"],
      ["a negative price", { items: [{ ...item, unitPriceMinor: -1 }] }, "#/items/0/unitPriceMinor"],
      ["a quantity of 0", { items: [item, { ...item, quantity: 0 }] }, "#/items/1/quantity"],
      ["a price as text", { items: [{ ...item, unitPriceMinor: "1" }] }, "#/items/0/unitPriceMinor"],
      ["a currency that does not exist", { currency: "EUX" }, "#/currency"],
      ["a currency in small letters", { currency: "eur" }, "#/currency"],
      ["a customer id that could break a key", { customerId: "a#b" }, "#/customerId"],
    ])("refuses %s with 400 and its place, and stores nothing", async (_, change, pointer) => {
      service.proxy.break(() => undefined);
      const { status, body } = await service.create({ ...orderFor(newCustomer()), ...change });
      expect(status).toBe(400);
      expect(body.errors).toEqual([{ in: "body", pointer, detail: expect.any(String) }]);
      expect(service.proxy.operations).toEqual([]);
    });

    it.each(["", "short", "with space 0123456789", "x".repeat(129)])(
      "refuses the Idempotency-Key %j with 400",
      async (key) => {
        const { status, body } = await service.create(orderFor(newCustomer()), key);
        expect(status).toBe(400);
        expect(body.errors).toEqual([{ in: "header", name: "idempotency-key", detail: expect.any(String) }]);
      },
    );
  });

  describe("reading an order", () => {
    it("answers what creating it answered", async () => {
      const created = await service.create(orderFor(newCustomer()));
      expect(await service.read(created.body.orderId)).toMatchObject({ status: 200, body: created.body });
    });

    it("answers 404 for an order that does not exist", async () => {
      expect(await service.read(`ord_${"0".repeat(32)}`)).toMatchObject({
        status: 404,
        body: { type: "urn:problem-type:not-found" },
      });
    });

    it.each(["1", "ord_", `ord_${"G".repeat(32)}`, "IDEMPOTENCY#a#b"])(
      "answers 400 for the id %j without a call",
      async (id) => {
        service.proxy.break(() => undefined);
        expect(await service.read(id)).toMatchObject({
          status: 400,
          body: { errors: [{ in: "path", name: "orderId" }] },
        });
        expect(service.proxy.operations).toEqual([]);
      },
    );
  });

  describe("listing a customer's orders", () => {
    const customerId = newCustomer();
    let placed: { orderId: string }[];

    beforeAll(async () => {
      // Three share one instant: pages must neither repeat nor lose orders where the sort key is equal.
      const instants = [1, 2, 3, 3, 3, 4, 5];
      placed = [];
      for (const [index, second] of instants.entries()) {
        const clock = () => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
        const { order } = await new OrdersRepository(service.documents, ordersTable, clock).create(
          orderFor(customerId),
          `${newKey()}-${index}`,
        );
        placed.unshift(order);
      }
    });

    async function pages(limit: number) {
      const all: { orderId: string; createdAt: string }[][] = [];
      let cursor: string | undefined;
      do {
        const { status, body } = await service.list(customerId, { limit: String(limit), ...(cursor && { cursor }) });
        expect(status).toBe(200);
        all.push(body.orders);
        cursor = body.nextCursor;
      } while (cursor !== undefined && all.length < 20);
      return all;
    }

    it.each([1, 2, 3, 7, 100])("gives each order once, newest first, in pages of %i", async (limit) => {
      const all = await pages(limit);
      expect(all.every((page) => page.length <= limit)).toBe(true);
      const orders = all.flat();
      expect(orders.map(({ orderId }) => orderId).sort()).toEqual(placed.map(({ orderId }) => orderId).sort());
      const instants = orders.map(({ createdAt }) => createdAt);
      expect(instants).toEqual([...instants].sort().reverse());
    });

    it("gives 20 orders unless told, and no cursor after the last", async () => {
      const { body } = await service.list(customerId);
      expect(body.orders).toHaveLength(7);
      expect(body).not.toHaveProperty("nextCursor");
    });

    it("gives whole orders", async () => {
      const { body } = await service.list(customerId, { limit: "1" });
      expect(body.orders).toEqual([(await service.read(body.orders[0].orderId)).body]);
    });

    it("answers an empty list for a customer without orders", async () => {
      expect(await service.list(newCustomer())).toMatchObject({ status: 200, body: { orders: [] } });
    });

    it("never leaves the customer of the path, whatever the cursor", async () => {
      const other = newCustomer();
      const { body: own } = await service.create(orderFor(other));
      const { body } = await service.list(customerId, { limit: "1" });
      const elsewhere = await service.list(other, { cursor: body.nextCursor });
      const strangers = elsewhere.body.orders.filter((order: { orderId: string }) => order.orderId !== own.orderId);
      expect(strangers).toEqual([]);
    });

    const forged = (text: string) => Buffer.from(text).toString("base64url");
    it.each([
      ["limit", "0"],
      ["limit", "101"],
      ["limit", "ten"],
      ["limit", "1,2"],
      ["cursor", "nonsense"],
      ["cursor", "x".repeat(201)],
      ["cursor", forged(`2|2026-01-01T00:00:00.000Z|ord_${"0".repeat(32)}`)],
      ["cursor", forged('{"pk":{"S":"ORDER#1"}}')],
    ])("refuses %s=%s with 400", async (parameter, value) => {
      const { status, body } = await service.list(customerId, { [parameter]: value });
      expect(status).toBe(400);
      expect(body.errors).toEqual([{ in: "query", name: parameter, detail: expect.any(String) }]);
    });
  });

  describe("when an idempotency key has expired", () => {
    const at = (ms: number) => () => new Date(Date.UTC(2026, 0, 1) + ms);
    const repository = (ms: number) => new OrdersRepository(service.documents, ordersTable, at(ms));

    it("gives the key to another order although time to live has not removed the claim", async () => {
      const [order, key] = [orderFor(newCustomer()), newKey()];
      await repository(0).create(order, key);
      const other = { ...order, currency: "USD" };
      await expect(repository(keyLifetimeMs - 1_000).create(other, key)).rejects.toThrow(/used for a different order/);
      expect(await repository(keyLifetimeMs).create(other, key)).toMatchObject({ replayed: false });
    });

    it("still takes the very same request for the same order", async () => {
      const [order, key] = [orderFor(newCustomer()), newKey()];
      const first = await repository(0).create(order, key);
      expect(await repository(keyLifetimeMs).create(order, key)).toEqual({ order: first.order, replayed: true });
    });
  });
});
