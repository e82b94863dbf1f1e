import { cpSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Gate } from "../../gates";
import { type PromotionOptions, promote } from "../../rehearsal";
import { type Simulator, startSimulator } from "../../simulator";
import {
  DeploymentError,
  deploy,
  managedChanges,
  readManifest,
  readSynthesizedStacks,
  synthesize,
} from "../../terraform";
import { projectApp } from "../support/project-app";

const directory = join(".evenkeel", "test", "promotion");
const minutes = 60_000;

interface StackJson {
  resource: Record<string, Record<string, Record<string, unknown>>>;
}

describe("The promotion proof", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    simulator = await startSimulator({ directory });
  }, minutes);
  afterAll(() => simulator?.stop());

  /** The output of the sandbox by stage, which each test copies. */
  const outputs = new Map<string, Promise<string>>();

  function outputAt(stage: string): Promise<string> {
    // Beside the copies, as the states are beside the output.
    const output = join(directory, `synthesized-${stage}`);
    const folder =
      outputs.get(stage) ?? synthesize({ app: projectApp, environment: "sandbox", stage, output, env: simulator.env });
    outputs.set(stage, folder);
    return folder;
  }

  /** The sandbox's stacks at a stage, with the keys stack changed as if its module had been written differently. */
  async function stacksAt(
    stage: string,
    name: string,
    breakKeys: (stack: StackJson) => void = () => {},
  ): Promise<string> {
    const folder = join(directory, name);
    cpSync(await outputAt(stage), folder, { recursive: true });
    keepOnly(folder, "sandbox-keys");
    for (const { folder: stackFolder, terraform } of readSynthesizedStacks(folder)) {
      const stack = structuredClone(terraform) as unknown as StackJson;
      breakKeys(stack);
      writeFileSync(join(stackFolder, "cdk.tf.json"), JSON.stringify(stack));
    }
    return folder;
  }

  async function violationsOf(from: string, to: string, options: Partial<PromotionOptions> = {}): Promise<string[]> {
    for (const part of ["state", "inventory.jsonl"]) rmSync(join(directory, part), { recursive: true, force: true });
    await deploy({ output: from, env: simulator.env });
    const promotions = await promote({ from, to, env: simulator.env, ...options });
    return promotions.flatMap(({ violations }) => violations.map(({ rule, address }) => `${rule} ${address}`));
  }

  test(
    "passes for the keys as they are",
    async () => {
      const from = await stacksAt("foundation", "good-from");
      expect(await violationsOf(from, await stacksAt("optimization", "good-to"))).toEqual([]);
    },
    minutes,
  );

  test(
    "catches a module that makes a single-Region key in foundation",
    async () => {
      const from = await stacksAt("foundation", "single-region", ({ resource }) => {
        delete resource.aws_kms_key?.data_primary?.multi_region;
      });
      expect(await violationsOf(from, await stacksAt("optimization", "multi-region"))).toContain(
        "no-data-loss aws_kms_key.data_primary",
      );
    },
    minutes,
  );

  test(
    "catches an address that vanishes without a moved block",
    async () => {
      const from = await stacksAt("foundation", "old-address");
      const to = await stacksAt("foundation", "new-address", ({ resource }) => {
        const aliases = resource.aws_kms_alias ?? {};
        const { "data_alias-eu-west-1": alias, ...others } = aliases;
        if (!alias) throw new Error(`no such alias, only ${Object.keys(aliases).join(", ")}`);
        resource.aws_kms_alias = { ...others, data_renamed: alias };
      });
      expect(await violationsOf(from, to)).toEqual(["no-vanished-address aws_kms_alias.data_alias-eu-west-1"]);
    },
    minutes,
  );

  test(
    "catches a key whose provider is that of another region at the later stage",
    async () => {
      const from = await stacksAt("foundation", "here");
      const to = await stacksAt("optimization", "elsewhere", ({ resource }) => {
        Object.assign(resource.aws_kms_key?.data_primary ?? {}, { provider: "aws.eu-central-1" });
      });
      expect(await violationsOf(from, to)).toEqual([
        "no-recreation aws_kms_key.data_primary",
        "no-other-region aws_kms_key.data_primary",
        // It would name the new one.
        "no-other-key aws_kms_alias.data_alias-eu-west-1",
      ]);
    },
    minutes,
  );

  test(
    "catches a stack that the later stage no longer has",
    async () => {
      const from = await stacksAt("foundation", "all");
      const to = await stacksAt("foundation", "none");
      keepOnly(to, "nothing");
      expect(await violationsOf(from, to)).toEqual(["no-vanished-stack sandbox-keys"]);
    },
    minutes,
  );

  test(
    "checks a team's own gate and data-holding types in place of and beside the toolkit's",
    async () => {
      const from = await stacksAt("foundation", "team-from");
      const to = await stacksAt("optimization", "team-to");
      const noReplicas: Gate = {
        id: "no-replicas",
        statement: "No key gets a replica.",
        why: "This team keeps its keys in one region.",
        howToFix: "leave the standby regions out",
        check: (plan, { dataHoldingTypes }) =>
          managedChanges(plan)
            .filter(({ type, change }) => type === "aws_kms_replica_key" && change.actions.includes("create"))
            .map(({ address, type }) => ({
              address,
              message: `${dataHoldingTypes[type]}: ${dataHoldingTypes.team_type}`,
            })),
      };
      const options = { gates: [noReplicas], dataHoldingTypes: { team_type: "of the team" } };
      const found = await violationsOf(from, to, options);
      expect(found).toContain("no-replicas aws_kms_replica_key.data_replica-eu-central-1");
    },
    minutes,
  );

  test(
    "tells Terraform's own words when a plan fails",
    async () => {
      const folder = await stacksAt("foundation", "invalid", ({ resource }) => {
        Object.assign(resource.aws_kms_key?.data_primary ?? {}, { rotation_period_in_days: 1 });
      });
      const deployed = deploy({ output: folder, env: simulator.env });
      await expect(deployed).rejects.toThrow(DeploymentError);
      await expect(deployed).rejects.toThrow(
        /^sandbox-keys: terraform apply .*failed:\nError: expected rotation_period_in_days to be in the range/,
      );
    },
    minutes,
  );
});

/** Takes all other stacks out of the manifest. */
function keepOnly(output: string, name: string): void {
  const stacks = Object.entries(readManifest(output).stacks).filter(([stack]) => stack === name);
  writeFileSync(join(output, "manifest.json"), JSON.stringify({ stacks: Object.fromEntries(stacks) }));
}
