import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import live from "../../accounts/live";
import { type AccountInput, defineAccount } from "../../config";
import { type Simulator, startSimulator } from "../../simulator";
import { PipelinesStack } from "../../stacks";
import type { TerraformStack } from "../../terraform";
import { oneStack } from "../support/one-stack";
import { expectGrowth } from "../support/stack-steps";

const directory = resolve(".evenkeel", "test", "pipeline-roles");
const minutes = 60_000;
const account = "444444444444";

type Pipelines = NonNullable<AccountInput["pipelines"]>;

const environment = (name: string): Pipelines["environments"][number] => ({
  name,
  regions: ["eu-west-1", "eu-central-1"],
  states: [
    {
      bucket: `example-terraform-state-${account}`,
      region: "eu-north-1",
      keyPrefix: `evenkeel/${name}`,
      kmsKeyArn: `arn:aws:kms:eu-north-1:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
    },
  ],
  unscoped: { reason: "one team owns all environments of the account" },
});

const first: Pipelines = {
  oidc: { host: "github", repository: "example/shop" },
  environments: [environment("prod")],
};
const grown: Pipelines = {
  oidc: { host: "github", repository: "example/store" },
  mainBranch: "trunk",
  maxSessionSeconds: 7200,
  environments: [{ ...environment("prod"), hostedZoneIds: ["Z0EXAMPLE"] }, environment("staging")],
};

describe("The stack of the roles of pipelines", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    simulator = await startSimulator({ directory });
  }, minutes);
  afterAll(() => simulator?.stop());

  const stackOf = (pipelines: Pipelines): TerraformStack => {
    const definition = defineAccount({ ...live.input, pipelines, state: { backend: "local" } });
    const deployment = definition.resolve(join(directory, "state"));
    return oneStack(join(directory, "live"), simulator.env, (app) => new PipelinesStack(app, deployment));
  };

  test(
    "deploys, settles, and has the ARNs that pipelines and environments need",
    async () => {
      const { outputs = {} } = await stackOf(first).deploy();
      const arns = Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
      expect(arns).toEqual({
        "prod-plan-role": `arn:aws:iam::${account}:role/pipelines/pipeline-prod-plan`,
        "prod-apply-role": `arn:aws:iam::${account}:role/pipelines/pipeline-prod-apply`,
        "prod-boundary": `arn:aws:iam::${account}:policy/pipelines/pipeline-prod-boundary`,
      });
      expect(await stackOf(first).isSettled()).toBe(true);
    },
    2 * minutes,
  );

  test(
    "takes another environment, repository, branch and length of sessions, and replaces nothing",
    async () => {
      const { resource_changes: changes = [] } = await expectGrowth(stackOf(grown));
      const changed = changes.filter(({ change: { actions } }) => actions.includes("update"));
      expect(changed.map(({ address }) => address)).toEqual(
        expect.arrayContaining(["aws_iam_role.pipelines_prod_plan_role", "aws_iam_role.pipelines_prod_apply_role"]),
      );
    },
    2 * minutes,
  );

  test(
    "gives up an environment, and leaves the roles of the other as they are",
    async () => {
      const stack = stackOf({ ...grown, environments: grown.environments.slice(0, 1) });
      await stack.makePlan();
      const { changes } = await stack.apply();
      expect(changes.length).toBeGreaterThan(0);
      expect(changes.filter(({ address }) => address.includes("_prod_"))).toEqual([]);
      expect(await stack.isSettled()).toBe(true);
    },
    2 * minutes,
  );

  test(
    "is destroyed",
    async () => {
      const stack = stackOf(first);
      await stack.destroy();
      expect(await stack.addresses()).toEqual([]);
    },
    2 * minutes,
  );
});
