import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import { App } from "cdktf";
import { defineEnvironment, type EnvironmentInput } from "../../config";
import type { AcknowledgedRemoval } from "../../contract";
import sandbox from "../../environments/sandbox";
import { reviewPlan } from "../../gates";
import { promote } from "../../rehearsal";
import { type Simulator, startSimulator } from "../../simulator";
import { buildStacks } from "../../stacks";
import { DeploymentError, deploy, readStackFolders, TerraformStack } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const minutes = 60_000;

/** The sandbox with one table and without services: keys and data show what happens to all of it. */
const base: EnvironmentInput = {
  ...sandbox.input,
  stage: "optimization",
  eventBuses: [],
  services: [],
  tables: sandbox.input.tables?.slice(0, 1),
};
const home = "eu-west-1";

/** What becomes of regions that a deployed environment no longer has. */
describe("A deployed environment", () => {
  const root = temporaryFolder();
  let simulator: Simulator;
  let count = 0;

  beforeAll(async () => {
    simulator = await startSimulator({ directory: join(root, "cloud") });
  }, minutes);
  afterAll(() => simulator?.stop());
  // Each test deploys as in an account where nothing was before.
  beforeEach(() => rmSync(join(root, "cloud", "inventory.jsonl"), { force: true }));

  /** Synthesizes the environment. @param state folder of its state files: which of the deployed ones it is */
  function synthesized(state: string, change: Partial<EnvironmentInput>): string {
    count += 1;
    const outdir = join(root, String(count));
    const app = new App({ outdir });
    const localStateDirectory = relative(process.cwd(), join(root, state));
    buildStacks(app, defineEnvironment({ ...base, ...change }).resolve({ localStateDirectory }));
    app.synth();
    return outdir;
  }

  /** Deploys the environment, and then changes it. @returns the error of the promotion, or its violations */
  async function changed(
    state: string,
    before: Partial<EnvironmentInput>,
    after: Partial<EnvironmentInput>,
  ): Promise<string> {
    const { env } = simulator;
    const from = synthesized(state, before);
    await deploy({ output: from, env });
    const to = synthesized(state, after);
    return promote({ from, to, env }).then(
      (promotions) =>
        promotions
          .flatMap(({ violations }) => violations)
          .map(({ rule, address, message }) => `${rule} ${address}: ${message}`)
          .join("\n"),
      (error: unknown) => {
        if (!(error instanceof DeploymentError)) throw error;
        return error.message;
      },
    );
  }

  const inFrankfurt =
    /eu-central-1: \d+ resources; of these hold data or keys: .*aws_kms_replica_key\.data_replica-eu-central-1/;
  const advice =
    /Restore the home region, the standby regions and the stage .*\n.* under regions\.active; .*\n.*docs\/regions\.md/;

  test.each<[string, Partial<EnvironmentInput>]>([
    ["another standby region", { regions: { home, standby: ["eu-west-2"] } }],
    ["a lower stage", { stage: "foundation" }],
  ])(
    "refuses %s before anything is changed, naming the region and what holds data there",
    async (title, after) => {
      const said = await changed(title.replaceAll(" ", "-"), {}, after);
      expect(said).toMatch(/^sandbox-keys: terraform plan .* failed:\nThe state has resources in regions that/);
      expect(said).toMatch(inFrankfurt);
      expect(said).toMatch(advice);
      expect(said).not.toContain("Provider configuration not present");
    },
    3 * minutes,
  );

  test(
    "refuses home and standby swapped, at foundation where nothing is replicated",
    async () => {
      const swapped: Partial<EnvironmentInput> = {
        stage: "foundation",
        regions: { home: "eu-central-1", standby: [home] },
      };
      const said = await changed("swapped", { stage: "foundation" }, swapped);
      expect(said).toMatch(
        /sandbox-keys: .*\n.*\n\s+eu-west-1: \d+ resources; of these hold data or keys: .*data_primary/,
      );
      expect(said).toMatch(advice);
    },
    3 * minutes,
  );

  test(
    "loses a table whose removal is acknowledged in two deployments, the first of which ends its protection",
    async () => {
      const { env } = simulator;
      const [table] = base.tables ?? [];
      if (!table) throw new Error("the sandbox has a table");
      const withTables = (...tables: NonNullable<EnvironmentInput["tables"]>) =>
        synthesized("removed", { stage: "foundation", tables });
      const outputs = [true, false].map((deletionProtection) => withTables({ ...table, deletionProtection }));
      outputs.push(withTables());
      const [first = "", second = "", third = ""] = outputs;
      const of = {
        stack: "sandbox-data",
        address: "aws_dynamodb_table.orders_table",
        reason: "orders are kept elsewhere by now",
        expires: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
      };
      const acknowledgedRemovals: AcknowledgedRemoval[] = [of];
      await deploy({ output: first, env });
      const done: string[] = [];
      // What belongs to the table goes with it, and each address is named as well.
      for (const address of [
        ...["index-by-customer-throttles", "system-errors", "throttles"].map(
          (alarm) => `aws_cloudwatch_metric_alarm.orders_alarms-eu-west-1_${alarm}`,
        ),
        ...["created-at", "customer-id", "pk", "sk"].map((name) => `terraform_data.orders_attribute-${name}`),
      ]) {
        acknowledgedRemovals.push({ ...of, address });
      }
      for (const [from, to] of [
        [first, second],
        [second, third],
      ] as const) {
        for (const { violations, accepted } of await promote({ from, to, env, acknowledgedRemovals })) {
          done.push(...accepted.map(({ violation: { rule, address } }) => `${rule} ${address.split(".")[0]}`));
          done.push(...violations.map(({ rule, address }) => `${rule} ${address}`));
        }
      }
      expect(done).toEqual([
        "no-protection-off aws_dynamodb_table",
        "no-data-loss aws_dynamodb_table",
        ...Array(3).fill("no-vanished-address aws_cloudwatch_metric_alarm"),
        "no-vanished-address aws_dynamodb_table",
        ...Array(4).fill("no-vanished-address terraform_data"),
      ]);
    },
    3 * minutes,
  );

  test(
    "refuses to begin from an empty state, as after a change of the state's place, unless its stacks are new",
    async () => {
      const { env } = simulator;
      const from = synthesized("moved-from", { stage: "foundation" });
      await deploy({ output: from, env });
      const to = synthesized("moved-to", { stage: "foundation" });
      const promotions = await promote({ from, to, env });
      expect(promotions.flatMap(({ violations }) => violations)).toEqual([
        expect.objectContaining({
          rule: "no-fresh-start",
          stack: "sandbox-keys",
          address: "aws_kms_key.data_primary",
          message: expect.stringMatching(
            /^would be created from an empty state, and \d+ more that hold data or keys; /,
          ),
        }),
      ]);
      const [keys] = promotions;
      if (!keys) throw new Error("the keys were planned");
      expect(reviewPlan(keys, { firstDeployment: true }).violations).toEqual([]);
    },
    3 * minutes,
  );

  test(
    "refuses another address range for the network of a database, with every address that would be replaced",
    async () => {
      const network = (cidrBlock: string): Partial<EnvironmentInput> => ({
        stage: "foundation",
        tables: [],
        databases: [
          {
            name: "ledger",
            cluster: {
              engineVersion: "16.6",
              databaseName: "ledger",
              capacity: { type: "serverless", minCapacity: 0.5, maxCapacity: 2 },
            },
            network: { cidrBlock, gatewayEndpoints: ["dynamodb"], interfaceEndpoints: ["xray"] },
            users: ["ledger_service"],
          },
        ],
      });
      const said = await changed("network", network("10.64.0.0/20"), network("10.72.0.0/20"));
      const refused = said.split("\n").map((line) => line.split(":")[0]);
      const at = "ledger_network-eu-west-1_private";
      expect(refused).toEqual(
        expect.arrayContaining([
          `no-outage aws_vpc.${at}_vpc`,
          ...["a", "b", "c"].map((zone) => `no-outage aws_subnet.${at}_subnet-${zone}`),
          ...["dynamodb", "xray"].map((service) => `no-outage aws_vpc_endpoint.${at}_endpoint-${service}`),
          expect.stringMatching(/^no-outage aws_security_group\./),
        ]),
      );
      expect(said).toContain("would be replaced because cidr_block changes; it is the network of everything in it");
    },
    3 * minutes,
  );

  test(
    "gives a standby region up in the documented way, without a violation that is not acknowledged",
    async () => {
      const { env } = simulator;
      const bus = { name: "orders", description: "What happens to orders", archiveRetentionDays: 1 };
      const at = (regions: EnvironmentInput["regions"]): Partial<EnvironmentInput> => ({ eventBuses: [bus], regions });
      const expires = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
      let from = synthesized("given-up", at({ home, standby: ["eu-central-1"] }));
      await deploy({ output: from, env });

      /** @returns the addresses that the gates refuse to lose, until all of them are acknowledged */
      const changedTo = async (regions: EnvironmentInput["regions"]): Promise<string[]> => {
        const { leaving } = defineEnvironment({ ...base, ...at(regions) });
        const acknowledgedRemovals: AcknowledgedRemoval[] = [];
        const to = synthesized("given-up", at(regions));
        for (;;) {
          const promotions = await promote({ from, to, env, leaving, acknowledgedRemovals });
          const violations = promotions.flatMap((one) => one.violations);
          if (violations.length === 0) break;
          acknowledgedRemovals.push(
            ...violations.map(({ stack = "", removes = "" }) => ({
              stack,
              address: removes,
              reason: "given up",
              expires,
            })),
          );
        }
        from = to;
        return acknowledgedRemovals.map(({ address }) => address).sort();
      };

      // The table of an environment that may be lost has no protection.
      expect(await changedTo({ home, standby: ["eu-central-1", "eu-west-2"], leaving: ["eu-central-1"] })).toEqual([]);
      expect([...new Set(await changedTo({ home, standby: ["eu-west-2"], leaving: ["eu-central-1"] }))]).toEqual([
        "aws_cloudwatch_event_archive.orders-eu-central-1_archive",
        "aws_cloudwatch_event_bus.orders-eu-central-1_bus",
        "aws_dynamodb_table_replica.orders_replica-eu-central-1",
        "aws_kms_replica_key.data_replica-eu-central-1",
        "aws_kms_replica_key.operations_replica-eu-central-1",
        "aws_sns_topic.alerts-eu-central-1_topic",
        "aws_sqs_queue.orders-eu-central-1_dead-letters_queue",
      ]);
      expect(await changedTo({ home, standby: ["eu-west-2"] })).toEqual([]);
      for (const stack of readStackFolders(from)) {
        expect([stack.name, await new TerraformStack(stack, env).isSettled()]).toEqual([stack.name, true]);
      }
    },
    6 * minutes,
  );
});
