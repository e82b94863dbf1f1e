import { App } from "cdktf";
import { defineEnvironment, type EnvironmentInput, type Stage } from "../../config";
import dev from "../../environments/dev";
import prod from "../../environments/prod";
import { buildStacks } from "../../stacks";
import { resourcesOf } from "../../terraform";
import { synthesizedStacks } from "../frozen/synthesize";
import { temporaryFolder } from "../support/temporary-folder";

const vault = {
  provider: "vault" as const,
  address: "https://vault.example.com:8200",
  serverId: "vault.example.com",
  encryptedByKmsBefore: false,
};

const names = (input: EnvironmentInput, stage: Stage) =>
  buildStacks(
    new App({ outdir: temporaryFolder(), stackTraces: false }),
    defineEnvironment(input).resolve({ stage }),
  ).map(({ node }) => node.id);

describe("The stacks of an environment", () => {
  test("are handed back in the order of deployment", () => {
    expect(names(prod.input, "optimization")).toEqual([
      "prod-keys",
      "prod-data",
      "prod-database",
      "prod-events",
      "prod-services-eu-west-1",
      "prod-services-eu-central-1",
      "prod-routing",
      "prod-edge",
      "prod-operations",
    ]);
  });

  test("have Vault after the services, where it keeps their keys", () => {
    expect(names({ ...prod.input, keyManagement: vault }, "foundation")).toEqual([
      "prod-keys",
      "prod-data",
      "prod-database",
      "prod-events",
      "prod-services-eu-west-1",
      "prod-vault",
      "prod-routing",
      "prod-edge",
      "prod-operations",
    ]);
  });

  test("wait with the certificates of a standby region for the home region's validation records", () => {
    const upstreams = (input: EnvironmentInput) =>
      buildStacks(
        new App({ outdir: temporaryFolder(), stackTraces: false }),
        defineEnvironment(input).resolve({ stage: "optimization" }),
      )
        .find(({ node }) => node.id === `${input.name}-services-eu-central-1`)
        ?.dependencies.map(({ node }) => node.id);
    expect(upstreams(prod.input)).toEqual(["prod-services-eu-west-1"]);
    // Its APIs have no domain. What it reads becomes a dependency when it is synthesized.
    expect(upstreams(dev.input)).toEqual([]);
  });

  test("are left out where nothing would be in them", () => {
    const bare = {
      ...prod.input,
      chaos: undefined,
      containers: [],
      containerNetwork: undefined,
      containerFlowLogs: undefined,
      databases: [],
      eventBuses: [],
      queues: [],
      services: [],
      tables: [],
    };
    expect(names(bare, "foundation")).toEqual(["prod-keys", "prod-data", "prod-services-eu-west-1", "prod-operations"]);
    const withoutUse = { ...bare, keyManagement: vault };
    expect(names(withoutUse, "foundation")).not.toContain("prod-vault");
  });
});

describe("Routing", () => {
  const [orders, ...others] = prod.input.services ?? [];
  if (!orders) throw new Error("prod has services");
  const routing = (manualSwitch: "routing-control" | "metric", stage: Stage) => {
    const dns = { ...orders.dns, manualSwitch } as typeof orders.dns;
    const environment = defineEnvironment({ ...prod.input, services: [{ ...orders, dns }, ...others] });
    const stacks = synthesizedStacks(environment, { stage }, temporaryFolder());
    const stack = stacks.find(({ name }) => name === "prod-routing");
    return stack ? [...resourcesOf(stack).keys()] : [];
  };

  test("has one recovery cluster, once names move, where a service is switched by routing controls", () => {
    const clusters = (addresses: readonly string[]) =>
      addresses.filter((address) => address.startsWith("aws_route53recoverycontrolconfig_cluster."));
    expect(clusters(routing("routing-control", "optimization"))).toHaveLength(1);
    expect(clusters(routing("routing-control", "hardening"))).toEqual([]);
  });
});
