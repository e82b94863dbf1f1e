import { KinesisStream } from "@cdktf/provider-aws/lib/kinesis-stream";
import { App } from "cdktf";
import { costOf } from "../../cli/commands/cost";
import { defineEnvironment, type EnvironmentInput } from "../../config";
import type { BuiltEnvironment } from "../../contract";
import { deployedAt, pricings, stageCosts } from "../../costs";
import { firesPerMonth } from "../../costs/month";
import prod from "../../environments/prod";
import { weekHoursOf } from "../../modules/service-traffic";
import { buildStacks } from "../../stacks";
import type { StackJson } from "../../terraform";
import { importedTypes } from "../support/sent-resources";
import { shop } from "./environments";

const shopWith = (changes: Partial<EnvironmentInput>) => defineEnvironment({ ...shop.input, ...changes });
const shopService = (change: (service: NonNullable<EnvironmentInput["services"]>[number]) => object) =>
  (shop.input.services ?? []).map((service) => ({ ...service, ...change(service) }));

describe("Pricing functions", () => {
  test("are there for every type that the toolkit makes, so that none is forgotten", () => {
    expect(importedTypes().filter((type) => !(type in pricings))).toEqual([]);
  });

  test("of a team price types that the toolkit does not know; without one they are told", () => {
    const stacks = (environment: BuiltEnvironment) => {
      const stack = environment.stack("clicks");
      new KinesisStream(stack, "stream", { provider: stack.providers.in("eu-west-1"), name: "clicks", shardCount: 2 });
    };
    const unpriced = stageCosts(defineEnvironment(shop.input, { stacks }), "foundation").quiet;
    expect(unpriced.unpriced).toEqual([{ type: "aws_kinesis_stream", resources: 1 }]);
    const shardHour = {
      service: "Amazon Kinesis",
      unit: "shard-hour",
      per: 1,
      usd: 0.017,
      asOf: "2026-11-27",
      source: "https://aws.amazon.com/kinesis/data-streams/pricing/",
      verified: true,
    } as const;
    const own = defineEnvironment(shop.input, {
      stacks,
      pricings: { aws_kinesis_stream: () => [{ price: shardHour, units: 2 * 730, how: "2 shards x 730 h" }] },
    });
    const { quiet } = stageCosts(own, "foundation");
    expect(quiet.unpriced).toEqual([]);
    expect(quiet.usd - unpriced.usd).toBeCloseTo(2 * 730 * 0.017, 6);
  });
});

describe("The estimate of prod", () => {
  const { resources } = deployedAt(prod, "optimization");
  const data = costOf(prod);

  test("is made from the same resources that are synthesized, byte for byte", () => {
    const stacks = buildStacks(new App({ stackTraces: false }), prod.resolve());
    const synthesized = stacks.flatMap((stack) =>
      Object.values((stack.toTerraform() as StackJson).resource ?? {}).flatMap((byName) => Object.values(byName)),
    );
    expect(JSON.stringify(resources.map(({ values }) => values))).toBe(JSON.stringify(synthesized));
  });

  test("knows which capability made what", () => {
    const makersOf = (type: string) => [
      ...new Set(resources.filter((one) => one.type === type).map(({ capability }) => capability)),
    ];
    expect(makersOf("aws_cloudwatch_dashboard")).toEqual(["dashboards", "kpis"]);
    expect(makersOf("aws_wafv2_web_acl")).toEqual(["firewall"]);
    expect(makersOf("aws_db_proxy")).toEqual(["databaseProxy"]);
    expect(makersOf("aws_fis_experiment_template")).toEqual(["chaosExperiments"]);
    expect(makersOf("aws_dynamodb_table_replica")).toEqual([undefined]);
    // What one capability adds to what another one has made is its own.
    expect(new Set(makersOf("aws_sqs_queue"))).toEqual(new Set([undefined, "deadLetters", "alertChannels"]));
  });

  test("has the same sum by capability, region and service, and of its lines, in both estimates", () => {
    const sum = (sums: readonly { usd: number; failoverUsd: number | null }[], of: "usd" | "failoverUsd") =>
      sums.reduce((total, one) => total + (one[of] ?? 0), 0);
    for (const sums of [data.capabilities, data.regions, data.services]) {
      // Each row is rounded to a cent.
      expect(Math.abs(sum(sums, "usd") - data.usd)).toBeLessThan(0.01 * sums.length);
      expect(Math.abs(sum(sums, "failoverUsd") - (data.failoverUsd ?? 0))).toBeLessThan(0.01 * sums.length);
    }
    expect(data.lines.reduce((total, { usd }) => total + usd, 0)).toBeCloseTo(data.usd, 2);
    expect(data.unpriced).toEqual([]);
  });

  test("says what each stage adds", () => {
    const [foundation, hardening, optimization] = data.stages;
    expect(foundation).toMatchObject({ stage: "foundation", addsUsd: null });
    expect((foundation?.usd ?? 0) + (hardening?.addsUsd ?? 0)).toBeCloseTo(hardening?.usd ?? 0, 2);
    expect(optimization).toMatchObject({ usd: data.usd });
    expect(optimization?.addsUsd).toBeGreaterThan(0);
  });

  test("has what is cached and restored of a function in Python that starts from snapshots", () => {
    const ofSnapshots = data.lines.filter(({ price }) => price?.startsWith("lambda.snapstart."));
    // 512 MB in two regions, for 730 hours each; nothing is known of its traffic.
    const cached = 2 * 0.5 * 730 * 3600 * 0.0000015046;
    expect(ofSnapshots.map(({ price }) => price)).toEqual(["lambda.snapstart.cache", "lambda.snapstart.cache"]);
    expect(ofSnapshots.reduce((total, { usd }) => total + usd, 0)).toBeCloseTo(cached, 2);
  });

  test("says that provisioned concurrency costs money there, and from which utilization on it would not", () => {
    const [orders] = data.provisioned;
    expect(orders).toMatchObject({ service: "orders", region: "eu-west-1", breakEven: expect.closeTo(0.797, 3) });
    expect(orders?.provisionedUsd).toBeGreaterThan(orders?.onDemandUsd ?? 0);
    expect(orders?.utilization).toBeLessThan(0.797);
    expect(data.withoutTraffic).toEqual(["storefront", "shipments", "picking", "quotes", "stock"]);
  });
});

