import type { Encryption } from "../../runtime/encryption/encryption";
import { OrderNotes } from "../../services/orders/order-notes";
import { OrdersRepository } from "../../services/orders/orders-repository";
import { captureLogs } from "../runtime/invocation";
import { serveTransit, vaultVariables } from "../runtime/vault/fake-transit";
import { type FakeVault, startFakeVault } from "../runtime/vault/fake-vault";
import { dynaliteBackend } from "./dynamodb-backends";
import {
  coldStart,
  enterEnvironment,
  newCustomer,
  newKey,
  OrdersService,
  orderFor,
  ordersTable,
} from "./orders-service";

const note = "ring twice, the dog is deaf";
const noted = (customerId = newCustomer()) => ({ ...orderFor(customerId), note });
const context = (customer: string) => ({ customer, field: "note" });

/** Turns the bytes around and keeps the context in front, in clear: enough to see what was encrypted for whom. */
const fake: Encryption = {
  encrypt: async (text, of) => Buffer.from(`${JSON.stringify(of)}|${Buffer.from(text).reverse().toString("base64")}`),
  decrypt: async (message, of) => {
    const [kept, text = ""] = Buffer.from(message).toString().split("|");
    if (kept !== JSON.stringify(of)) throw new Error("another context");
    return Buffer.from(text, "base64").reverse();
  },
};

let logs: ReturnType<typeof captureLogs>;
beforeEach(() => {
  logs = captureLogs();
});
afterEach(() => logs.restore());

describe("the note of an order, encrypted by Vault", () => {
  let vault: FakeVault;
  let service: OrdersService;

  beforeAll(async () => {
    vault = await startFakeVault();
    serveTransit(vault);
    service = await OrdersService.start(dynaliteBackend, vaultVariables(vault.url));
  }, 90_000);
  afterAll(async () => {
    await service?.stop();
    await vault?.stop();
  });

  it("is answered to the customer: when the order is placed, read, listed and placed again", async () => {
    const [order, key] = [noted(), newKey()];
    const created = await service.create(order, key);
    expect([created.status, created.body.note]).toEqual([201, note]);
    expect((await service.read(created.body.orderId)).body).toEqual(created.body);
    expect((await service.list(order.customerId)).body.orders).toEqual([created.body]);
    expect((await service.create(order, key)).body).toEqual(created.body);
  });

  it("is stored encrypted, for its customer, and neither announced nor logged", async () => {
    const { customerId, ...order } = noted();
    const { body } = await service.create({ ...order, customerId });
    const [item] = await service.stored(`ORDER#${body.orderId}`);
    expect(Buffer.from(item?.note).toString()).toMatch(/^vault:v1:/);
    const sent = vault.received.filter(({ path }) => path.includes("/encrypt/")).at(-1);
    expect(Buffer.from(String(sent?.body?.context), "base64").toString()).toBe(
      JSON.stringify([
        ["customer", customerId],
        ["field", "note"],
      ]),
    );
    expect(JSON.stringify(service.bus.entries)).toContain(body.orderId);
    expect(JSON.stringify(service.bus.entries)).not.toContain("ring twice");
    expect(logs.text()).not.toContain("ring twice");
  });

  it("does not follow from the order's id, yet another note under the same key is refused", async () => {
    const [order, key] = [noted(), newKey()];
    const { body } = await service.create(order, key);
    const { status } = await service.create({ ...order, note: "leave it outside" }, key);
    expect(status).toBe(422);
    expect((await service.create({ ...order, note: undefined }, key)).status).toBe(422);
    expect((await service.read(body.orderId)).body.note).toBe(note);
  });

  it("is refused when it is empty or too long", async () => {
    for (const wrong of ["", "x".repeat(501)]) {
      expect((await service.create({ ...noted(), note: wrong })).status).toBe(400);
    }
  });

  it("makes the answer a 503 while Vault is away, and then nothing is stored", async () => {
    const routes = vault.routes;
    vault.routes = { ...routes, "POST prod-orders-transit/encrypt/prod-orders": () => 503 };
    const [order, key] = [noted(), newKey()];
    expect((await service.create(order, key)).status).toBe(503);
    vault.routes = routes;
    expect((await service.create(order, key)).headers).toMatchObject({ "idempotent-replayed": "false" });
  });
});

describe("the note of an order", () => {
  let service: OrdersService;
  beforeAll(async () => {
    service = await OrdersService.start(dynaliteBackend);
  }, 90_000);
  afterAll(() => service?.stop());

  it("is refused by a function without encryption, never stored in clear", async () => {
    const order = noted();
    const { status, body } = await service.create(order);
    expect([status, body.detail]).toEqual([
      422,
      "This service does not store notes, because it has no key to encrypt them; leave note out.",
    ]);
    expect((await service.list(order.customerId)).body.orders).toEqual([]);
    expect((await service.create({ ...order, note: undefined })).status).toBe(201);
  });

  it("is left out by a function without encryption that reads what another has stored", async () => {
    const order = noted();
    const writer = new OrdersRepository(service.documents, ordersTable, undefined, new OrderNotes(fake));
    const { order: placed } = await writer.create(order, newKey());
    expect(placed.note).toBe(note);
    const { body } = await service.read(placed.orderId);
    expect(body).toEqual({ ...placed, note: undefined });
  });

  it("belongs to its customer: under another one's name it does not open", async () => {
    const notes = new OrderNotes(fake);
    const message = (await notes.encrypt({ customerId: "c-1", note })) ?? Buffer.alloc(0);
    expect(await fake.decrypt(message, context("c-1"))).toEqual(Buffer.from(note));
    await expect(notes.decrypt({ customerId: "c-2" }, message)).rejects.toThrow("another context");
  });

  it("fails the cold start of a function with half of the variables", async () => {
    const leave = enterEnvironment({ VAULT_ADDR: "https://vault.example.com" });
    try {
      await expect(coldStart()).rejects.toThrow(/VAULT_SERVER_ID is missing/);
    } finally {
      leave();
    }
  });
});
