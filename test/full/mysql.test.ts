import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Stage } from "../../config";
import { checkPlan } from "../../gates";
import { type Simulator, startSimulator } from "../../simulator";
import type { TerraformStack } from "../../terraform";
import { mysqlEnvironment, postgresEnvironment } from "../support/mysql-environment";
import { expectDestroyed, expectGrowth } from "../support/stack-steps";
import { synthesizedStacks } from "../support/synthesized-stacks";

const directory = resolve(".evenkeel", "test", "mysql");
const minutes = 60_000;

/** What a service that connects needs to be there, in the order of deployment. */
const needed = /-(keys|database|services-eu-west-1)$/;

describe("Prod with a database of Aurora MySQL", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    simulator = await startSimulator({ directory });
  }, minutes);
  afterAll(() => simulator?.stop());

  /** The stacks at a stage; the state stays where it is. */
  function stacksAt(stage: Stage, withoutProtection = false, environment = mysqlEnvironment): TerraformStack[] {
    const outdir = join(directory, withoutProtection ? "unprotected" : `${stage}-${environment === mysqlEnvironment}`);
    return synthesizedStacks(environment, { stage, outdir, needed, simulator, withoutProtection });
  }

  test(
    "deploys, settles, grows from stage to stage without losing anything, and is destroyed",
    async () => {
      for (const stage of ["foundation", "hardening", "optimization"] as const) {
        for (const stack of stacksAt(stage)) {
          if (stage === "foundation") expect(await stack.validate()).toEqual([]);
          const plan = await expectGrowth(stack);
          // From an empty state, a gate asks whether it is a first deployment.
          if (stage !== "foundation") expect(checkPlan(plan)).toEqual([]);
        }
      }
      const database = stacksAt("optimization").find(({ name }) => name.endsWith("-database"));
      expect(await database?.isSettled()).toBe(true);
      const addresses = (await database?.addresses()) ?? [];
      expect(addresses.filter((address) => /^aws_(rds_cluster|db_proxy)\./.test(address))).toHaveLength(4);
      const other = stacksAt("optimization", false, postgresEnvironment).find(({ name }) => name.endsWith("-database"));
      expect(other && checkPlan(await other.plan())).toContainEqual(
        expect.objectContaining({
          rule: "no-data-loss",
          address: "aws_rds_cluster.stock_database_eu-west-1_cluster",
          message: expect.stringMatching(/^would be replaced because .*\bengine\b/),
        }),
      );
      await expectDestroyed(stacksAt("optimization", true));
    },
    15 * minutes,
  );
});
