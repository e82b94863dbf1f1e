import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  DescribeArchiveCommand,
  EventBridgeClient,
  type PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from "@aws-sdk/client-eventbridge";
import { buildSync } from "esbuild";
import { type DomainEvent, newEvent } from "../../../runtime/events/domain-event";
import { entrySize, maxBytesIn } from "../../../runtime/events/entries";
import { createEventClient } from "../../../runtime/events/event-client";
import { createPublisher, type PublisherOptions } from "../../../runtime/events/publisher";
import { hasMoto, startMoto } from "../../support/moto";
import { FakeClock } from "../resilience/fake-clock";
import { type CheckedSignature, checkSignature } from "./sigv4a";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const placed = (detail: object = { orderId: "1" }): DomainEvent =>
  newEvent({ source: "shop.orders", detailType: "OrderPlaced", detail, correlationId: "correlation-1" }) as DomainEvent;
const many = (count: number, detail?: object) => Array.from({ length: count }, () => placed(detail));
const patient = { maxAttempts: 1, connectionTimeoutMs: 60_000, requestTimeoutMs: 60_000 };
const idIn = (entry: PutEventsRequestEntry): string => JSON.parse(entry.Detail ?? "{}").metadata.eventId;

type Answer = PutEventsResultEntry | Error;

/** A client without a network: `answer` says what becomes of each entry, or throws for the whole call. */
function fakeClient(answer: (entry: PutEventsRequestEntry, call: number) => Answer = taken) {
  const calls: PutEventsRequestEntry[][] = [];
  const inputs: PutEventsCommand["input"][] = [];
  const client = {
    send: async ({ input }: PutEventsCommand) => {
      const entries = input.Entries ?? [];
      inputs.push(input);
      calls.push(entries);
      const Entries = entries.map((entry) => answer(entry, calls.length));
      const thrown = Entries.find((result) => result instanceof Error);
      if (thrown) throw thrown;
      return { Entries };
    },
  } as unknown as PublisherOptions["client"];
  return { client, calls, inputs };
}
const taken = (entry: PutEventsRequestEntry): Answer => ({ EventId: `aws-${idIn(entry)}` });
const publisher = (client: PublisherOptions["client"], options: Partial<PublisherOptions> = {}) =>
  createPublisher({ client, eventBusName: "test-events", backoffMs: 1, ...options });

/** Bundles files of the library as a function's handler is bundled. */
function bundle(...files: string[]) {
  const { metafile, outputFiles } = buildSync({
    stdin: { contents: files.map((file) => `export * from "./runtime/events/${file}";`).join(""), resolveDir: "." },
    bundle: true,
    minify: true,
    platform: "node",
    target: "node22",
    mainFields: ["module", "main"],
    write: false,
    metafile: true,
    outdir: "unused",
  });
  const outputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  return {
    code: outputFiles[0]?.text ?? "",
    /** The files that some of its bytes come from. */
    sources: outputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([input]) => input),
  };
}

/** Runs a program in a process of its own, as jest cannot load what the SDK loads on demand. */
async function run(program: string): Promise<void> {
  const child = spawn(process.execPath, ["-"], {
    stdio: ["pipe", "ignore", "pipe"],
    // Named, because jest's own copy is not what a child inherits.
    env: { ...process.env },
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    errors += chunk;
  });
  child.stdin.end(program);
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(errors);
}

// Other tests may keep the processors busy.
jest.setTimeout(30_000);

describe("newEvent", () => {
  test("puts an id that stays and the correlation id into the detail", () => {
    const event = placed({ orderId: "1", metadata: { tenant: "a" } });
    expect(event.detail).toEqual({
      orderId: "1",
      metadata: { tenant: "a", eventId: event.eventId, correlationId: "correlation-1" },
    });
    expect(event.eventId).toMatch(/^[0-9a-f-]{36}$/);
    expect(() => Object.assign(event.detail.metadata, { eventId: "other" })).toThrow(TypeError);
    expect(placed().eventId).not.toBe(event.eventId);
  });

  test("keeps an id that the caller gives", () => {
    const event = newEvent({
      source: "shop.orders",
      detailType: "OrderPlaced",
      detail: {},
      correlationId: "c-1",
      eventId: "order-1:v2",
    });
    expect(event.detail.metadata.eventId).toBe("order-1:v2");
  });

  test.each([
    [{ source: "aws.s3" }, "source of the event is empty or kept for AWS services; use a source of your own."],
    [{ source: "" }, "source of the event is empty"],
    [{ detailType: "" }, "detailType of the event is empty; name what happened."],
    [{ eventId: "a b" }, "eventId of the event is not an id; use 1 to 128 letters"],
    [{ correlationId: "" }, "correlationId of the event is not an id; "],
  ])("refuses %j", (wrong, message) => {
    const event = { source: "shop", detailType: "Placed", detail: {}, correlationId: "c-1", ...wrong };
    expect(() => newEvent(event)).toThrow(message);
  });
});