describe("The estimate", () => {
  test("says that provisioned concurrency saves money where it is in use most of the time", () => {
    // Ten environments for as much work as ten can do: the rest runs on demand.
    const busy = shopWith({
      regions: { home: "us-east-1", standby: ["us-east-2"] },
      services: shopService(({ function: fn, api, traffic }) => ({
        function: { ...fn, reservedConcurrency: 100 },
        api: { ...api, throttle: { rateLimit: 1_000, burstLimit: 2_000 } },
        traffic: { ...traffic, requestsPerSecond: 200, peakFactor: 1 },
      })) as never,
    });
    const [verdict] = stageCosts(busy, "optimization").verdicts;
    expect(verdict?.breakEven).toBeCloseTo(0.6, 2);
    expect(verdict?.utilization).toBeGreaterThan(0.6);
    expect(verdict?.provisionedUsd).toBeLessThan(verdict?.onDemandUsd ?? 0);
  });

  test("takes the share of the traffic that a standby region takes over", () => {
    const half = shopWith({
      services: shopService(({ traffic }) => ({ traffic: { ...traffic, failoverShare: 0.5 } })) as never,
    });
    const requests = (usdOf: "quiet" | "failover") =>
      stageCosts(half, "optimization")[usdOf]?.lines.find(({ price }) => price === "api-gateway.http")?.units;
    expect(requests("quiet")).toBe(26_280_000);
    expect(requests("failover")).toBe(13_140_000);
  });

  test("says where another region's price stands in, and which are second-hand or negotiated", () => {
    const north = shopWith({ regions: { home: "eu-north-1" }, stage: "foundation" });
    const { prices } = costOf(north);
    expect(prices.assumedFrom).toBe("us-east-1");
    expect(prices.assumed).toContain("api-gateway.http in eu-north-1");
    expect(prices.assumed).not.toContain("lambda.requests in eu-north-1");
    expect(prices.negotiated).toEqual(["kms.keys"]);
    expect(costOf(shop).prices.unverified).toContain("transfer.internet");
  });

  test("leaves out a stage at which the environment has mistakes", () => {
    const { stages } = costOf(shopWith({ stage: "foundation", exceptions: {}, regions: { home: "eu-west-1" } }));
    expect(stages).toEqual([
      { stage: "foundation", usd: expect.any(Number), addsUsd: null },
      { stage: "hardening", usd: expect.any(Number), addsUsd: expect.any(Number) },
      { stage: "optimization", usd: null, addsUsd: null },
    ]);
  });

  test("takes off no more than the free tier of what is used", () => {
    const { quiet } = stageCosts(shopWith({ services: [] }), "foundation");
    // Three dashboards and 25 GB of tables are free; keys are not.
    expect(quiet.freeTierUsd).toBeCloseTo(20 * 0.283, 6);
  });

  test.each([
    ["--by", () => costOf(shop, { by: "team" }), /--by: is not one of capability, stage, region, service/],
    ["--stage", () => costOf(shop, { stage: "hardenin" }), /--stage: is not a stage; did you mean "hardening"/],
    [
      "--failover",
      () => costOf(shop, { failover: "eu-west-3" }),
      /--failover: is no region that takes over; use one of eu-central-1 \(received eu-west-3\)/,
    ],
    [
      "--failover before there is a standby region",
      () => costOf(shop, { stage: "foundation", failover: "eu-central-1" }),
      /cannot take over: at foundation services run in eu-west-1 only; name a later stage/,
    ],
    [
      "a table that is not there",
      () => costOf(shopWith({ costs: { tableGb: { cart: 5 } } })),
      /costs.tableGb.cart: is no table of this environment; did you mean "carts"/,
    ],
    [
      "a price that is not in the table",
      () => costOf(shopWith({ costs: { prices: { "lambda.request": 1 } as never } })),
      /costs.prices.lambda.request/,
    ],
  ])("refuses a mistake in %s", (_, estimate, message) => {
    expect(estimate).toThrow(message);
  });
});

describe("A schedule", () => {
  test.each([
    ["rate(1 minute)", 43_800],
    ["rate(5 minutes)", 8_760],
    ["rate(2 hours)", 365],
    ["cron(0 3 ? * * *)", 730 / 24],
    ["cron(0 1 1 * ? *)", 1],
    ["cron(0 10 ? * TUE#1 *)", 1],
    ["cron(0/15 8-17 ? * MON-FRI *)", (4 * 10 * 5 * 730) / 24 / 7],
    ["at(2026-11-27T10:00:00)", 0],
  ])("%s fires so often in a month", (expression, times) => {
    expect(firesPerMonth(expression)).toBeCloseTo(times, 6);
  });

  test("has its hours of the week, Monday first, if it is weekly", () => {
    expect(weekHoursOf("cron(30 6 ? * MON,SUN *)")).toEqual([6, 150]);
    expect(weekHoursOf("cron(0 6 1 * ? *)")).toBeUndefined();
    expect(weekHoursOf("rate(1 hour)")).toBeUndefined();
  });
});
