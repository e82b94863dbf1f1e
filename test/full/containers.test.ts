import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import type { TerraformStack } from "../../terraform";
import { containersEnvironment, fullContainer, plainContainer } from "../support/containers-environment";
import { expectDestroyed, expectGrowth } from "../support/stack-steps";
import { synthesizedStacks } from "../support/synthesized-stacks";

const directory = resolve(".evenkeel", "test", "containers");
const minutes = 60_000;
const needed = /-(keys|data|events|services-[a-z0-9-]+|routing|operations)$/;

describe("Services in containers", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    simulator = await startSimulator({ directory });
  }, minutes);
  afterAll(() => simulator?.stop());

  const stacksAt = (
    stage: "foundation" | "hardening" | "optimization",
    { full = true, folder = stage as string, withoutProtection = false } = {},
  ): TerraformStack[] =>
    synthesizedStacks(containersEnvironment(full ? [plainContainer, fullContainer] : [plainContainer]), {
      stage,
      outdir: join(directory, folder),
      needed,
      simulator,
      withoutProtection,
    });

  test(
    "are deployed, and promoted through every stage without losing anything",
    async () => {
      for (const stage of ["foundation", "hardening", "optimization"] as const) {
        for (const stack of stacksAt(stage)) {
          expect(await stack.validate()).toEqual([]);
          // What the code is told of a switch for faults is part of the task definition.
          await expectGrowth(stack, ["aws_ecs_task_definition"]);
        }
      }
    },
    15 * minutes,
  );

  test(
    "are destroyed to an empty state",
    async () => {
      await expectDestroyed(stacksAt("optimization", { folder: "unprotected", withoutProtection: true }));
    },
    10 * minutes,
  );
});