describe("entrySize", () => {
  test("counts as EventBridge documents it: bytes of UTF-8, 14 for the time, nothing for names", () => {
    expect(entrySize({ Source: "ab", DetailType: "c" })).toBe(3);
    expect(
      entrySize({ Source: "ab", DetailType: "é", Detail: '{"a":"€"}', Time: new Date(), Resources: ["x", "yy"] }),
    ).toBe(2 + 2 + 11 + 14 + 3);
  });
});

describe("A publisher", () => {
  test("sends entries to its bus, through the endpoint if it has one", async () => {
    const { client, inputs } = fakeClient();
    const event = placed();
    const { published, failed } = await publisher(client, { endpointId: "abcde.veo" }).publish([event]);
    expect(failed).toEqual([]);
    expect(published).toEqual([{ event, awsEventId: `aws-${event.eventId}` }]);
    expect(inputs).toEqual([
      {
        EndpointId: "abcde.veo",
        Entries: [
          {
            EventBusName: "test-events",
            Source: "shop.orders",
            DetailType: "OrderPlaced",
            Detail: JSON.stringify(event.detail),
            Time: event.time,
          },
        ],
      },
    ]);
    await publisher(client).publish([event]);
    expect(inputs[1]).not.toHaveProperty("EndpointId");
  });

  test("does nothing for no events", async () => {
    const { client, calls } = fakeClient();
    expect(await publisher(client).publish([])).toEqual({ published: [], failed: [] });
    expect(calls).toEqual([]);
  });

  test("splits by count: ten entries a call, in order", async () => {
    const { client, calls } = fakeClient();
    const events = many(23);
    await publisher(client).publish(events);
    expect(calls.map(({ length }) => length)).toEqual([10, 10, 3]);
    expect(calls.flat().map(idIn)).toEqual(events.map(({ eventId }) => eventId));
  });

  test("splits by size: each call stays below 1 MB", async () => {
    const { client, calls } = fakeClient();
    await publisher(client).publish(many(5, { text: "é".repeat(200 * 1024) }));
    expect(calls.map(({ length }) => length)).toEqual([2, 2, 1]);
    for (const call of calls) {
      expect(call.reduce((bytes, entry) => bytes + entrySize(entry), 0)).toBeLessThan(1024 * 1024);
    }
  });

  test.each([
    ["eu-west-1", 1024 * 1024],
    ["us-gov-west-1", 1024 * 1024],
    ["cn-north-1", 256 * 1024],
  ])("knows how much EventBridge takes in %s", (region, bytes) => expect(maxBytesIn(region)).toBe(bytes));

  test("stays below a limit of its own, for targets that take less", async () => {
    const { client, calls } = fakeClient();
    const { failed } = await publisher(client, { maxBytes: 1_000 }).publish([
      ...many(3, { text: "x".repeat(400) }),
      placed({ text: "x".repeat(1_000) }),
    ]);
    expect(calls.map(({ length }) => length)).toEqual([1, 1, 1]);
    expect(failed).toMatchObject([{ code: "TooLarge" }]);
  });

  test("takes an entry of one byte less than 1 MB, and refuses the next size without a call", async () => {
    const { client, calls } = fakeClient();
    const overhead = 14 + entrySize({ Source: "shop.orders", DetailType: "OrderPlaced" });
    const empty = placed({ text: "" });
    const room = 1024 * 1024 - 1 - overhead - JSON.stringify(empty.detail).length;
    const largest = placed({ text: "x".repeat(room) });
    const tooLarge = placed({ text: "x".repeat(room + 1) });
    const { published, failed } = await publisher(client).publish([tooLarge, largest]);
    expect(published.map(({ event }) => event)).toEqual([largest]);
    expect(failed).toEqual([
      {
        event: tooLarge,
        code: "TooLarge",
        message: expect.stringContaining("has 1048576 bytes, and must have less than 1048576; put the data into S3"),
        retryable: false,
      },
    ]);
    expect(calls).toHaveLength(1);
  });

  test("retries only the entries that failed, under the same ids", async () => {
    const events = many(4);
    const { client, calls } = fakeClient((entry, call) =>
      call === 1 && idIn(entry) === events[2]?.eventId ? { ErrorCode: "ThrottlingException" } : taken(entry),
    );
    const { published, failed } = await publisher(client).publish(events);
    expect(failed).toEqual([]);
    expect(calls.map((call) => call.map(idIn))).toEqual([events.map(({ eventId }) => eventId), [events[2]?.eventId]]);
    expect(new Set(published.map(({ event }) => event))).toEqual(new Set(events));
  });

  test("does not retry what would fail again", async () => {
    const { client, calls } = fakeClient(() => ({
      ErrorCode: "MalformedDetail",
      ErrorMessage: "Detail is malformed.",
    }));
    const { failed } = await publisher(client).publish([placed()]);
    expect(failed).toMatchObject([{ code: "MalformedDetail", message: "Detail is malformed.", retryable: false }]);
    expect(calls).toHaveLength(1);
  });

  test("counts an entry without an answer as failed", async () => {
    const { client } = fakeClient((entry, call) => (call < 3 ? {} : taken(entry)));
    expect((await publisher(client).publish([placed()])).failed).toEqual([]);
  });

  test("retries a call that was throttled or not answered, and no call that was refused", async () => {
    const named = (name: string) => Object.assign(new Error(name), { name });
    const throttled = fakeClient((entry, call) => (call === 1 ? named("ThrottlingException") : taken(entry)));
    expect((await publisher(throttled.client).publish(many(2))).published).toHaveLength(2);
    const silent = fakeClient((entry, call) => (call === 1 ? named("TimeoutError") : taken(entry)));
    expect((await publisher(silent.client).publish(many(2))).published).toHaveLength(2);
    const refused = fakeClient(() => named("AccessDeniedException"));
    expect((await publisher(refused.client).publish(many(2))).failed).toMatchObject([
      { code: "AccessDeniedException", retryable: false },
      { code: "AccessDeniedException", retryable: false },
    ]);
    expect(refused.calls).toHaveLength(1);
  });

  test("gives up at its deadline, and says that the events may be published again", async () => {
    const { client, calls } = fakeClient(() => ({ ErrorCode: "InternalFailure" }));
    const clock = new FakeClock();
    const endsAt = clock.time + 3_000;
    const { published, failed } = await publisher(client, { deadlineMs: 3_000, clock }).publish(many(2));
    expect(clock.time).toBeLessThan(endsAt);
    expect(published).toEqual([]);
    expect(failed).toMatchObject([
      { code: "InternalFailure", retryable: true },
      { code: "InternalFailure", retryable: true },
    ]);
    expect(calls.length).toBeGreaterThan(1);
  });

  test("throws for events that are not on the bus when asked to, with the events", async () => {
    const { client } = fakeClient(() => ({ ErrorCode: "MalformedDetail" }));
    const event = placed();
    await expect(publisher(client).publishAll([event])).rejects.toMatchObject({
      name: "EventsNotPublishedError",
      message: expect.stringContaining(
        "1 of the events were not published (MalformedDetail); publish the same events again",
      ),
      failed: [{ event }],
    });
  });
});

