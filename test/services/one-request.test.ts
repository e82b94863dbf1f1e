import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { httpEvent } from "../runtime/invocation";
import { DeployedFunction, unpackBundle } from "../support/deployed-function";
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from "../support/otlp-receiver";
import { temporaryFolder } from "../support/temporary-folder";
import { delivered, inserted, messageOf } from "./deliveries";
import { type Backend, createOrdersTable, dynaliteBackend } from "./dynamodb-backends";
import { type FakeEventBus, startFakeEventBus } from "./fake-event-bus";
import { newKey, orderFor, supportDesk } from "./orders-service";

const home = "eu-west-1";
const standby = "eu-central-1";
const tables = { orders: "prod-orders", shipments: "prod-shipments", handled: "prod-handled-events" };

/** What a customer's browser began, and what it sends along. */
const caller = { trace: "0af7651916cd43dd8448eb211c80319c", span: "b7ad6b7169203331" };
const correlationId = "order-of-a-customer.1";

jest.setTimeout(120_000);

/**
 * One request, followed through an API, the events of two regions, their queues, and the streams of their tables, with the code that is deployed. Tables
 * of two regions are one here, as replication makes them in AWS; the test hands on what a bus, a queue and a stream would.
 */
describe("One request of a customer", () => {
  const folder = temporaryFolder("evenkeel-traces-");
  const functions: DeployedFunction[] = [];
  /** What each call of a partner was sent with. */
  const partners: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = [];
  let backend: Backend;
  let bus: FakeEventBus;
  let receiver: OtlpReceiver;
  let partner: Server;
  let answer: unknown;

  function start(service: string, region: string, changes: Readonly<Record<string, string>> = {}): DeployedFunction {
    const fn = DeployedFunction.start(mains[service] as string, {
      ALL_OWNERS_SCOPE: "orders:all",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: region,
      AWS_ENDPOINT_URL_DYNAMODB: backend.endpoint,
      AWS_ENDPOINT_URL_EVENTBRIDGE: bus.endpoint,
      AWS_LAMBDA_FUNCTION_NAME: `prod-${service}`,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
      AWS_LAMBDA_FUNCTION_VERSION: "1",
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/prod-${service}`,
      ENVIRONMENT: "prod",
      SERVICE_NAME: service,
      EVENT_BUS_NAME: "prod-orders",
      HOME_REGION: home,
      TABLE_NAME: service === "orders" ? tables.orders : tables.shipments,
      HANDLED_EVENTS_TABLE_NAME: tables.handled,
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: receiver.endpoint,
      OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: "30000",
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: "x-tenant=shop",
      OTEL_RESOURCE_ATTRIBUTES: "team=orders",
      ...changes,
    });
    functions.push(fn);
    return fn;
  }
  const mains: Record<string, string> = {};

  beforeAll(async () => {
    [backend, bus, receiver] = await Promise.all([dynaliteBackend.start(), startFakeEventBus(), startOtlpReceiver()]);
    for (const service of ["orders", "shipments", "picking"]) {
      mains[service] = unpackBundle(folder, service, { openTelemetry: true });
    }
    partner = createServer((request, response) => {
      partners.push({ url: request.url ?? "", headers: request.headers });
      request.resume();
      response.end(JSON.stringify({ orderId: decodeURIComponent(request.url?.split("/").at(-1) ?? "") }));
    }).listen(0, "127.0.0.1");
    await once(partner, "listening");
    const url = `http://127.0.0.1:${(partner.address() as AddressInfo).port}`;
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const documents = DynamoDBDocumentClient.from(
      new DynamoDBClient({ region: home, endpoint: backend.endpoint, credentials }),
    );
    await createOrdersTable(documents, tables.orders, false);
    for (const TableName of [tables.shipments, tables.handled]) {
      await documents.send(
        new CreateTableCommand({
          TableName,
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
          KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        }),
      );
    }

    const orders = start("orders", home);
    const order = { authorizer: supportDesk, body: orderFor("customer-1") };
    const headers = {
      "idempotency-key": newKey(),
      "x-correlation-id": correlationId,
      traceparent: `00-${caller.trace}-${caller.span}-01`,
    };
    answer = await orders.invoke(httpEvent("POST /orders", { ...order, headers }));
    const [placed] = bus.entries;
    if (!placed) throw new Error("Nothing was published.");

    // The endpoint replicates the event: rules of both regions deliver it, to a function and to a queue.
    for (const region of [home, standby]) {
      await start("shipments", region, { CARRIER_URL: url }).invoke(delivered(placed, region));
    }
    const picking = [home, standby].map((region) => ({
      region,
      fn: start("picking", region, { WAREHOUSE_URL: url }),
    }));
    for (const { region, fn } of picking) {
      await fn.invoke({ Records: [messageOf(`message-${region}`, delivered(placed, region), region)] });
    }
    // The table is replicated: the streams of both regions tell of the item.
    const { Items = [] } = await documents.send(new ScanCommand({ TableName: tables.shipments }));
    const lists = Items.filter(({ pk }) => String(pk).startsWith("PICK#"));
    for (const { region, fn } of picking) await fn.invoke({ Records: lists.map((list) => inserted(list, region)) });
    // Schedules of both regions call, and begin something of their own.
    for (const { fn } of picking) {
      await fn.invoke({
        source: "evenkeel.schedule",
        schedule: "morning-round",
        scheduledTime: "2026-07-06T05:00:00Z",
        executionId: "execution",
        attempt: "1",
      });
    }
    documents.destroy();
  });

  afterAll(async () => {
    await Promise.all(functions.map((fn) => fn.stop()));
    partner?.closeAllConnections();
    partner?.close();
    await Promise.all([receiver?.stop(), bus?.stop(), backend?.stop()]);
  });

  const isRound = ({ name, attributes }: ReceivedSpan) =>
    name === "run morning-round" || attributes.correlation_id !== correlationId;
  const spans = () => receiver.spans.filter((span) => !isRound(span));
  const named = (name: string) => spans().filter((span) => span.name === name);
  const one = (name: string): ReceivedSpan => {
    const [span, ...more] = named(name);
    if (!span || more.length > 0) throw new Error(`There are ${named(name).length} spans ${name}.`);
    return span;
  };
  const regionOf = ({ resource }: ReceivedSpan) => resource["cloud.region"];
  const outcomes = (all: readonly ReceivedSpan[]) => all.map(({ attributes }) => attributes.outcome);

  it("is answered with its correlation id, and has one trace: that of the caller", () => {
    expect(answer).toMatchObject({ statusCode: 201, headers: { "x-correlation-id": correlationId } });
    expect(new Set(spans().map(({ traceId }) => traceId))).toEqual(new Set([caller.trace]));
    expect(one("POST /orders")).toMatchObject({
      kind: "SPAN_KIND_SERVER",
      parentSpanId: caller.span,
      attributes: { "http.route": "/orders", "http.request.method": "POST", "http.response.status_code": 201 },
      resource: {
        "service.name": "orders",
        "deployment.environment.name": "prod",
        "cloud.region": home,
        "faas.name": "prod-orders",
        team: "orders",
      },
    });
  });

  it("goes on from hop to hop, in both regions", () => {
    const [placed, announced] = named("send prod-orders");
    expect(placed).toMatchObject({ kind: "SPAN_KIND_PRODUCER", parentSpanId: one("POST /orders").spanId });
    const events = named("process OrderPlaced");
    const messages = named("process prod-orders-to-pick-messages");
    const changes = named("process prod-shipments");
    for (const consumers of [events, messages, changes]) {
      expect(consumers.map(regionOf)).toEqual([home, standby]);
      expect(consumers.map(({ kind }) => kind)).toEqual(["SPAN_KIND_CONSUMER", "SPAN_KIND_CONSUMER"]);
      expect(outcomes(consumers)).toEqual(["processed", "duplicate"]);
    }
    for (const span of [...events, ...messages]) expect(span.parentSpanId).toBe(placed?.spanId);
    // The region that wrote the item is the parent in both.
    for (const span of changes) expect(span.parentSpanId).toBe(messages[0]?.spanId);
    expect(announced).toMatchObject({ parentSpanId: changes[0]?.spanId, resource: { "service.name": "picking" } });
    const published = bus.entries.map(({ Detail }) => JSON.parse(Detail).metadata);
    expect(published).toEqual(
      [placed, announced].map((span) =>
        expect.objectContaining({
          correlationId,
          traceparent: `00-${caller.trace}-${span?.spanId}-01`,
        }),
      ),
    );
  });

  it("shows what each hop calls: tables, buses and partners", () => {
    const byId = new Map(spans().map((span) => [span.spanId, span]));
    const calls = spans().filter(({ kind }) => kind === "SPAN_KIND_CLIENT");
    for (const { parentSpanId } of calls) expect(byId.has(parentSpanId)).toBe(true);
    expect(new Set(calls.map(({ name }) => name))).toEqual(
      new Set(["DynamoDB.GetItem", "DynamoDB.PutItem", "DynamoDB.UpdateItem", "EventBridge.PutEvents", "PUT"]),
    );
    for (const dependency of ["carrier", "warehouse"]) {
      const call = one(`call ${dependency}`);
      const [request] = calls.filter(({ parentSpanId }) => parentSpanId === call.spanId);
      expect(request?.attributes).toMatchObject({ "server.address": "127.0.0.1", "http.response.status_code": 200 });
      const sent = partners.find(({ url }) =>
        url.startsWith(dependency === "carrier" ? "/shipments/" : "/pick-lists/"),
      );
      expect(sent?.headers).toMatchObject({
        "x-correlation-id": correlationId,
        traceparent: `00-${caller.trace}-${request?.spanId}-01`,
      });
    }
  });

  it("is found by its correlation id on every span and in every line of the log, beside the trace", () => {
    const lines = functions.flatMap((fn) => fn.lines).filter(({ message }) => message !== undefined);
    const ofRequest = lines.filter(({ schedule, day }) => schedule === undefined && day === undefined);
    const messages = new Set(ofRequest.map(({ message }) => message));
    expect(messages).toEqual(
      new Set([
        "order placed",
        "request completed",
        "shipment requested",
        "event consumed",
        "pick list written",
        "message consumed",
        "change consumed",
      ]),
    );
    for (const line of ofRequest) {
      expect(line).toMatchObject({ correlation_id: correlationId, trace_id: caller.trace });
      expect(spans().map(({ spanId }) => spanId)).toContain(line.span_id);
    }
    for (const { attributes } of spans()) expect(attributes.correlation_id).toBe(correlationId);
  });

  it("is not the round of the day, which has one correlation id in both regions, and a trace in each", () => {
    const rounds = receiver.spans.filter(({ name }) => name === "run morning-round");
    expect(rounds.map(regionOf)).toEqual([home, standby]);
    expect(new Set(rounds.map(({ attributes }) => attributes.correlation_id))).toEqual(
      new Set(["picking.morning-round.20260706T050000Z"]),
    );
    expect(new Set(rounds.map(({ traceId }) => traceId)).size).toBe(2);
  });

  it("reached the receiver with the headers that were given, and nothing was dropped", () => {
    expect(receiver.headers.every((headers) => headers["x-tenant"] === "shop")).toBe(true);
    expect(functions.flatMap((fn) => fn.lines).filter(({ SpansDropped }) => SpansDropped !== undefined)).toEqual([]);
  });
});
