import { rmSync } from "node:fs";
import {
  CreateArchiveCommand,
  CreateEventBusCommand,
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { replayDocument } from "../../../cli/documents/replay";
import { hasMoto, type Moto, startMoto } from "../../support/moto";
import { type CountingServer, countingServer } from "./counting-server";
import { account, archived, credentials, evenkeel, home, projectWith, standby } from "./environment";

const describeWithMoto = hasMoto() ? describe : describe.skip;
const regions = [home, standby];
const arn = (region: string, what: string) => `arn:aws:events:${region}:${account}:${what}`;

interface Started {
  readonly ReplayName: string;
  readonly EventSourceArn: string;
  readonly EventStartTime: number;
  readonly EventEndTime: number;
  readonly Destination: { readonly Arn: string; readonly FilterArns?: readonly string[] };
}

describeWithMoto("evenkeel replay", () => {
  let moto: Moto;
  let server: CountingServer;
  let project: string;
  /** Every replay that EventBridge has begun, seen here. */
  const started: Started[] = [];
  let onStart: () => void = () => {};

  const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    evenkeel(project, ["replay", "prod", ...args], { AWS_ENDPOINT_URL: server.endpoint, ...env }, archived);

  async function documentOf(args: readonly string[], code: number) {
    const { started: child, printed } = run([...args, "--json"]);
    const end = await child.ended;
    const { stdout, stderr } = printed();
    expect([end.code, stderr]).toEqual([code, stderr]);
    return replayDocument.schema.parse(JSON.parse(stdout)) as unknown as {
      readonly slices: number;
      readonly archives: readonly Record<string, unknown>[];
      readonly runAgain: string | null;
    };
  }

  /** Takes what the queue of a region has got, and counts each event. */
  async function deliveredIn(region: string): Promise<Map<string, number>> {
    const sqs = new SQSClient({ region, endpoint: moto.endpoint });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "prod-work" }));
    const counts = new Map<string, number>();
    for (;;) {
      const { Messages: messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
      );
      if (messages.length === 0) break;
      for (const { Body: body = "{}" } of messages) {
        const { detail } = JSON.parse(body) as { detail: { id: string } };
        counts.set(detail.id, (counts.get(detail.id) ?? 0) + 1);
      }
      await sqs.send(
        new DeleteMessageBatchCommand({
          QueueUrl,
          Entries: messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
        }),
      );
    }
    sqs.destroy();
    return counts;
  }

  beforeAll(async () => {
    moto = (await startMoto({ MOTO_ACCOUNT_ID: account })) as Moto;
    Object.assign(process.env, credentials);
    server = await countingServer(moto.endpoint, ({ operation, body }, answer) => {
      // As if it had stood for 20 days.
      if (operation === "AWSEvents.DescribeArchive" && answer?.includes("CreationTime")) {
        const archive = JSON.parse(answer) as { CreationTime: number };
        return { text: JSON.stringify({ ...archive, CreationTime: archive.CreationTime - 20 * 86_400 }) };
      }
      if (operation !== "AWSEvents.StartReplay" || answer === undefined) return undefined;
      if (answer.includes("ReplayArn")) started.push(JSON.parse(body) as Started);
      onStart();
      return undefined;
    });
    project = projectWith();
    for (const region of regions) {
      const events = new EventBridgeClient({ region, endpoint: moto.endpoint });
      const EventBusName = "prod-orders";
      await events.send(new CreateEventBusCommand({ Name: EventBusName }));
      await events.send(
        new CreateArchiveCommand({ ArchiveName: "prod-orders", EventSourceArn: arn(region, "event-bus/prod-orders") }),
      );
      await events.send(
        new PutRuleCommand({
          Name: "shipments",
          EventBusName,
          EventPattern: '{"source":["orders"]}',
          State: "ENABLED",
        }),
      );
      const sqs = new SQSClient({ region, endpoint: moto.endpoint });
      await sqs.send(new CreateQueueCommand({ QueueName: "prod-work" }));
      sqs.destroy();
      await events.send(
        new PutTargetsCommand({
          Rule: "shipments",
          EventBusName,
          Targets: [{ Id: "queue", Arn: `arn:aws:sqs:${region}:${account}:prod-work` }],
        }),
      );
      const Entries = Array.from({ length: 8 }, (_, index) => ({
        EventBusName,
        Source: "orders",
        DetailType: "OrderPlaced",
        Detail: JSON.stringify({ id: `${region}-${index}` }),
      }));
      await events.send(new PutEventsCommand({ Entries }));
      events.destroy();
      await deliveredIn(region);
    }
  });
  afterAll(async () => {
    await server?.stop();
    await moto?.stop();
    rmSync(project, { recursive: true, force: true });
  });

  const window = ["--from", "70m", "--slice-minutes", "10", "--speed", "1000"];

  test("only says what would be replayed, in both regions, and to whom", async () => {
    const { archives, runAgain, slices } = await documentOf(window, 0);
    expect(archives).toEqual(
      regions.map((region) =>
        expect.objectContaining({
          region,
          archive: "prod-orders",
          events: 8,
          rules: [{ name: "shipments", consumers: [{ name: "prod-shipments", region, idempotent: true }] }],
          refused: null,
          slicesDone: 0,
        }),
      ),
    );
    expect(slices).toBeGreaterThanOrEqual(6);
    expect(runAgain).toMatch(
      /^npx evenkeel replay prod --from \S+Z --to \S+Z --speed 1000 --slice-minutes 10 --start$/,
    );
    expect(started).toEqual([]);
  });

  test("replays every minute of the window in both regions though it is killed and interrupted", async () => {
    const killed = run([...window, "--start", "--auto-approve"]);
    onStart = () => {
      if (started.length === 3) killed.started.child.kill("SIGKILL");
    };
    await killed.started.ended;

    const again = run([...window, "--start", "--auto-approve"]);
    expect(await again.started.ended).toMatchObject({ code: 1 });
    expect(again.printed().stderr).toContain("has not ended; go on with evenkeel replay prod --resume");

    const interrupted = run(["--resume", "--auto-approve"]);
    const before = started.length;
    onStart = () => {
      if (started.length === before + 3) interrupted.started.child.kill("SIGINT");
    };
    expect(await interrupted.started.ended).toMatchObject({ code: 130 });
    onStart = () => {};

    const { archives, slices, runAgain } = await documentOf(["--resume", "--auto-approve"], 0);
    expect(archives.map(({ ended, slicesDone }) => [ended, slicesDone])).toEqual(regions.map(() => ["done", slices]));
    expect(runAgain).toBeNull();
    for (const region of regions) {
      const mine = started
        .filter(({ EventSourceArn }) => EventSourceArn === arn(region, "archive/prod-orders"))
        .sort((one, other) => one.EventStartTime - other.EventStartTime);
      // Each begins where one before it has ended.
      const gaps = mine
        .slice(1)
        .filter(({ EventStartTime }, index) => EventStartTime > (mine[index]?.EventEndTime ?? 0));
      expect(gaps).toEqual([]);
      const minutes = ((mine.at(-1)?.EventEndTime ?? 0) - (mine[0]?.EventStartTime ?? 0)) / 60;
      expect([minutes, mine.length]).toEqual([expect.closeTo(60, -0.5), expect.anything()]);
      expect(mine[0]?.Destination).toEqual({
        Arn: arn(region, "event-bus/prod-orders"),
        FilterArns: [arn(region, "rule/prod-orders/shipments")],
      });
      const delivered = await deliveredIn(region);
      expect([...delivered.keys()].sort()).toEqual(Array.from({ length: 8 }, (_, index) => `${region}-${index}`));
      // The simulated EventBridge replays the whole archive, whatever the window: once for each replay that was begun.
      expect(new Set(delivered.values())).toEqual(new Set([mine.length]));
    }
  });

  test("is refused where consumers have forgotten what they handled, and where an archive reaches back less", async () => {
    const { archives } = await documentOf(["--from", "9d", "--regions", home], 0);
    expect(archives[0]).toMatchObject({
      refused: expect.stringContaining("consumers remember what they have handled for 8 days"),
    });
    const older = await documentOf(["--from", "25d", "--to", "22d", "--regions", home, "--remember-days", "40"], 0);
    expect(older.archives[0]).toMatchObject({ refused: expect.stringContaining("it has no events from before") });
  });

  test.each([
    ["there is no begin", [], /--from: is missing/],
    ["the end is not in the archive yet", ["--from", "2h", "--to", "1m"], /--to: is less than 10 minutes ago/],
    ["a time is none", ["--from", "yesterday"], /--from: is no time; write 2026-11-26T08:00Z/],
    ["nothing was interrupted", ["--resume", "--auto-approve"], /No replay of prod was interrupted/],
    ["a rule is not there", ["--from", "2h", "--rules", "shipment"], /--rules: is not there; did you mean "shipments"/],
  ])("ends with what to do when %s", async (_when, args, message) => {
    const { started: child, printed } = run(args);
    expect(await child.ended).toMatchObject({ code: 1 });
    expect(printed().stderr.replace(/\s+/g, " ")).toMatch(message);
  });
});
