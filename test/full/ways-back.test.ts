import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { defineEnvironment, type EnvironmentInput } from "../../config";
import type { AcknowledgedRemoval } from "../../contract";
import prod from "../../environments/prod";
import staging from "../../environments/staging";
import { reviewPlan, type Violation } from "../../gates";
import { type CheckedReport, deploy, type Plan, promote, readStackFolders, TerraformStack } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";
import { partsOfCloud, TestCloud } from "../support/test-cloud";
import { isWhole } from "../support/whole-proofs";

const minutes = 60_000;

const home = "eu-west-1";
const frankfurt = "eu-central-1";
const london = "eu-west-2";

const expires = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const reason = "it goes in this deployment, as planned";

/**
 * Every way back from what was deployed, one deployment after the other, as docs/regions.md tells them. The gates check each plan;
 * what they refuse is acknowledged, and then they accept it.
 */
describe("An environment that is deployed", () => {
  const root = temporaryFolder();
  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await TestCloud.start(root);
  }, minutes);
  afterAll(() => cloud?.stop());

  /** Deploys a change with the gates in the way. @returns what they refuse as long as it is not acknowledged, and what was done */
  async function deployed(input: EnvironmentInput): Promise<{ refused: Violation[]; reports: CheckedReport[] }> {
    const { leaving } = defineEnvironment(input);
    const refused: Violation[] = [];
    const others: Plan[] = [];
    const check: Parameters<typeof promote>[0]["check"] = (stack, plan) => {
      const { violations } = reviewPlan({ stack, plan }, { leaving }, others);
      refused.push(...violations);
      const acknowledgedRemovals = violations.flatMap(({ removes }): AcknowledgedRemoval[] =>
        removes ? [{ stack, address: removes, reason, expires }] : [],
      );
      expect(reviewPlan({ stack, plan }, { leaving, acknowledgedRemovals }, others).violations).toEqual([]);
      others.push(plan);
      return true;
    };
    const reports = await promote({ output: cloud.synthesized(input), env: cloud.env, check });
    expect(reports.filter(({ applied }) => !applied)).toEqual([]);
    return { refused, reports };
  }

  /** Nothing stands that no state knows, nothing is left in a region, and a plan of the environment is empty. */
  async function expectNothingLeft(input: EnvironmentInput, region: string): Promise<void> {
    const { reports } = await deployed(input);
    expect(reports.flatMap(({ changes }) => changes)).toEqual([]);
    for (const stack of readStackFolders(cloud.synthesized(input))) {
      expect([stack.name, await new TerraformStack(stack, cloud.env).isSettled()]).toEqual([stack.name, true]);
    }
    cloud.expectAllInStates();
    const there = cloud.simulator.inventory.all().filter(({ place }) => place.region === region);
    expect(there.map(({ type, state }) => `${type} ${state.id}`)).toEqual([]);
  }

  const rules = (violations: readonly Violation[]) => [...new Set(violations.map(({ rule }) => rule))].sort();
  /** What the gates refuse, but for what holds data or keys where it is about a region. */
  const elsewhere = (violations: readonly Violation[], region: string) =>
    violations
      .filter(({ stack, removes }) => !removes?.includes(region) && stack !== `prod-services-${region}`)
      .map(({ rule, address }) => `${rule} ${address}`);

  /** What is refused because it is no longer in the configuration, and holds neither data nor keys. */
  const vanished = (violations: readonly Violation[]) => {
    const holding = violations.filter(({ rule }) => rule === "no-data-loss").map(({ address }) => address);
    return violations
      .filter(({ rule, address }) => rule === "no-vanished-address" && !holding.includes(address))
      .map(({ stack, address }) => `${stack} ${address}`);
  };

  function snapshot(): void {
    for (const part of partsOfCloud) {
      const source = join(cloud.folder, part);
      if (existsSync(source)) cpSync(source, join(root, "deployed", part), { recursive: true });
    }
  }

  function restore(): void {
    cloud.clear();
    cpSync(join(root, "deployed"), cloud.folder, { recursive: true });
  }

  const ofProd = (regions: EnvironmentInput["regions"], more: Partial<EnvironmentInput> = {}): EnvironmentInput => ({
    ...(prod.input as EnvironmentInput),
    regions,
    // Experiments go with the last region that takes over: that is acknowledged like any other removal.
    chaos: prod.input.chaos && { optIn: prod.input.chaos.optIn },
    // Copies of backups go to the first region that there is.
    backups: regions.standby?.[0] && { ...prod.input.backups, copyTo: regions.standby[0] },
    ...more,
  });

  // Staging gives up regions and a stage as well, in less time.
  if (isWhole) {
    describe("as prod, in two regions", () => {
      beforeAll(async () => {
        await deploy({ output: cloud.synthesized(ofProd({ home, standby: [frankfurt] })), env: cloud.env });
        snapshot();
      }, 6 * minutes);
      beforeEach(restore);

      test(
        "takes another standby region in place of the one that it has",
        async () => {
          const both = await deployed(ofProd({ home, standby: [frankfurt, london], leaving: [frankfurt] }));
          expect(rules(both.refused)).toEqual(["no-protection-off", "no-vanished-address"]);
          // Home is switched off by hand from the region that takes over.
          expect(
            both.refused.filter(({ rule }) => rule === "no-vanished-address").map(({ address }) => address),
          ).toEqual(
            ["ledger", "orders", "quotes", "stock", "tracking"].map(
              (service) => `aws_cloudwatch_metric_alarm.${service}_${home}_switch_alarm-in-${frankfurt}`,
            ),
          );

          const without = await deployed(ofProd({ home, standby: [london], leaving: [frankfurt] }));
          expect(without.reports.map(({ stack }) => stack)).toEqual([
            "prod-routing",
            "prod-edge",
            "prod-operations",
            `prod-services-${london}`,
            `prod-services-${home}`,
            `prod-services-${frankfurt}`,
            "prod-data",
            "prod-database",
            "prod-events",
            "prod-keys",
          ]);
          // Records have numbers in place of regions.
          expect(elsewhere(without.refused, frankfurt)).toEqual(
            ["ledger", "orders", "quotes", "stock", "tracking"].flatMap((service) =>
              ["standby-1", "standby-1-next"].map(
                (name) => `no-vanished-address aws_route53_record.${service}_${name}`,
              ),
            ),
          );
          expect(rules(without.refused)).toEqual(["no-data-loss", "no-nested-data-loss", "no-vanished-address"]);
          await expectNothingLeft(ofProd({ home, standby: [london] }), frankfurt);
        },
        8 * minutes,
      );

      test(
        "goes back to the first stage, and then loses the last of its databases, buses, domains and edges, and services",
        async () => {
          await deployed(ofProd({ home, standby: [frankfurt], leaving: [frankfurt] }));
          // Nothing recovers in another region any more.
          const services = (prod.input.services ?? []).map(({ recovery: _, ...service }) => service);
          const first = { stage: "foundation", services } as unknown as Partial<EnvironmentInput>;
          const lowering = { ...first, loweredFrom: "optimization" } as Partial<EnvironmentInput>;
          const lowered = await deployed(ofProd({ home, leaving: [frankfurt] }, lowering));
          // With regions.standby, prod loses what it says of backups itself, which goes with no stage.
          expect(vanished(lowered.refused)).toEqual([
            "prod-operations aws_backup_vault_lock_configuration.backups_eu-west-1_lock",
          ]);
          expect(rules(lowered.refused)).toEqual([
            "no-data-loss",
            "no-function-off",
            "no-vanished-address",
            "no-weaker-security",
          ]);
          await expectNothingLeft(ofProd({ home }, first), frankfurt);

          const databases = (prod.input.databases ?? []).map((database) => ({
            ...database,
            cluster: { ...database.cluster, deletionProtection: false },
          }));
          const acknowledgedRemovals = databases.map(({ name }) => ({
            stack: "prod-database",
            address: `aws_rds_cluster.${name}_database_${home}_cluster`,
            reason,
            expires,
          }));
          const containers = (prod.input.containers ?? []).map(({ loadBalancer, ...one }) => ({
            ...one,
            loadBalancer: { ...loadBalancer, deletionProtection: false },
          }));
          const unprotected = { ...first, containers, databases, acknowledgedRemovals } as Partial<EnvironmentInput>;
          expect(rules((await deployed(ofProd({ home }, unprotected))).refused)).toEqual(["no-protection-off"]);

          const [orders] = prod.input.services ?? [];
          const { function: fn, tables } = orders ?? {};
          const last = { ...first, services: [{ name: "orders", function: fn, tables, encryption: {} }] };
          const bare = {
            ...last,
            containers: [],
            containerNetwork: undefined,
            containerFlowLogs: undefined,
            databases: [],
            eventBuses: [],
            queues: [],
          } as Partial<EnvironmentInput>;
          const leavingStacks = ["events", "database", "routing", "edge"];
          const gone = await deployed(ofProd({ home }, { ...bare, leavingStacks }));
          expect(rules(gone.refused.filter(({ stack }) => leavingStacks.includes(stack?.slice(5) ?? "")))).toEqual([
            "no-data-loss",
          ]);
          await expectNothingLeft(ofProd({ home }, bare), "us-east-1");

          const none = { ...bare, services: [], keys: { ...prod.input.keys, application: {} } };
          await deployed(ofProd({ home }, none as Partial<EnvironmentInput>));
          await expectNothingLeft(ofProd({ home }, none as Partial<EnvironmentInput>), frankfurt);
        },
        10 * minutes,
      );
    });
  }

  describe("as staging, in three regions", () => {
    beforeAll(() => cloud.clear());

    test(
      "gives one standby region up, then the other one with a lower stage",
      async () => {
        const at = (stage: "hardening" | "optimization", regions: EnvironmentInput["regions"]): EnvironmentInput => ({
          ...(staging.input as EnvironmentInput),
          services: (staging.input.services ?? []).map(({ recovery: _, ...service }) => service),
          stage,
          regions,
        });
        await deploy({
          output: cloud.synthesized(at("optimization", { home, standby: [frankfurt, london] })),
          env: cloud.env,
        });
        // The first standby region is as good as the second one.
        await deployed(at("optimization", { home, standby: [frankfurt, london], leaving: [frankfurt] }));
        await deployed(at("optimization", { home, standby: [london], leaving: [frankfurt] }));
        await expectNothingLeft(at("optimization", { home, standby: [london] }), frankfurt);

        await deployed(at("optimization", { home, standby: [london], leaving: [london] }));
        const lowered = await deployed({
          ...at("hardening", { home, leaving: [london] }),
          loweredFrom: "optimization",
        });
        expect(vanished(lowered.refused)).toEqual([]);
        await expectNothingLeft(at("hardening", { home, standby: [frankfurt] }), london);
      },
      10 * minutes,
    );
  });
});
