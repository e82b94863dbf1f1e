import { cpSync, existsSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { App } from "cdktf";
import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import { reviewPlan } from "../../gates";
import { compareWithStates, type Simulator, startSimulator, statesIn } from "../../simulator";
import { buildStacks } from "../../stacks";
import { deploy, promote, readStackFolders, TerraformStack } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const minutes = 60_000;

const home = "eu-west-1";
const frankfurt = "eu-central-1";
const london = "eu-west-2";

/** What a simulated cloud is: the states of local backends and of the simulated S3, and what exists. */
const parts = ["state", "s3", "inventory.jsonl"];

describe("ways back", () => {
  const root = temporaryFolder();
  const cloud = join(root, "cloud");
  let simulator: Simulator;
  let count = 0;

  beforeAll(async () => {
    simulator = await startSimulator({ directory: cloud });
  }, minutes);
  afterAll(() => simulator?.stop());

  function synthesized(input: EnvironmentInput): string {
    count += 1;
    const outdir = join(root, `out-${count}`);
    const localStateDirectory = relative(process.cwd(), join(cloud, "state"));
    const app = new App({ outdir });
    buildStacks(app, defineEnvironment(input).resolve({ localStateDirectory }));
    app.synth();
    return outdir;
  }

  async function step(input: EnvironmentInput): Promise<string[]> {
    const output = synthesized(input);
    const { leaving } = defineEnvironment(input);
    const refused: string[] = [];
    const started = Date.now();
    console.log(readStackFolders(output).map(({ name }) => name).join(" "));
    const reports = await promote({
      output,
      env: simulator.env,
      check: (stack, plan) => {
        const options = { leaving, firstDeployment: true };
        const { violations } = reviewPlan({ stack, plan }, options);
        refused.push(...violations.map(({ rule, address, removes, message }) => `${stack} ${rule} ${removes ?? `!!${address} ${message}`}`));
        return true;
      },
    });
    console.log(Date.now() - started, reports.map(({ stack, changes }) => `${stack} ${changes.length}`).join("\n"), "\n", refused.join("\n"));
    return refused;
  }

  function snapshot(name: string): void {
    for (const part of parts) {
      const source = join(cloud, part);
      if (existsSync(source)) cpSync(source, join(root, "snapshots", name, part), { recursive: true });
    }
  }

  function restore(name: string): void {
    for (const part of parts) {
      rmSync(join(cloud, part), { recursive: true, force: true });
      const source = join(root, "snapshots", name, part);
      if (existsSync(source)) cpSync(source, join(cloud, part), { recursive: true });
    }
  }

  test("base", async () => {
    const started = Date.now();
    await deploy({ output: synthesized(prod.input as EnvironmentInput), env: simulator.env });
    snapshot("prod");
    console.log("deployed", Date.now() - started);
  }, 20 * minutes);

  const at = (regions: EnvironmentInput["regions"], more: Partial<EnvironmentInput> = {}): EnvironmentInput => ({ ...(prod.input as EnvironmentInput), regions, ...more });

  const left = () => {
    const { orphans, missing } = compareWithStates(simulator.inventory, statesIn(cloud));
    console.log("orphans", orphans.map((o) => `${o.type} ${o.state.id} ${o.place.region}`), missing);
  };
  const services = (prod.input.services ?? []).map(({ recovery: _, ...service }) => service) as unknown as NonNullable<EnvironmentInput["services"]>;

  test("lower", async () => {
    restore("prod");
    left();
    await step(at({ home, standby: [frankfurt], leaving: [frankfurt] }));
    await step(at({ home, standby: [], leaving: [frankfurt] }, { stage: "foundation", services }));
    await step(at({ home }, { stage: "foundation", services }));
    left();
    const [database] = prod.input.databases ?? [];
    if (!database) throw new Error("no");
    const ack = { stack: "prod-database", address: "aws_rds_cluster.ledger_database_eu-west-1_cluster", reason: "no longer needed at all", expires: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) };
    const databases = [{ ...database, cluster: { ...database.cluster, deletionProtection: false } }];
    await step(at({ home }, { stage: "foundation", services, databases, acknowledgedRemovals: [ack] }));
    const [orders] = services;
    if (!orders) throw new Error("no");
    const { publishes: _, hostedZoneId: __, dns: ___, ...rest } = orders;
    const { domainName: ____, ...api } = orders.api as NonNullable<typeof orders.api>;
    const bare = { stage: "foundation" as const, services: [{ ...rest, api }], databases: [], eventBuses: [] };
    await step(at({ home }, { ...bare, leavingStacks: ["events", "database", "routing", "edge"] }));
    await step(at({ home }, bare));
    left();
    for (const stack of readStackFolders(synthesized(at({ home }, bare)))) expect(await new TerraformStack(stack, simulator.env).isSettled()).toBe(true);
  }, 20 * minutes);
});