describe("The client of a publisher", () => {
  let server: Server;
  let requests: { request: IncomingMessage; body: string; signature: CheckedSignature }[];
  let answer: (body: string) => Promise<object>;

  const answerAll = async (body: string) => ({
    FailedEntryCount: 0,
    Entries: (JSON.parse(body).Entries as unknown[]).map((_, at) => ({ EventId: `aws-${at}` })),
  });

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray()).toString();
      requests.push({ request, body, signature: checkSignature(request, body, credentials.secretAccessKey) });
      response.setHeader("content-type", "application/x-amz-json-1.1");
      response.end(JSON.stringify(await answer(body)));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    requests = [];
    answer = answerAll;
  });
  afterAll(async () => {
    delete process.env.AWS_ENDPOINT_URL;
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });

  test("signs for the endpoint by SigV4A, for every region at once, with a signature that holds", async () => {
    const client = createEventClient({ region: "eu-west-1", credentials });
    await publisher(client, { endpointId: "abcde.veo" }).publishAll(many(2));
    expect(requests).toHaveLength(1);
    const [{ request, body, signature } = fail()] = requests;
    expect(signature).toMatchObject({
      algorithm: "AWS4-ECDSA-P256-SHA256",
      scope: expect.stringMatching(/^\d{8}\/events\/aws4_request$/),
      accessKeyId: credentials.accessKeyId,
      regionSet: "*",
      signedHeaders: expect.arrayContaining(["host", "x-amz-date", "x-amz-region-set", "x-amz-target"]),
      valid: true,
    });
    expect(request.headers["x-amz-target"]).toBe("AWSEvents.PutEvents");
    expect(JSON.parse(body)).toMatchObject({ EndpointId: "abcde.veo", Entries: [{}, {}] });
  });

  test("has its signature refused when the body was changed, so that the check above can fail", async () => {
    const client = createEventClient({ region: "eu-west-1", credentials });
    await publisher(client, { endpointId: "abcde.veo" }).publishAll([placed()]);
    const [{ request, body } = fail()] = requests;
    expect(checkSignature(request, body, credentials.secretAccessKey).valid).toBe(true);
    expect(checkSignature(request, `${body} `, credentials.secretAccessKey).valid).toBe(false);
    expect(checkSignature(request, body, "another secret").valid).toBe(false);
  });

  test("calls the endpoint's own host, whatever the region", async () => {
    const hosts: string[] = [];
    const { AWS_ENDPOINT_URL } = process.env;
    delete process.env.AWS_ENDPOINT_URL;
    try {
      const client = createEventClient({ region: "eu-central-1", credentials, maxAttempts: 1 });
      client.middlewareStack.add(
        (_, context) =>
          async ({ request }) => {
            hosts.push((request as { hostname: string }).hostname);
            throw new Error(`stopped before the network ${context.commandName}`);
          },
        { step: "finalizeRequest", priority: "low" },
      );
      await publisher(client, { endpointId: "abcde.veo" }).publish([placed()]);
    } finally {
      process.env.AWS_ENDPOINT_URL = AWS_ENDPOINT_URL;
    }
    expect(hosts).toEqual(["abcde.veo.endpoint.events.amazonaws.com"]);
  });

  test("signs for the bus of its own region when there is no endpoint", async () => {
    const client = createEventClient({ region: "eu-west-1", credentials });
    await publisher(client).publishAll([placed()]);
    const [{ request, body } = fail()] = requests;
    expect(request.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/events\//,
    );
    expect(JSON.parse(body)).not.toHaveProperty("EndpointId");
  });

  test("still signs by SigV4A from a bundle, and only bundles that publish have the code for it", async () => {
    const signer = (input: string) => input.includes("@smithy/signature-v4a/");
    expect(bundle("consumer", "idempotency-store", "domain-event").sources.some(signer)).toBe(false);
    const publishing = bundle("event-client", "publisher", "domain-event");
    expect(publishing.sources.some(signer)).toBe(true);

    await run(`${publishing.code}
      const library = module.exports;
      const client = library.createEventClient({ region: "eu-west-1", credentials: ${JSON.stringify(credentials)} });
      const event = library.newEvent({ source: "shop", detailType: "Placed", detail: {}, correlationId: "c-1" });
      library.createPublisher({ client, eventBusName: "test-events", endpointId: "abcde.veo" }).publishAll([event]);`);
    expect(requests.map(({ signature }) => signature)).toMatchObject([{ regionSet: "*", valid: true }]);
  }, 30_000);

  test("stops a call that hangs at the deadline", async () => {
    answer = () => new Promise(() => undefined);
    const client = createEventClient({ region: "eu-west-1", credentials, requestTimeoutMs: 600_000 });
    const { failed } = await publisher(client, { deadlineMs: 200 }).publish([placed()]);
    expect(failed).toMatchObject([{ code: "DeadlineExceeded", retryable: true }]);
  });
});

