import {
  ApplicationAutoScalingClient,
  DescribeScheduledActionsCommand,
  PutScheduledActionCommand,
  RegisterScalableTargetCommand,
} from "@aws-sdk/client-application-auto-scaling";
import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { hourMs } from "../../../forecast";
import { type ForecastAlias, readAliases } from "../../../handlers/predictive-warming/forecast-aliases";
import { withinQuota } from "../../../handlers/predictive-warming/quota";
import { stepsOf } from "../../../handlers/predictive-warming/schedule";
import { type WarmingOptions, warm } from "../../../handlers/predictive-warming/warming";
import { hasMoto, type Moto, startMoto } from "../../support/moto";

const dayMs = 24 * hourMs;
/** A Wednesday, a quarter past eleven in the evening. */
const now = Date.UTC(2025, 2, 5, 23, 15);
const dayStart = Date.UTC(2025, 2, 6);
const need = (start: number): number => (new Date(start).getUTCHours() < 8 ? 3 : 20);

interface Sent {
  readonly name: string;
  readonly input: Record<string, unknown>;
}

/** Clients that answer as AWS does, and keep what they were sent. */
function standIns(
  usedAt: (functionName: string, ofAlias: boolean, start: number) => number | undefined = (_name, _alias, start) =>
    need(start),
  refusal?: (sent: Sent) => string | undefined,
) {
  const sent: Sent[] = [];
  const actions = new Map<string, Set<string>>();
  const keep = (command: { readonly constructor: { readonly name: string }; readonly input: object }): Sent => {
    const one = { name: command.constructor.name, input: command.input as Sent["input"] };
    sent.push(one);
    const kind = refusal?.(one);
    if (kind) throw Object.assign(new Error("secret words of AWS"), { name: kind });
    return one;
  };
  const metrics = {
    send: async (command: never) => {
      const { input } = keep(command);
      const { MetricDataQueries, StartTime, EndTime, NextToken } = input as {
        MetricDataQueries: { Id: string; MetricStat: { Metric: { Dimensions: { Name: string; Value: string }[] } } }[];
        StartTime: Date;
        EndTime: Date;
        NextToken?: string;
      };
      // Two pages, as for a long answer.
      const middle = StartTime.getTime() + 10 * dayMs;
      const [from, until] = NextToken ? [middle, EndTime.getTime()] : [StartTime.getTime(), middle];
      return {
        NextToken: NextToken ? undefined : "more",
        MetricDataResults: MetricDataQueries.map(({ Id, MetricStat: { Metric } }) => {
          const hours = Array.from({ length: (until - from) / hourMs }, (_, index) => from + index * hourMs).flatMap(
            (start) => {
              const value = usedAt(Metric.Dimensions[0]?.Value ?? "", Metric.Dimensions.length === 2, start);
              return value === undefined ? [] : [{ start, value }];
            },
          );
          return { Id, Timestamps: hours.map(({ start }) => new Date(start)), Values: hours.map(({ value }) => value) };
        }),
      };
    },
  };
  const scaling = {
    send: async (command: never) => {
      const { name, input } = keep(command);
      const id = String(input.ResourceId);
      const names = actions.get(id) ?? new Set();
      actions.set(id, names);
      if (name === "PutScheduledActionCommand") names.add(String(input.ScheduledActionName));
      if (name === "DeleteScheduledActionCommand") names.delete(String(input.ScheduledActionName));
      return { ScheduledActions: [...names].map((each) => ({ ScheduledActionName: each })) };
    },
  };
  return { sent, actions, metrics: metrics as never, scaling: scaling as never };
}

const alias = (functionName: string, more: Partial<ForecastAlias> = {}): ForecastAlias => ({
  functionName,
  aliasName: "live",
  min: 2,
  max: 50,
  coverage: 0.95,
  ...more,
});

function run(clients: ReturnType<typeof standIns>, more: Partial<WarmingOptions> = {}) {
  const lines: string[] = [];
  const done = warm({
    metrics: clients.metrics,
    scaling: clients.scaling,
    aliases: [alias("prod-orders")],
    historyDays: 28,
    minDays: 14,
    leadMinutes: 5,
    mostTogether: 500,
    writeMetric: (line: string) => lines.push(line),
    now: () => now,
    ...more,
  });
  return { done, lines };
}

const put = (sent: readonly Sent[]) =>
  sent
    .filter(({ name }) => name === "PutScheduledActionCommand")
    .map(({ input }) => {
      const { ScheduledActionName, Schedule, ScalableTargetAction } = input as Record<string, string> & {
        ScalableTargetAction: { MinCapacity: number; MaxCapacity: number };
      };
      return [ScheduledActionName, Schedule, ScalableTargetAction.MinCapacity, ScalableTargetAction.MaxCapacity];
    });

