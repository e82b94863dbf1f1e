import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { EnvironmentDefinition, Stage } from "../../config";
import { checkPlan } from "../../gates";
import { type Simulator, startSimulator } from "../../simulator";
import type { TerraformStack } from "../../terraform";
import { environmentIn, existing } from "../support/existing-networks-environment";
import { expectDestroyed, expectGrowth } from "../support/stack-steps";
import { synthesizedStacks } from "../support/synthesized-stacks";

const directory = resolve(".evenkeel", "test", "existing-networks");
const minutes = 60_000;
const network = { existing };
const moved = {
  existing: { ...existing, "eu-west-1": { ...existing["eu-west-1"], vpcId: "vpc-0ccccccccccccccc1" } },
};
const created = { cidrBlock: "10.64.0.0/20", interfaceEndpoints: ["secretsmanager" as const, "xray" as const] };

/** What a service that connects needs to be there, in the order of deployment. */
const needed = /-(keys|database|services-eu-west-1)$/;

describe("Prod with its database in VPCs that are given", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    simulator = await startSimulator({ directory });
  }, minutes);
  afterAll(() => simulator?.stop());

  /** The stacks as they are synthesized to a folder; the state stays where it is. */
  function stacksOf(
    environment: EnvironmentDefinition,
    stage: Stage,
    folder: string,
    withoutProtection = false,
  ): TerraformStack[] {
    const outdir = join(directory, folder);
    return synthesizedStacks(environment, { stage, outdir, needed, simulator, withoutProtection });
  }

  test(
    "deploys, settles and grows into the standby region without losing anything",
    async () => {
      for (const stage of ["foundation", "optimization"] as const) {
        for (const stack of stacksOf(environmentIn(network), stage, stage)) {
          expect(await stack.validate()).toEqual([]);
          await expectGrowth(stack);
        }
      }
    },
    10 * minutes,
  );

  test.each([
    ["another VPC", moved],
    ["a VPC of its own", created],
  ])(
    "is refused to move to %s by a gate",
    async (title, to) => {
      const stacks = stacksOf(environmentIn(to), "optimization", title.replaceAll(" ", "-"));
      const plan = await stacks.find(({ name }) => name.endsWith("-database"))?.plan();
      expect(plan && checkPlan(plan)).toContainEqual(
        expect.objectContaining({
          rule: "no-data-loss",
          address: "aws_rds_cluster.ledger_database_eu-west-1_cluster",
          message: expect.stringMatching(/^would be replaced because db_subnet_group_name changes/),
        }),
      );
    },
    5 * minutes,
  );

  test(
    "is destroyed to an empty state",
    async () => {
      await expectDestroyed(stacksOf(environmentIn(network), "optimization", "unprotected", true));
    },
    5 * minutes,
  );
});
