import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import live from "../../accounts/live";
import { type AccountInput, defineAccount } from "../../config";
import { type Simulator, startSimulator } from "../../simulator";
import { AccountStack } from "../../stacks";
import type { TerraformStack } from "../../terraform";
import { oneStack } from "../support/one-stack";
import { expectGrowth } from "../support/stack-steps";

const directory = resolve(".evenkeel", "test", "account");
const minutes = 60_000;

describe("The stack of an account", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    simulator = await startSimulator({ directory });
  }, minutes);
  afterAll(() => simulator?.stop());

  const stackOf = (name: string, input: Partial<AccountInput>): TerraformStack => {
    const account = defineAccount({ ...live.input, name, ...input, state: { backend: "local" } });
    const deployment = account.resolve(join(directory, "state"));
    return oneStack(join(directory, name), simulator.env, (app) => new AccountStack(app, deployment));
  };

  test(
    "deploys, settles, and grows in place",
    async () => {
      await stackOf("live", { security: { inspector: {} } }).deploy();
      await expectGrowth(stackOf("live", {}));
    },
    minutes,
  );

  test(
    "stands once in an account, and a second detector is refused",
    async () => {
      await expect(stackOf("twin", {}).deploy()).rejects.toThrow(/a detector already exists for the current account/);
    },
    minutes,
  );

  test(
    "is destroyed",
    async () => {
      const stack = stackOf("live", {});
      await stack.destroy();
      expect(await stack.addresses()).toEqual([]);
    },
    minutes,
  );
});
