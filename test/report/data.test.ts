import { defineEnvironment, type Stage } from "../../config";
import sandbox from "../../environments/sandbox";
import { type Report, readReport } from "../../report";
import { differencesTo } from "../../report/data/differences";
import { pathsOf } from "../../report/data/paths";
import { physicalName } from "../../report/data/physical-name";
import { readResources, readTopology } from "../../topology";
import { synthesizedStacks } from "../frozen/synthesize";
import { temporaryFolder } from "../support/temporary-folder";
import { outputFolder, type Resources, ref, resource, upstream } from "../topology/output-folder";
import { wholeEnvironment } from "../topology/whole-environment";

const home = "eu-west-1";
const standby = "eu-central-1";

describe("readReport", () => {
  const reason = "rotated passwords are not tried here";
  const environment = defineEnvironment({
    ...sandbox.input,
    stage: "hardening",
    services: sandbox.input.services?.map((service) =>
      service.name === "shipments"
        ? { ...service, recovery: { recoveryTimeSeconds: 420, recoveryPointSeconds: 420 } }
        : service,
    ),
    exceptions: { secretRotation: { enabled: false, reason } },
  });
  let report: Report;
  const at = (stage: Stage): string => {
    const folder = temporaryFolder("report-");
    synthesizedStacks(environment, { stage }, folder);
    return folder;
  };
  const read = (stage: Stage, next?: Stage): Report => {
    const output = at(stage);
    const topology = readTopology(output);
    return readReport({ environment, stage, output, topology, nextOutput: next && at(next) });
  };
  beforeAll(() => {
    report = read("hardening", "optimization");
  });

  test("says what it is about", () => {
    expect(report).toMatchObject({
      environment: "sandbox",
      description: "For trying things out; holds nothing that matters",
      stage: "hardening",
      ownStage: "hardening",
      account: "111111111111",
      homeRegion: home,
      activeRegion: home,
      standbyRegions: [standby],
    });
  });

  test("has each resource once, in the stack that holds it", () => {
    const names = report.stacks.map(({ name }) => name);
    expect(names.slice(0, 2)).toEqual(["sandbox-keys", "sandbox-data"]);
    const all = report.stacks.flatMap(({ name, resources }) => resources.map(({ address }) => `${name} ${address}`));
    expect(new Set(all).size).toBe(all.length);
    expect(report.totals).toMatchObject({ stacks: names.length, resources: all.length });
    expect(report.totals.regions.map(({ region }) => region)).toEqual([home]);
  });

  test("says of each resource what it is, and what would be lost with it", () => {
    const data = report.stacks.find(({ name }) => name === "sandbox-data");
    expect(data?.dependsOn).toEqual(["sandbox-keys"]);
    // What holds something comes first.
    expect(data?.resources[0]).toEqual({
      address: "aws_dynamodb_table.handled-events_table",
      type: "aws_dynamodb_table",
      name: "sandbox-handled-events",
      region: home,
      holds: "items",
    });
    const alarm = data?.resources.find(({ address }) => address.endsWith("orders_alarms-eu-west-1_throttles"));
    expect(alarm).toMatchObject({ name: "sandbox-orders-table-throttles", holds: undefined });
    const holding = report.stacks.flatMap(({ resources }) => resources.filter(({ holds }) => holds !== undefined));
    expect(report.totals.holding).toBe(holding.length);
  });

  test("says what the next stage brings, exceptions left out", () => {
    const { next, capabilities } = report.stages;
    const coming = capabilities.filter(({ comesNext }) => comesNext).map(({ name }) => name);
    expect(coming).toContain("replicatedTables");
    expect(coming).not.toContain("secretRotation");
    expect(capabilities.find(({ name }) => name === "secretRotation")).toMatchObject({ enabled: false, reason });
    expect(capabilities.find(({ name }) => name === "alarms")).toMatchObject({ enabled: true, since: "foundation" });
    expect(next?.kinds).toContainEqual({
      type: "aws_dynamodb_table_replica",
      now: 0,
      next: 3,
      added: 3,
      removed: 0,
      changed: 0,
    });
    const grown = next?.kinds.reduce((sum, { added, removed }) => sum + added - removed, 0);
    expect(next).toMatchObject({
      stage: "optimization",
      resources: report.totals.resources + (grown ?? 0),
      removed: [],
    });
  });

  test("has no migrations where no database has any", () => {
    expect(report.migrations).toEqual([]);
  });

  test("holds recovery against its objectives, and says from when on", () => {
    expect(report.recovery).toMatchObject({ inForce: false, since: "optimization" });
    const [orders, shipments] = report.recovery.services;
    expect(shipments).toMatchObject({ service: "shipments", met: true, objective: { recoveryTimeSeconds: 420 } });
    expect(shipments?.paths.map(({ path }) => path)).toEqual(["events", "tables", "tables"]);
    expect(orders).toMatchObject({ service: "orders", met: undefined, objective: undefined });
  });

  test("knows no stage after the last, where standby regions serve", () => {
    const last = read("optimization");
    expect(last.stages.next).toBeUndefined();
    expect(last.recovery.inForce).toBe(true);
    expect(last).toMatchObject({ stage: "optimization", ownStage: "hardening" });
    expect(last.topology.withoutClient).toContainEqual({
      kind: "Function",
      name: "sandbox-shipments",
      region: standby,
      startedBy: ["events"],
    });
  });

  test("is the same for the same input", () => {
    expect(read("hardening", "optimization")).toEqual(report);
  });
});

