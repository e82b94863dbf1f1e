import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { BreakerStore } from "../../../runtime/breaker/breaker-store";
import { createBreakerStore } from "../../../runtime/breaker/dynamodb-store";
import { type Backend, dynaliteBackend } from "../../services/dynamodb-backends";
import { environmentWith, FakeDependency, inTurn, outcomeOf, StandingClock } from "./breakers";

const tableName = "test-circuit-breakers";
let backend: Backend;
let client: DynamoDBDocumentClient;

beforeAll(async () => {
  backend = await dynaliteBackend.start();
  client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: "eu-west-1",
      endpoint: backend.endpoint,
      credentials: { accessKeyId: "none", secretAccessKey: "none" },
    }),
  );
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    }),
  );
});
afterAll(async () => {
  client?.destroy();
  await backend?.stop();
});

let region = 0;
/** Several execution environments that share the state of one breaker, each test with another breaker. */
function environments(count: number, clock = new StandingClock()) {
  region += 1;
  let writes = 0;
  const counted =
    <A extends unknown[], R>(write: (...all: A) => R) =>
    (...all: A): R => {
      writes += 1;
      return write(...all);
    };
  const counting = ({ read, open, elect, close, reopen }: BreakerStore): BreakerStore => ({
    read,
    open: counted(open),
    elect: counted(elect),
    close: counted(close),
    reopen: counted(reopen),
  });
  const carrier = new FakeDependency();
  const all = Array.from({ length: count }, () =>
    environmentWith(clock, {
      region: `region-${region}`,
      store: counting(createBreakerStore({ tableName, client, region: "eu-west-1", now: clock.now })),
      // However busy the machine is.
      waitMs: 10_000,
      transitionMs: 10_000,
    }),
  );
  const everywhere = () => Promise.all(all.map(({ breaker }) => outcomeOf(breaker.call(carrier.call))));
  const reports = () => all.flatMap((one) => one.reports);
  const [first] = all;
  if (!first) throw new Error("there is no environment");
  return { clock, carrier, all, first, everywhere, reports, writes: () => writes };
}

