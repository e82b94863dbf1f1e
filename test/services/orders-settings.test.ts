import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { captureLogs } from "../runtime/invocation";
import { dynaliteBackend } from "./dynamodb-backends";
import { newCustomer, OrdersService, orderFor } from "./orders-service";

/** Parameter Store's answer to GetParametersByPath, or an error while it has none. */
let pageSize: string | undefined;
let asked: unknown;
let store: Server;
let service: OrdersService;
let logs: ReturnType<typeof captureLogs>;

beforeAll(async () => {
  store = createServer(async (incoming, outgoing) => {
    asked = JSON.parse(Buffer.concat(await incoming.toArray()).toString());
    if (pageSize === undefined) return outgoing.writeHead(500).end("{}");
    const Parameters = [{ Name: "/sandbox/orders/page-size", Type: "String", Value: pageSize }];
    return outgoing
      .writeHead(200, { "content-type": "application/x-amz-json-1.1" })
      .end(JSON.stringify({ Parameters }));
  });
  store.listen(0, "127.0.0.1");
  await once(store, "listening");
});
beforeEach(async () => {
  logs = captureLogs();
  service = await OrdersService.start(dynaliteBackend, {
    AWS_ENDPOINT_URL_SSM: `http://127.0.0.1:${(store.address() as AddressInfo).port}`,
    SETTINGS_PATH: "/sandbox/orders",
  });
});
afterEach(async () => {
  await service.stop();
  logs.restore();
});
afterAll(async () => {
  store.closeAllConnections();
  store.close();
  await once(store, "close");
});

/** How many of a customer's three orders are on the first page. */
async function firstPage(query?: Record<string, string>): Promise<number> {
  const customerId = newCustomer();
  for (let order = 0; order < 3; order += 1) await service.create(orderFor(customerId));
  return (await service.list(customerId, query)).body.orders.length;
}

describe("the orders service with settings", () => {
  it("gives pages of the size that it is set to, unless the caller asks for another", async () => {
    pageSize = "2";
    expect(await firstPage()).toBe(2);
    expect(await firstPage({ limit: "3" })).toBe(3);
    expect(asked).toMatchObject({ Path: "/sandbox/orders" });
  });

  it("lists with its own page size while Parameter Store does not answer", async () => {
    pageSize = undefined;
    expect(await firstPage()).toBe(3);
    expect(logs.lines()).toContainEqual(
      expect.objectContaining({ level: "WARN", message: "settings stay as they were" }),
    );
  });
});