const resourcesOf = (resources: Resources) =>
  readResources(outputFolder({ only: { resources, regions: [home, standby] } }));

describe("physicalName", () => {
  const nameOf = (type: string, body: Record<string, unknown>, more: Resources = {}) => {
    const found = resourcesOf({ ...more, [type]: { it: body } }).find(
      (each) => each.type === type && each.name === "it",
    );
    return found && physicalName(found);
  };

  test.each([
    ["aws_sqs_queue", { name: "orders" }, "orders"],
    ["aws_lambda_function", { function_name: "orders" }, "orders"],
    ["aws_cloudwatch_metric_alarm", { alarm_name: "errors", metric_name: "Errors" }, "errors"],
    ["aws_apigatewayv2_route", { route_key: "GET /orders" }, "GET /orders"],
    ["aws_cloudfront_distribution", { aliases: ["a.example.com", "b.example.com"] }, "a.example.com"],
    ["aws_vpc", { tags: { Name: "orders" } }, "orders"],
    ["aws_kms_key", { description: "Orders" }, undefined],
    ["aws_lambda_alias", { name: ref("aws_lambda_function.f.function_name") }, undefined],
  ])("of %s with %j is %s", (type, body, name) => expect(nameOf(type, body)).toBe(name));

  test("of a replica is that of its table", () => {
    const table = { aws_dynamodb_table: { orders: { name: "prod-orders" } } };
    const replica = { global_table_arn: ref("aws_dynamodb_table.orders.arn") };
    expect(nameOf("aws_dynamodb_table_replica", replica, table)).toBe("prod-orders");
  });
});

describe("differencesTo", () => {
  const holds = { aws_dynamodb_table: "items" };
  const between = (now: Resources, next: Resources) =>
    differencesTo("hardening", resourcesOf(now), resourcesOf(next), holds);

  test("counts what comes, goes and is configured otherwise, by type", () => {
    const { kinds, removed, changedHolding, resources } = between(
      {
        aws_sqs_queue: { a: { name: "a" }, b: { name: "b", delay_seconds: 1 }, same: { name: "same" } },
        aws_dynamodb_table: { t: { name: "t", ttl: [{ enabled: false }] } },
      },
      {
        aws_sqs_queue: {
          b: { name: "b", delay_seconds: 2 },
          same: { name: "same" },
          c: { name: "c" },
          d: { name: "d" },
        },
        aws_dynamodb_table: { t: { name: "t", ttl: [{ enabled: true }] } },
        aws_sns_topic: { s: { name: "s" } },
      },
    );
    expect(kinds).toEqual([
      { type: "aws_dynamodb_table", now: 1, next: 1, added: 0, removed: 0, changed: 1 },
      { type: "aws_sns_topic", now: 0, next: 1, added: 1, removed: 0, changed: 0 },
      { type: "aws_sqs_queue", now: 3, next: 4, added: 2, removed: 1, changed: 1 },
    ]);
    expect([removed, changedHolding, resources]).toEqual([["only aws_sqs_queue.a"], ["only aws_dynamodb_table.t"], 6]);
  });

  test("sees no difference in cdktf's own notes, nor in data sources", () => {
    const queue = (path: string) => ({ aws_sqs_queue: { a: { "//": { metadata: { path } }, name: "a" } } });
    expect(between(queue("x/a"), queue("y/a")).kinds).toEqual([]);
  });
});

describe("pathsOf", () => {
  const paths = pathsOf(readTopology(outputFolder(wholeEnvironment([home, standby]))));

  test("says where traffic goes, and where it goes on failure", () => {
    expect(paths.failovers).toContainEqual({
      from: { kind: "DNS name", name: "orders.example.com", region: undefined },
      primary: [{ kind: "HTTP API", name: "big-orders", region: home }],
      secondary: [{ kind: "HTTP API", name: "big-orders", region: standby }],
      mutual: false,
    });
  });

  test("says what is replicated, and where to", () => {
    expect(paths.replicated).toContainEqual({ kind: "Global table", name: "big-orders", regions: [standby, home] });
    expect(paths.replicated.map(({ kind }) => kind)).toEqual(["Global database", "Global table", "Multi-Region key"]);
  });

  test("says what no client calls, and what starts it, from references alone", () => {
    const bus = outputFolder({
      events: {
        resources: { aws_cloudwatch_event_bus: { b: resource(home, "b/bus", { name: "b" }) } },
        outputs: { bus: ref("aws_cloudwatch_event_bus.b.name") },
      },
      services: {
        reads: ["events"],
        resources: {
          aws_cloudwatch_event_rule: { r: { event_bus_name: upstream(0, "bus") } },
          aws_cloudwatch_event_target: {
            t: { rule: ref("aws_cloudwatch_event_rule.r.name"), arn: ref("aws_lambda_function.api.arn") },
          },
          aws_lambda_function: { api: resource(home, "api/fn", { function_name: "http-api" }) },
        },
      },
    });
    expect(pathsOf(readTopology(bus)).withoutClient).toEqual([
      { kind: "Function", name: "http-api", region: home, startedBy: ["events"] },
    ]);
  });
});
