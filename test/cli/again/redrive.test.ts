import { rmSync } from "node:fs";
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { redriveDocument } from "../../../cli/documents/redrive";
import { hasMoto, type Moto, startMoto } from "../../support/moto";
import { type CountingServer, countingServer } from "./counting-server";
import { account, credentials, evenkeel, home, projectWith, resources } from "./environment";

const describeWithMoto = hasMoto() ? describe : describe.skip;
const secretText = "content-of-an-order";
const inRule = 40;
const failed = 15;
const all = Array.from({ length: inRule + failed }, (_, index) => `event-${index}`);

describeWithMoto("evenkeel redrive", () => {
  let moto: Moto;
  let server: CountingServer;
  let sqs: SQSClient;
  let project: string;
  const urls = new Map<string, string>();
  /** Ids of events that the function got, counted here. */
  const invoked: string[] = [];
  const receipts: [queue: string, handle: string][] = [];
  /** Called with each invocation, before it is answered. */
  let onInvocation: () => void = () => {};
  let functionAnswers = 202;

  const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    evenkeel(project, ["redrive", "prod", ...args], { AWS_ENDPOINT_URL: server.endpoint, ...env }, resources);

  async function documentOf(args: readonly string[], code: number, env: NodeJS.ProcessEnv = {}) {
    const { started, printed } = run([...args, "--json"], env);
    const end = await started.ended;
    const { stdout, stderr } = printed();
    expect([end.code, stderr]).toEqual([code, stderr]);
    return redriveDocument.schema.parse(JSON.parse(stdout)) as unknown as Document;
  }
  interface Document {
    readonly places: readonly {
      readonly queue: string;
      readonly messages: number;
      readonly sent: number;
      readonly finished: number;
      readonly uncertain: number;
      readonly refused: string | null;
      readonly oldest: string | null;
      readonly reasons: readonly { why: string; messages: number }[];
      readonly left: readonly { why: string; messages: number }[];
    }[];
    readonly runAgain: string | null;
  }
  const placeIn = ({ places }: Document, queue: string) => places.find((place) => place.queue === queue);

  /** How many messages a queue has, whoever has received them. */
  async function messagesIn(queue: string): Promise<number> {
    const { Attributes: attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: urls.get(queue), AttributeNames: ["All"] }),
    );
    return Number(attributes.ApproximateNumberOfMessages) + Number(attributes.ApproximateNumberOfMessagesNotVisible);
  }

  /** As if the time had passed in which nobody else gets what a run has received. */
  async function letTimePass(): Promise<void> {
    for (const [QueueUrl, ReceiptHandle] of receipts.splice(0)) {
      await sqs
        .send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }))
        .catch(() => undefined);
    }
  }

  const send = (queue: string, body: unknown, code?: string) =>
    sqs.send(
      new SendMessageCommand({
        QueueUrl: urls.get(queue),
        MessageBody: typeof body === "string" ? body : JSON.stringify(body),
        MessageAttributes: code ? { ERROR_CODE: { DataType: "String", StringValue: code } } : undefined,
      }),
    );

  const event = (eventId: string, time = new Date().toISOString()) => ({
    version: "0",
    id: "of-eventbridge",
    source: "orders",
    "detail-type": "OrderPlaced",
    time,
    detail: { metadata: { eventId }, note: secretText },
  });

  beforeAll(async () => {
    moto = (await startMoto({ MOTO_ACCOUNT_ID: account })) as Moto;
    server = await countingServer(moto.endpoint, ({ operation, body }, answer) => {
      if (operation === "AmazonSQS.ReceiveMessage" && answer) {
        const { QueueUrl: url } = JSON.parse(body) as { QueueUrl: string };
        const { Messages: messages = [] } = JSON.parse(answer) as { Messages?: { ReceiptHandle: string }[] };
        receipts.push(...messages.map(({ ReceiptHandle: handle }): [string, string] => [url, handle]));
      }
      if (!operation.includes("/invocations")) return undefined;
      expect(decodeURIComponent(operation)).toContain(`${account}:function:prod-shipments/invocations?Qualifier=live`);
      const { detail } = JSON.parse(body) as { detail: { metadata: { eventId: string } } };
      if (functionAnswers === 202) invoked.push(detail.metadata.eventId);
      onInvocation();
      return { status: functionAnswers };
    });
    process.env.AWS_ACCESS_KEY_ID = credentials.AWS_ACCESS_KEY_ID;
    process.env.AWS_SECRET_ACCESS_KEY = credentials.AWS_SECRET_ACCESS_KEY;
    sqs = new SQSClient({ region: home, endpoint: moto.endpoint });
    for (const QueueName of Object.values(resources.aws_sqs_queue ?? {}).map(
      (each) => (each as { name: string }).name,
    )) {
      urls.set(QueueName, (await sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? "");
    }
    project = projectWith();
    for (const id of all.slice(0, inRule))
      await send("prod-orders-shipments-dead-letters", event(id), "NO_PERMISSIONS");
    for (const id of all.slice(inRule)) {
      await send("prod-shipments-failed-events", {
        version: "1.0",
        timestamp: new Date().toISOString(),
        requestContext: { condition: "RetriesExhausted" },
        requestPayload: event(id),
        responsePayload: { errorType: "InvalidEventError", errorMessage: secretText },
      });
    }
    for (let each = 0; each < 3; each += 1) await send("prod-work-dead-letters", secretText);
  });
  afterAll(async () => {
    sqs?.destroy();
    await server?.stop();
    await moto?.stop();
    rmSync(project, { recursive: true, force: true });
  });

  test("only says what is there, how old it is and why, and nothing of its content", async () => {
    const { started, printed } = run(["--json"]);
    expect(await started.ended).toMatchObject({ code: 0 });
    const { stdout, stderr } = printed();
    expect(stdout + stderr).not.toContain(secretText);
    const document = redriveDocument.schema.parse(JSON.parse(stdout)) as unknown as Document;
    expect(placeIn(document, "prod-orders-shipments-dead-letters")).toMatchObject({
      messages: inRule,
      oldest: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      destination: "function prod-shipments:live",
      reasons: [{ why: "NO_PERMISSIONS", messages: inRule }],
      refused: null,
      sent: 0,
    });
    expect(placeIn(document, "prod-shipments-failed-events")?.reasons).toEqual([
      { why: "RetriesExhausted InvalidEventError", messages: failed },
    ]);
    expect(placeIn(document, "prod-work-dead-letters")).toMatchObject({
      destination: "queue prod-work",
      refused: expect.stringContaining("prod-plain may handle a message twice"),
    });
    expect(document.runAgain).toBe("npx evenkeel redrive prod --start");
    expect([invoked, await messagesIn("prod-orders-shipments-dead-letters")]).toEqual([[], inRule]);
  });

  test("loses nothing when it is killed and interrupted, and goes on where it ended", async () => {
    const queues = ["prod-orders-shipments-dead-letters", "prod-shipments-failed-events"] as const;
    const start = ["--start", "--auto-approve", "--rate", "500", "--queues", queues.join(",")];
    const left = async () => (await Promise.all(queues.map(messagesIn))).reduce((one, other) => one + other, 0);
    const distinct = () => new Set(invoked).size;

    const killed = run(start);
    onInvocation = () => {
      if (invoked.length === 12) killed.started.child.kill("SIGKILL");
    };
    await killed.started.ended;
    expect((await left()) + distinct()).toBeGreaterThanOrEqual(all.length);
    expect(await left()).toBeGreaterThan(failed);
    await letTimePass();

    const interrupted = run(start);
    const before = invoked.length;
    onInvocation = () => {
      if (invoked.length === before + 12) interrupted.started.child.kill("SIGINT");
    };
    expect(await interrupted.started.ended).toMatchObject({ code: 130 });
    expect(interrupted.printed().stderr).toContain("Going on where an earlier run ended");
    expect((await left()) + distinct()).toBeGreaterThanOrEqual(all.length);
    onInvocation = () => {};

    const document = await documentOf(start, 0);
    expect(document.runAgain).toBeNull();
    expect([...new Set(invoked)].sort()).toEqual([...all].sort());
    expect(await left()).toBe(0);
    // Only what was being sent when it was killed may have been sent twice: it sends ten at a time.
    expect(invoked.length - all.length).toBeLessThanOrEqual(10);
    expect(await messagesIn("prod-work-dead-letters")).toBe(3);
  });

  test("sends to a queue what the user says may be handled twice, and leaves what is too old, not readable, or not asked for", async () => {
    const rule = "prod-orders-shipments-dead-letters";
    await send(rule, event("old", new Date(Date.now() - 9 * 86_400_000).toISOString()), "NO_PERMISSIONS");
    await send(rule, "no event", "NO_PERMISSIONS");
    await send(rule, event("other"), "THROTTLING");
    await send(rule, event("asked-for"), "NO_PERMISSIONS");
    const options = ["--start", "--auto-approve", "--repeatable", "prod-plain"];
    const document = await documentOf([...options, "--reasons", "NO_PERMISSIONS,RECEIVED_TOO_OFTEN"], 1);
    expect(placeIn(document, rule)).toMatchObject({
      sent: 1,
      left: expect.arrayContaining([
        { why: "too old", messages: 1 },
        { why: "not readable", messages: 1 },
        { why: "another reason", messages: 1 },
      ]),
    });
    expect(invoked.slice(-1)).toEqual(["asked-for"]);
    expect([await messagesIn(rule), await messagesIn("prod-work"), await messagesIn("prod-work-dead-letters")]).toEqual(
      [3, 3, 0],
    );
  });

  test("leaves what its destination does not take, and says so", async () => {
    functionAnswers = 403;
    const document = await documentOf(["--start", "--auto-approve", "--reasons", "THROTTLING"], 1);
    expect(placeIn(document, "prod-orders-shipments-dead-letters")).toMatchObject({ sent: 0 });
    expect(await messagesIn("prod-orders-shipments-dead-letters")).toBe(3);
    expect(document.runAgain).toContain("npx evenkeel redrive prod --reasons THROTTLING --start");
  });

  test.each([
    [
      "there are no credentials",
      {
        AWS_ACCESS_KEY_ID: "",
        AWS_SECRET_ACCESS_KEY: "",
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
        AWS_CONFIG_FILE: "/dev/null",
      },
      [],
      /there are no AWS credentials; set AWS_PROFILE/,
    ],
    [
      "a name is no queue",
      {},
      ["--queues", "prod-shipment-failed-events"],
      /--queues: is not there; did you mean "prod-shipments-failed-events"/,
    ],
    ["nobody can be asked", {}, ["--start"], /there is no terminal to ask on; pass --auto-approve/],
    ["a number is none", {}, ["--rate", "fast"], /--rate: is not a number from 0\.1 to 1000/],
  ])("ends with what to do when %s", async (_when, env, args, message) => {
    const { started, printed } = run(args, env);
    expect(await started.ended).toMatchObject({ code: 1 });
    expect(printed().stderr).toMatch(message);
    expect(printed().stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
  });
});