describe("breakers that share their state in DynamoDB", () => {
  test("are all open once one of them is, those that are new at once", async () => {
    const { carrier, first, everywhere } = environments(5);
    carrier.up = false;
    await inTurn(3, () => first.breaker.call(carrier.call));
    expect(await everywhere()).toEqual(Array(5).fill("refused"));
    expect(carrier.calls).toBe(3);
  });

  test("learn it within the time of a refresh, behind a call", async () => {
    const { clock, carrier, all, first, everywhere } = environments(2);
    await everywhere();
    carrier.up = false;
    await inTurn(3, () => first.breaker.call(carrier.call));
    const [, other] = all;
    carrier.up = true;
    expect(await outcomeOf(other?.breaker.call(carrier.call) ?? Promise.reject())).toBe("answered");
    clock.move(10_000);
    await other?.breaker.call(carrier.call);
    await other?.breaker.load();
    expect(await outcomeOf(other?.breaker.call(carrier.call) ?? Promise.reject())).toBe("refused");
  });

  test("write nothing while they are closed", async () => {
    const { clock, everywhere, writes } = environments(3);
    for (let time = 0; time < 5; time += 1) {
      expect(await everywhere()).toEqual(Array(3).fill("answered"));
      clock.move(20_000);
    }
    expect(writes()).toBe(0);
  });

  test("are opened by one of many that see the last failure at the same moment", async () => {
    const { carrier, all, everywhere, reports } = environments(8);
    carrier.up = false;
    for (let time = 0; time < 3; time += 1) await everywhere();
    expect(all.every(({ breaker }) => breaker.isOpen)).toBe(true);
    expect(reports().filter((what) => what === "opened")).toHaveLength(1);
  });

  test("elect one that probes, of many that may, and follow it when it has succeeded", async () => {
    const { clock, carrier, everywhere } = environments(8);
    carrier.up = false;
    for (let time = 0; time < 3; time += 1) await everywhere();
    const before = carrier.calls;
    clock.move(30_000);
    const outcomes = await everywhere();
    expect(outcomes.filter((outcome) => outcome === "failed")).toHaveLength(1);
    expect(carrier.calls).toBe(before + 1);
    // Twice as long, for all of them.
    clock.move(30_000);
    await everywhere();
    expect(carrier.calls).toBe(before + 1);
    carrier.up = true;
    clock.move(30_000);
    await everywhere();
    expect(carrier.calls).toBeGreaterThanOrEqual(before + 2);
    clock.move(1_000);
    expect(await everywhere()).toEqual(Array(8).fill("answered"));
  });

  test("let another probe when the one that was elected has died", async () => {
    const { clock, carrier, all, first } = environments(2);
    carrier.up = false;
    await inTurn(3, () => first.breaker.call(carrier.call));
    const other = all[1]?.breaker ?? first.breaker;
    await outcomeOf(other.call(carrier.call));
    clock.move(30_000);
    // Its environment is frozen, or killed, in the middle of its call.
    await new Promise<void>((begun) => {
      const never = first.breaker.call(() => new Promise<never>(() => begun()));
      never.catch(() => undefined);
    });
    carrier.up = true;
    expect(await outcomeOf(other.call(carrier.call))).toBe("refused");
    clock.move(10_000);
    expect(await outcomeOf(other.call(carrier.call))).toBe("answered");
    expect(other.isOpen).toBe(false);
  });

  test("go on from the last wait of any of them, whoever probes", async () => {
    const { clock, carrier, all, first } = environments(2);
    carrier.up = false;
    await inTurn(3, () => first.breaker.call(carrier.call));
    const other = all[1]?.breaker ?? first.breaker;
    await outcomeOf(other.call(carrier.call));
    clock.move(30_000);
    await outcomeOf(first.breaker.call(carrier.call));
    // The other one hears of this probe only now: it made no call for so long. The next wait is the third one.
    clock.move(60_000);
    expect(await outcomeOf(other.call(carrier.call))).toBe("failed");
    clock.move(99_999);
    expect(await outcomeOf(other.call(carrier.call))).toBe("refused");
    clock.move(1);
    expect(await outcomeOf(other.call(carrier.call))).toBe("failed");
  });

  test("forget what was decided a week ago", async () => {
    const { clock, carrier, first } = environments(1);
    carrier.up = false;
    await inTurn(3, () => first.breaker.call(carrier.call));
    clock.move(7 * 86_400_000 + 1_000);
    const later = createBreakerStore({ tableName, client, region: "eu-west-1", now: clock.now });
    expect(await later.read(first.breaker.name)).toEqual({ status: "closed" });
  });

  test("keep one item for a breaker, without anything of a call", async () => {
    const { carrier, first } = environments(1);
    carrier.up = false;
    await inTurn(3, () => first.breaker.call(carrier.call));
    const { Items = [] } = await client.send(new ScanCommand({ TableName: tableName }));
    const item = Items.find(({ pk }) => pk === first.breaker.name);
    expect(Object.keys(item ?? {}).sort()).toEqual([
      "expiresAt",
      "failedProbes",
      "openedAt",
      "pk",
      "retryAt",
      "status",
    ]);
  });
});

describe("a breaker whose store is gone", () => {
  const gone: BreakerStore = {
    read: () => Promise.reject(new Error("gone")),
    open: () => Promise.reject(new Error("gone")),
    elect: () => Promise.reject(new Error("gone")),
    close: () => Promise.reject(new Error("gone")),
    reopen: () => Promise.reject(new Error("gone")),
  };

  test("refuses no call because of that, and works for its own environment", async () => {
    const [clock, carrier] = [new StandingClock(), new FakeDependency()];
    const { breaker, reports } = environmentWith(clock, { store: gone });
    expect(await inTurn(3, () => breaker.call(carrier.call))).toEqual(Array(3).fill("answered"));
    expect(reports).toEqual(["alone"]);
    carrier.up = false;
    expect(await inTurn(4, () => breaker.call(carrier.call))).toEqual(["failed", "failed", "failed", "refused"]);
    carrier.up = true;
    clock.move(30_000);
    expect(await inTurn(2, () => breaker.call(carrier.call))).toEqual(["answered", "answered"]);
  });

  test("waits for a store that hangs no longer than it is told", async () => {
    const hangs = () => new Promise<never>(() => undefined);
    const carrier = new FakeDependency();
    const { breaker } = environmentWith(new StandingClock(), { store: { ...gone, read: hangs }, waitMs: 5 });
    expect(await outcomeOf(breaker.call(carrier.call))).toBe("answered");
  });
});