(hasMoto() ? describe : describe.skip)("A publisher on moto", () => {
  let stop: () => Promise<void>;
  let control: EventBridgeClient;

  beforeAll(async () => {
    const moto = await startMoto();
    if (!moto) throw new Error("moto_server was there when the tests were collected, and is not now.");
    stop = moto.stop;
    process.env.AWS_ENDPOINT_URL = moto.endpoint;
    control = new EventBridgeClient({ region: "eu-west-1", credentials });
    const bus = await control.send(new CreateEventBusCommand({ Name: "test-events" }));
    await control.send(new CreateArchiveCommand({ ArchiveName: "test-events", EventSourceArn: bus.EventBusArn }));
  }, 90_000);
  afterAll(async () => {
    delete process.env.AWS_ENDPOINT_URL;
    control?.destroy();
    await stop?.();
  });

  test("puts every event on the bus once", async () => {
    const client = createEventClient({ region: "eu-west-1", credentials, ...patient });
    const published = await publisher(client, { deadlineMs: 60_000 }).publishAll(many(25));
    expect(new Set(published.map(({ awsEventId }) => awsEventId)).size).toBe(25);
    const archive = await control.send(new DescribeArchiveCommand({ ArchiveName: "test-events" }));
    expect(archive.EventCount).toBe(25);
  }, 90_000);
});

function fail(): never {
  throw new Error("no request came");
}