describe("Predictive warming", () => {
  test("has the next day follow the forecast: more begins early, less on time, and the day ends with the minimum", async () => {
    const clients = standIns();
    const [warmed] = await run(clients).done;
    expect(warmed).toMatchObject({ alias: "prod-orders:live", method: expect.any(String) });
    expect(put(clients.sent)).toEqual([
      ["evenkeel-forecast-00", "at(2025-03-05T23:55:00)", 3, 50],
      ["evenkeel-forecast-08", "at(2025-03-06T07:55:00)", 20, 50],
      ["evenkeel-forecast-end", "at(2025-03-07T00:00:00)", 2, 50],
    ]);
    expect(clients.sent.at(-1)?.input).toMatchObject({
      ServiceNamespace: "lambda",
      ResourceId: "function:prod-orders:live",
      ScalableDimension: "lambda:function:ProvisionedConcurrency",
    });
  });

  test("asks for hours that have ended, of the alias and of its function", async () => {
    const clients = standIns();
    await run(clients).done;
    const { StartTime, EndTime, MetricDataQueries } = (clients.sent[0] as Sent).input;
    expect([StartTime, EndTime]).toEqual([new Date(dayStart - 28 * dayMs), new Date(Date.UTC(2025, 2, 5, 23))]);
    expect(MetricDataQueries).toMatchObject([
      {
        MetricStat: {
          Metric: {
            MetricName: "ConcurrentExecutions",
            Dimensions: [{ Value: "prod-orders" }, { Name: "Resource", Value: "prod-orders:live" }],
          },
          Period: 3600,
          Stat: "Maximum",
        },
      },
      { MetricStat: { Metric: { Dimensions: [{ Name: "FunctionName", Value: "prod-orders" }] } } },
    ]);
  });

  test("takes what the function has where the alias has nothing", async () => {
    const clients = standIns((_name, ofAlias, start) => (ofAlias ? undefined : need(start)));
    expect((await run(clients).done)[0]?.hours[12]).toBe(20);
  });

  test("replaces the day before, and leaves actions of others alone", async () => {
    const clients = standIns();
    const names = ["evenkeel-forecast-03", "evenkeel-forecast-08", "prod-orders-weekday-mornings"];
    clients.actions.set("function:prod-orders:live", new Set(names));
    await run(clients).done;
    expect([...(clients.actions.get("function:prod-orders:live") ?? [])].sort()).toEqual([
      "evenkeel-forecast-00",
      "evenkeel-forecast-08",
      "evenkeel-forecast-end",
      "prod-orders-weekday-mornings",
    ]);
  });

  test("takes an action that is gone already for deleted", async () => {
    const clients = standIns(undefined, ({ name }) =>
      name === "DeleteScheduledActionCommand" ? "ObjectNotFoundException" : undefined,
    );
    clients.actions.set("function:prod-orders:live", new Set(["evenkeel-forecast-03"]));
    await expect(run(clients).done).resolves.toHaveLength(1);
  });

  test("keeps the minimum and says why while the history is short", async () => {
    const clients = standIns((_name, _alias, start) => (start >= dayStart - 5 * dayMs ? need(start) : undefined));
    const { done, lines } = run(clients);
    expect(await done).toEqual([
      {
        alias: "prod-orders:live",
        fixed: "there are 5 days of history, of the 14 that it takes",
        hours: Array.from({ length: 24 }, () => 2),
      },
    ]);
    expect(put(clients.sent)).toEqual([
      ["evenkeel-forecast-00", "at(2025-03-05T23:55:00)", 2, 50],
      ["evenkeel-forecast-end", "at(2025-03-07T00:00:00)", 2, 50],
    ]);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      FunctionName: "prod-orders",
      Forecast: 0,
      EnvironmentHours: 48,
    });
  });

  test("begins at once where the time of the first hour is over", async () => {
    const clients = standIns();
    await run(clients, { now: () => Date.UTC(2025, 2, 5, 23, 58) }).done;
    expect(put(clients.sent)[0]?.[1]).toBe("at(2025-03-05T23:59:00)");
  });

  test("keeps all aliases together within the quota, each with its minimum", async () => {
    const aliases = [alias("prod-orders"), alias("prod-carts", { min: 5 })];
    const warmed = await run(standIns(), { aliases, mostTogether: 17 }).done;
    for (const hour of Array.from({ length: 24 }, (_, index) => index)) {
      expect(warmed.reduce((sum, { hours }) => sum + (hours[hour] ?? 0), 0)).toBeLessThanOrEqual(17);
    }
    expect(warmed.map(({ hours }) => hours[12])).toEqual([7, 9]);
  });

  test("writes the others if an alias fails, and says what to do, without AWS's words", async () => {
    const clients = standIns(undefined, ({ name, input }) =>
      name === "PutScheduledActionCommand" && input.ResourceId === "function:prod-carts:live"
        ? "ObjectNotFoundException"
        : undefined,
    );
    const { done } = run(clients, { aliases: [alias("prod-carts"), alias("prod-orders")] });
    await expect(done).rejects.toThrow(
      "prod-carts:live: Application Auto Scaling answered with ObjectNotFoundException; deploy the function with its provisioned concurrency, then this one; the other aliases have their schedule",
    );
    await expect(done).rejects.not.toThrow(/secret words/);
    expect(clients.actions.get("function:prod-orders:live")?.size).toBe(3);
  });

  test("writes nothing if the history cannot be read", async () => {
    const clients = standIns(undefined, ({ name }) => (name === "GetMetricDataCommand" ? "AccessDenied" : undefined));
    await expect(run(clients).done).rejects.toThrow("CloudWatch answered with AccessDenied; check the function's role");
    expect(put(clients.sent)).toEqual([]);
  });

  describe("in a region that stands by", () => {
    const standby = [alias("prod-orders", { share: 0.5 })];
    const region = "eu-west-1";
    /** Use of one region, in both ways that Lambda counts it. */
    const used = (value: (start: number) => number | undefined) => standIns((_name, _alias, start) => value(start));
    const idle = () => used(() => undefined);

    test("keeps its share of what the serving region is forecast to need, where it has no traffic itself", async () => {
      const serving = { region, metrics: used(need).metrics };
      const [warmed] = await run(idle(), { aliases: standby, serving }).done;
      expect(warmed).toMatchObject({ from: region, method: expect.any(String) });
      // Half of 3 and of 20, with the margin of a history that repeats itself exactly; never below the minimum.
      expect(warmed?.hours.slice(7, 9)).toEqual([2, 10]);
    });

    test("keeps what it needs itself, where that is more", async () => {
      const serving = { region, metrics: used(need).metrics };
      const [warmed] = await run(
        used((start) => 2 * need(start)),
        { aliases: standby, serving },
      ).done;
      expect(warmed?.hours[12]).toBe(40);
    });

    test("keeps no more than its own maximum, and than all may have together", async () => {
      const serving = { region, metrics: used((start) => 20 * need(start)).metrics };
      const atMost = async (more: Partial<WarmingOptions>) =>
        Math.max(...((await run(idle(), { aliases: standby, serving, ...more }).done)[0]?.hours ?? []));
      expect(await atMost({})).toBe(50);
      expect(await atMost({ mostTogether: 12 })).toBe(12);
    });

    test("asks the serving region for aliases with a share only", async () => {
      const other = used(need);
      const aliases = [...standby, alias("prod-carts")];
      const [, carts] = await run(idle(), { aliases, serving: { region, metrics: other.metrics } }).done;
      expect(carts).toMatchObject({ alias: "prod-carts:live", fixed: expect.any(String) });
      expect(carts).not.toHaveProperty("from");
      const asked = other.sent.flatMap(({ input }) => JSON.stringify(input));
      expect(asked.filter((text) => text.includes("prod-carts"))).toEqual([]);
      const unasked = used(need);
      await run(idle(), { aliases: [alias("prod-carts")], serving: { region, metrics: unasked.metrics } }).done;
      expect(unasked.sent).toEqual([]);
    });

    test("keeps what it used in the last day when the serving region cannot be read, and then fails so that somebody looks", async () => {
      const lost = standIns(undefined, () => "TimeoutError");
      const failedOver = Date.UTC(2025, 2, 5, 20);
      const own = used((start) => (start >= failedOver ? 31 : undefined));
      const { done } = run(own, { aliases: standby, serving: { region, metrics: lost.metrics } });
      await expect(done).rejects.toThrow(
        `the history of all aliases in ${region}: CloudWatch answered with TimeoutError; run it again later; until then aliases have what they used here in the last day, or their minimum`,
      );
      expect(put(own.sent)).toEqual([
        ["evenkeel-forecast-00", "at(2025-03-05T23:55:00)", 2, 50],
        ["evenkeel-forecast-20", "at(2025-03-06T19:55:00)", 31, 50],
        ["evenkeel-forecast-23", "at(2025-03-06T23:00:00)", 2, 50],
        ["evenkeel-forecast-end", "at(2025-03-07T00:00:00)", 2, 50],
      ]);
    });
  });

  test("reads many aliases in several calls", async () => {
    const clients = standIns();
    const aliases = Array.from({ length: 101 }, (_, index) => alias(`prod-s${index}`));
    // Too few days for a forecast: only the calls count here.
    await run(clients, { aliases, mostTogether: 10_000, historyDays: 12 }).done;
    expect(clients.sent.filter(({ name }) => name === "GetMetricDataCommand")).toHaveLength(4);
    expect(clients.actions.size).toBe(101);
  });
});

