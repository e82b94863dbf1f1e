import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { HttpApiHandler } from "../../runtime/http/http-api";
import { httpEvent, lambdaContext, type RequestParts, tokenOf } from "../runtime/invocation";
import { type Backend, type BackendKind, createOrdersTable } from "./dynamodb-backends";
import { type FakeEventBus, startFakeEventBus } from "./fake-event-bus";
import { type FaultyProxy, startFaultyProxy } from "./faulty-proxy";
import { withPatience } from "./patience";

export const ordersTable = "sandbox-orders";

/** A line of 25.00. */
export const item = { sku: "SKU-1", quantity: 2, unitPriceMinor: 1_250 };
export const orderFor = (customerId: string) => ({ customerId, currency: "EUR", items: [item] });
export const newCustomer = () => `customer-${randomUUID()}`;
export const newKey = (): string => randomUUID();

/** A token of the support desk, which places and reads orders for every customer. */
export const supportDesk = tokenOf({ sub: "desk-1", scope: "orders:read orders:write orders:all" });
/** A token of a customer. */
export const customerToken = (sub: string, scope = "orders:read orders:write") => tokenOf({ sub, scope });

/** What Lambda and the deployment give the function. */
const serviceVariables = {
  ALL_OWNERS_SCOPE: "orders:all",
  AWS_ACCESS_KEY_ID: "test",
  AWS_REGION: "eu-west-1",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  AWS_SECRET_ACCESS_KEY: "test",
  ENVIRONMENT: "sandbox",
  EVENT_BUS_NAME: "sandbox-orders",
  LOG_LEVEL: "INFO",
  SERVICE_NAME: "orders",
  TABLE_NAME: ordersTable,
};

/** Puts the function's environment, changed by `changes`, in place of the test's own until the returned call. */
export function enterEnvironment(changes: Record<string, string | undefined> = {}): () => void {
  const outside = process.env;
  process.env = { ...outside, ...serviceVariables, ...changes };
  return () => {
    process.env = outside;
  };
}

/** Loads services/orders/handler.ts afresh, as a cold start does, and what it has on demand: a later load would not be isolated. */
export async function coldStart(patient = true): Promise<HttpApiHandler> {
  let loaded: { readonly handler: HttpApiHandler } | undefined;
  const load = async () => {
    loaded = require("../../services/orders/handler");
    const { loadRemaining } = require("../../runtime/aws/on-demand") as typeof import("../../runtime/aws/on-demand");
    await loadRemaining();
  };
  await jest.isolateModulesAsync(() => (patient ? withPatience(load) : load()));
  if (loaded === undefined) {
    throw new Error("services/orders/handler.ts could not be loaded");
  }
  return loaded.handler;
}

/** The real handler in front of a DynamoDB-compatible server, with a way to break the connection between them. */
export class OrdersService {
  private constructor(
    private readonly backend: Backend,
    readonly proxy: FaultyProxy,
    readonly bus: FakeEventBus,
    private readonly handler: HttpApiHandler,
    readonly documents: DynamoDBDocumentClient,
    private readonly leaveEnvironment: () => void,
  ) {}

  /** `variables` are what the function is given beside its usual ones; an impatient one waits no longer than in Lambda. */
  static async start(
    { start, timeToLive }: BackendKind,
    variables: Record<string, string> = {},
    patient = true,
  ): Promise<OrdersService> {
    const backend = await start();
    const proxy = await startFaultyProxy(backend.endpoint);
    const bus = await startFakeEventBus();
    const leaveEnvironment = enterEnvironment({
      AWS_ENDPOINT_URL_DYNAMODB: proxy.endpoint,
      AWS_ENDPOINT_URL_EVENTBRIDGE: bus.endpoint,
      ...variables,
    });
    const documents = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: backend.endpoint }));
    await createOrdersTable(documents, ordersTable, timeToLive);
    return new OrdersService(backend, proxy, bus, await coldStart(patient), documents, leaveEnvironment);
  }

  async stop(): Promise<void> {
    this.leaveEnvironment();
    this.documents.destroy();
    await this.proxy.stop();
    await this.bus.stop();
    await this.backend.stop();
  }

  /** `POST /orders`; an empty key leaves the header out. */
  create(body: unknown, key = newKey(), headers: Record<string, string> = {}) {
    return this.send("POST /orders", { body, headers: { ...(key !== "" && { "idempotency-key": key }), ...headers } });
  }

  read(orderId: string) {
    return this.send("GET /orders/{orderId}", { path: { orderId } });
  }

  list(customerId: string, query?: Record<string, string>) {
    return this.send("GET /customers/{customerId}/orders", { path: { customerId }, query });
  }

  /** The items under a partition key, as they are in the table. */
  async stored(pk: string) {
    const { Items = [] } = await this.documents.send(
      new QueryCommand({
        TableName: ordersTable,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": pk },
      }),
    );
    return Items;
  }

  /** One request, of the support desk unless the parts say who sends it. */
  async send(routeKey: string, parts: RequestParts) {
    const event = httpEvent(routeKey, { authorizer: supportDesk, ...parts });
    const { body, headers = {}, statusCode } = await this.handler(event, lambdaContext());
    return { status: statusCode, headers, body: JSON.parse(body ?? "null") };
  }
}
