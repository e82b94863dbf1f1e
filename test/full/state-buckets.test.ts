import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import live from "../../accounts/live";
import { type AccountInput, defineAccount } from "../../config";
import { type Simulator, startSimulator } from "../../simulator";
import { StateBucketsStack } from "../../stacks";
import type { TerraformStack } from "../../terraform";
import { oneStack } from "../support/one-stack";

const directory = resolve(".evenkeel", "test", "state-buckets");
const minutes = 60_000;

type Buckets = NonNullable<AccountInput["stateBuckets"]>;

describe("The stack of the buckets of states", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    simulator = await startSimulator({ directory });
  }, minutes);
  afterAll(() => simulator?.stop());

  const stackOf = (changes: Partial<Buckets>): TerraformStack => {
    const stateBuckets: Buckets = {
      primary: { name: "example-state-north", region: "eu-north-1" },
      secondary: { name: "example-state-central", region: "eu-central-1" },
      ...changes,
    };
    const account = defineAccount({ ...live.input, stateBuckets, state: { backend: "local" } });
    const deployment = account.resolve(join(directory, "state"));
    return oneStack(join(directory, "live"), simulator.env, (app) => new StateBucketsStack(app, deployment));
  };
  const fences: Buckets["fences"] = [{ region: "eu-north-1", keyPrefix: "evenkeel/prod" }];

  test(
    "deploys, settles, and has the ARNs that environments need",
    async () => {
      const { outputs = {} } = await stackOf({}).deploy();
      expect(outputs["primary-kms-key-arn"]?.value).toMatch(/^arn:aws:kms:eu-north-1:\d{12}:key\/mrk-/);
      expect(outputs["secondary-kms-key-arn"]?.value).toMatch(/^arn:aws:kms:eu-central-1:\d{12}:key\/mrk-/);
      expect(await stackOf({}).isSettled()).toBe(true);
    },
    2 * minutes,
  );

  test(
    "takes a fence and other terms in place",
    async () => {
      const stack = stackOf({ fences, oldVersionDays: 400, replicationTimeControl: false });
      await stack.makePlan();
      const { changes } = await stack.apply();
      expect(new Set(changes.map(({ outcome }) => outcome))).toEqual(new Set(["changed"]));
      expect(changes.map(({ address }) => address).join()).toContain("aws_s3_bucket_policy.state_primary_policy");
      expect(await stackOf({ fences, oldVersionDays: 400, replicationTimeControl: false }).isSettled()).toBe(true);
    },
    2 * minutes,
  );

  test(
    "is destroyed once its protection is off, and not before",
    async () => {
      await expect(stackOf({}).destroy()).rejects.toThrow(/prevent_destroy|Instance cannot be destroyed/);
      const stack = stackOf({ deletionProtection: false });
      await stack.destroy();
      expect(await stack.addresses()).toEqual([]);
    },
    2 * minutes,
  );
});