describe("A day of steps", () => {
  test("has at most 25, whatever the hours are", () => {
    const hours = Array.from({ length: 24 }, (_, hour) => 1 + (hour % 2));
    const steps = stepsOf({ dayStart, hours, afterwards: 1, leadMs: 300_000 });
    expect(steps).toHaveLength(25);
    expect(steps.map(({ at }) => at)).toEqual([...steps.map(({ at }) => at)].sort((a, b) => a - b));
  });
});

describe("The quota", () => {
  test("leaves minimums where there is no room at all", () => {
    expect(
      withinQuota(
        [
          { min: 3, hours: [9] },
          { min: 4, hours: [4] },
        ],
        5,
      ),
    ).toEqual([[3], [4]]);
  });
  test("changes nothing where there is room", () => {
    expect(withinQuota([{ min: 1, hours: [9, 2] }], 9)).toEqual([[9, 2]]);
  });
});

describe("ALIASES", () => {
  test("names functions with their limits", () => {
    expect(readAliases("prod-orders:live=2-50@0.95 prod-carts:live=1-9@0.99")).toEqual([
      alias("prod-orders"),
      alias("prod-carts", { min: 1, max: 9, coverage: 0.99 }),
    ]);
  });
  test("may name a share of another region's use", () => {
    expect(readAliases("prod-orders:live=2-50@0.95*0.4 prod-carts:live=2-50@0.95*1")).toEqual([
      alias("prod-orders", { share: 0.4 }),
      alias("prod-carts", { share: 1 }),
    ]);
  });
  test.each([
    "",
    "prod-orders",
    "prod-orders:live=2-5@0.9*2",
    "prod-orders:live=2-5@0.9*",
    "prod-orders:live=5-2@0.9",
    "prod-orders:live=2-5@1",
  ])("is refused as %j", (text) => {
    expect(() => readAliases(text)).toThrow("write <function>:<alias>=<min>-<max>@<coverage>, with spaces between");
  });
});

