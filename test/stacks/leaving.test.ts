import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { TerraformOutput } from "cdktf";
import { description } from "../../cli/commands/describe";
import { type BuildOwnStacks, defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { resourcesOf, type SynthesizedStack } from "../../terraform";
import { synthesizedStacks } from "../frozen/synthesize";
import { temporaryFolder } from "../support/temporary-folder";

const home = "eu-west-1";
const outdir = temporaryFolder();

const environmentWith = (change: Partial<EnvironmentInput>, stacks?: BuildOwnStacks) =>
  defineEnvironment({ ...(prod.input as EnvironmentInput), ...change }, stacks && { stacks });

const synthesized = (...args: Parameters<typeof environmentWith>) =>
  synthesizedStacks(environmentWith(...args), {}, outdir);

const regionsOf = ({ terraform }: SynthesizedStack) =>
  (terraform.provider as { readonly aws: readonly { readonly alias: string }[] }).aws.map(({ alias }) => alias);

const without: Partial<EnvironmentInput> = {
  regions: { home, standby: ["eu-west-2"], leaving: ["eu-central-1"] },
  backups: { ...prod.input.backups, copyTo: "eu-west-2" },
};

describe("An environment that a region leaves", () => {
  const stacks = synthesized(without);
  const names = stacks.map(({ name }) => name);

  test("keeps its provider in every stack, and the one of alarms that are elsewhere", () => {
    for (const stack of stacks) {
      const kept = expect.arrayContaining(["eu-central-1", "us-east-1"]);
      expect([stack.name, regionsOf(stack)]).toEqual([stack.name, kept]);
    }
  });

  test("has the region's services as a stack with a state and without anything else", () => {
    const left = stacks.find(({ name }) => name === "prod-services-eu-central-1");
    expect(left && resourcesOf(left).size).toBe(0);
    expect(left?.terraform.terraform?.backend?.s3?.key).toBe("evenkeel/prod/prod-services-eu-central-1.tfstate");
  });

  test("has readers let go before what they read, and the region's services between", () => {
    expect(names).toHaveLength(10);
    const at = (name: string) => names.indexOf(`prod-${name}`);
    for (const reader of ["routing", "edge", "operations"]) expect(at(reader)).toBeLessThan(at("services-eu-west-1"));
    for (const service of ["services-eu-west-1", "services-eu-west-2", "services-eu-central-1"]) {
      for (const read of ["events", "database", "data"]) expect(at(service)).toBeLessThan(at(read));
    }
    expect(at("keys")).toBe(9);
  });

  test("still says what each stack reads, and describes the order of the deployment", () => {
    const routing = stacks.find(({ name }) => name === "prod-routing");
    expect(routing?.reads).toEqual(expect.arrayContaining(["prod-keys", "prod-services-eu-west-2"]));
    expect(routing?.dependencies).toEqual([]);
    const described = description(environmentWith(without)).stacks.map(({ name }) => name);
    expect(described.slice(0, 3).sort()).toEqual(["prod-edge", "prod-operations", "prod-routing"]);
    expect(described.at(-1)).toBe("prod-keys");
    expect([...described].sort()).toEqual([...names].sort());
  });

  test("is as always while the region still stands, but for protection", () => {
    const texts = (all: readonly SynthesizedStack[]) =>
      all.flatMap((stack) =>
        [...resourcesOf(stack)].map(([address, resource]) => `${stack.name} ${address} ${JSON.stringify(resource)}`),
      );
    const usual = new Set(texts(synthesized({ regions: { home, standby: ["eu-central-1"] } })));
    const standing = synthesized({ regions: { home, standby: ["eu-central-1"], leaving: ["eu-central-1"] } });
    const changed = texts(standing).filter((text) => !usual.has(text));
    for (const text of changed) expect(text).toMatch(/"(enable_)?deletion_protection(_enabled)?":false/);
    expect(changed.map((text) => text.split(" ")[1]).sort()).toEqual([
      "aws_dynamodb_table_replica.handled-events_replica-eu-central-1",
      "aws_dynamodb_table_replica.orders_replica-eu-central-1",
      "aws_dynamodb_table_replica.shipments_replica-eu-central-1",
      "aws_lb.tracking_balancer_load-balancer",
      "aws_rds_cluster.ledger_database_eu-central-1_cluster",
      "aws_rds_cluster.stock_database_eu-central-1_cluster",
    ]);
    expect(standing.every(({ reads }) => reads === undefined)).toBe(true);
  });
});

describe("Stacks that leave, with those of a team", () => {
  const own: BuildOwnStacks = (environment) => {
    const jobs = environment.stack("jobs");
    const queue = new SqsQueue(jobs, "queue", { provider: jobs.providers.in(home), name: "prod-jobs" });
    const reports = environment.stack("reports");
    const [service] = environment.service("orders");
    new TerraformOutput(reports, "reads", { value: [queue.arn, service?.api?.apiId] });
  };

  test("stand between what reads of them and what they read", () => {
    const stacks = synthesized({ leavingStacks: ["batch"] }, own);
    const names = stacks.map(({ name }) => name.slice("prod-".length));
    const at = (name: string) => names.indexOf(name);
    expect(at("reports")).toBeLessThan(at("services-eu-west-1"));
    expect(at("services-eu-west-1")).toBeLessThan(at("batch"));
    expect(at("batch")).toBeLessThan(at("data"));
    expect(at("reports")).toBeLessThan(at("jobs"));
    const batch = stacks[at("batch")];
    expect(batch && [resourcesOf(batch).size, regionsOf(batch)]).toEqual([
      0,
      expect.arrayContaining([home, "eu-central-1", "us-east-1"]),
    ]);
  });

  test("are refused while they are built", () => {
    expect(() => synthesized({ leavingStacks: ["jobs"] }, own)).toThrow(/"jobs" is among leavingStacks/);
  });
});
