import { App } from "cdktf";
import type { Construct } from "constructs";
import { type BuildContext, defineCapability, defineEnvironment } from "../../config";
import prod from "../../environments/prod";
import { ServiceFunction } from "../../modules/service-function";
import { buildStacks } from "../../stacks";
import { temporaryFolder } from "../support/temporary-folder";

const offered: [point: string, path: string][] = [];
const record = (point: string) => (construct: Construct) => void offered.push([point, construct.node.path]);

/** Adds a function wherever it can, as those have to be offered too. */
const probe =
  (point: string) =>
  (construct: Construct, { operationsKey, deployment }: BuildContext) => {
    record(point)(construct);
    new ServiceFunction(construct, "probe", {
      config: { entry: "services/shipments/handler.ts", reservedConcurrency: null },
      name: `${point}-${offered.length}`,
      region: deployment.homeRegion,
      account: deployment.account,
      key: operationsKey,
      tracing: false,
    });
  };

const probes = defineCapability({
  name: "probes",
  brings: "a record of what capabilities are offered",
  builds: {
    environment: probe("environment"),
    region: record("region"),
    service: record("service"),
    table: probe("table"),
    bus: (bus, at) => (bus.region === at.deployment.homeRegion ? probe("bus")(bus, at) : record("bus")(bus)),
    database: probe("database"),
    edge: probe("edge"),
    function: record("function"),
    rule: record("rule"),
  },
});

const environment = defineEnvironment(prod.input, { capabilities: { foundation: [probes] } });
buildStacks(new App({ outdir: temporaryFolder(), stackTraces: false }), environment.resolve());

const at = (point: string) => offered.filter(([offeredAt]) => offeredAt === point).map(([, path]) => path);

describe("A capability is offered", () => {
  const services = ["orders", "ledger", "storefront", "shipments", "picking", "quotes", "stock"];
  const regional = ["prod-services-eu-west-1", "prod-services-eu-central-1"];

  test.each([
    ["environment", ["prod-operations"]],
    ["region", regional],
    ["service", regional.flatMap((stack) => services.map((service) => `${stack}/${service}`))],
    ["table", ["orders", "shipments", "handled-events"].map((table) => `prod-data/${table}`)],
    ["bus", ["prod-events/orders-eu-west-1", "prod-events/orders-eu-central-1"]],
    ["database", ["prod-database/ledger", "prod-database/stock"]],
    ["edge", ["prod-edge/storefront"]],
    [
      "rule",
      [
        ...["eu-west-1", "eu-central-1"].map(
          (region) => `prod-events/queues/orders-to-pick-${region}/subscription-placed`,
        ),
        ...regional.map((stack) => `${stack}/shipments/subscription-order-placed`),
      ],
    ],
  ])("each %s once", (point, paths) => {
    expect(at(point)).toEqual(paths);
  });

  test("each function once, those that capabilities add included", () => {
    expect(at("function").sort()).toEqual(
      [
        ...regional.flatMap((stack) =>
          [...services, "predictive-warming", "queue-pausing", "spend-brake", "warmer"].map(
            (name) => `${stack}/${name}/function`,
          ),
        ),
        ...["orders", "shipments", "handled-events"].map((table) => `prod-data/${table}/probe`),
        "prod-database/ledger/migrations/function",
        "prod-database/ledger/probe",
        "prod-database/ledger/rotation-ledger-service/function",
        "prod-database/stock/migrations/function",
        "prod-database/stock/probe",
        "prod-database/stock/rotation-stock-service/function",
        "prod-edge/storefront/probe",
        "prod-events/orders-eu-west-1/probe",
        "prod-operations/key-rotation/function",
        "prod-operations/probe",
      ].sort(),
    );
  });
});