const onMoto = hasMoto() ? describe : describe.skip;

onMoto("On moto", () => {
  let moto: Moto | undefined;
  const clients: { destroy(): void }[] = [];
  const client = <C extends { destroy(): void }>(create: new (config: never) => C): C => {
    const made = new create({
      region: "eu-west-1",
      endpoint: moto?.endpoint,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      // moto reads no compressed request.
      disableRequestCompression: true,
    } as never);
    clients.push(made);
    return made;
  };

  beforeAll(async () => {
    moto = await startMoto();
  }, 60_000);
  afterAll(async () => {
    for (const each of clients) each.destroy();
    await moto?.stop();
  });

  test("reads what CloudWatch has and writes what Application Auto Scaling takes, twice alike", async () => {
    const metrics = client(CloudWatchClient);
    const scaling = client(ApplicationAutoScalingClient);
    const target = {
      ServiceNamespace: "lambda",
      ResourceId: "function:prod-orders:live",
      ScalableDimension: "lambda:function:ProvisionedConcurrency",
    } as const;
    await scaling.send(new RegisterScalableTargetCommand({ ...target, MinCapacity: 2, MaxCapacity: 50 }));
    await scaling.send(
      new PutScheduledActionCommand({
        ...target,
        ScheduledActionName: "evenkeel-forecast-05",
        Schedule: "at(2025-03-05T05:00:00)",
        ScalableTargetAction: { MinCapacity: 9 },
      }),
    );
    const today = Math.floor(Date.now() / dayMs) * dayMs;
    const starts = Array.from({ length: 20 * 24 }, (_, hour) => today - 20 * dayMs + hour * hourMs);
    for (let first = 0; first < starts.length; first += 120) {
      await metrics.send(
        new PutMetricDataCommand({
          Namespace: "AWS/Lambda",
          MetricData: starts.slice(first, first + 120).map((start) => ({
            MetricName: "ConcurrentExecutions",
            Dimensions: [
              { Name: "FunctionName", Value: "prod-orders" },
              { Name: "Resource", Value: "prod-orders:live" },
            ],
            Timestamp: new Date(start + 60_000),
            Value: need(start),
          })),
        }),
      );
    }
    const names = async (): Promise<string[]> => {
      const { ScheduledActions = [] } = await scaling.send(new DescribeScheduledActionsCommand(target));
      return ScheduledActions.map(({ ScheduledActionName = "" }) => ScheduledActionName).sort();
    };
    const written = ["evenkeel-forecast-00", "evenkeel-forecast-08", "evenkeel-forecast-end"];
    for (const _ of [1, 2]) {
      const [warmed] = await run(
        { ...standIns(), metrics: metrics as never, scaling: scaling as never },
        {
          now: () => today + 2_000,
        },
      ).done;
      expect(warmed).toMatchObject({ method: expect.any(String) });
      expect(await names()).toEqual(written);
    }
  }, 60_000);
});
