import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import type { TerraformStack } from "../../terraform";
import { pgbouncerEnvironment } from "../support/pgbouncer-environment";
import { expectDestroyed, expectGrowth } from "../support/stack-steps";
import { synthesizedStacks } from "../support/synthesized-stacks";

const directory = resolve(".evenkeel", "test", "pgbouncer");
const minutes = 60_000;

/** What a service that connects needs to be there, in the order of deployment. */
const needed = /-(keys|data|database|services-eu-west-1)$/;

describe("Prod with PgBouncer in place of proxies", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    simulator = await startSimulator({ directory });
  }, minutes);
  afterAll(() => simulator?.stop());

  /** The stacks at a stage; the state stays where it is. */
  function stacksAt(stage: "hardening" | "optimization", withoutProtection = false): TerraformStack[] {
    const outdir = join(directory, withoutProtection ? "unprotected" : stage);
    return synthesizedStacks(pgbouncerEnvironment, { stage, outdir, needed, simulator, withoutProtection });
  }

  test(
    "deploys, settles, grows into the standby region without losing anything, and is destroyed",
    async () => {
      const before = new Set<string>();
      for (const stack of stacksAt("hardening")) {
        expect(await stack.validate()).toEqual([]);
        await stack.plan();
        await stack.apply();
        expect([stack.name, await stack.isSettled()]).toEqual([stack.name, true]);
        for (const address of await stack.addresses()) before.add(`${stack.name}: ${address}`);
      }
      expect([...before].filter((address) => address.includes("aws_ecs_service"))).toHaveLength(1);
      const grown = stacksAt("optimization");
      for (const stack of grown) {
        await expectGrowth(stack);
      }
      await expectDestroyed(stacksAt("optimization", true));
    },
    10 * minutes,
  );
});
