import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import type { Stage } from "../../config";
import { type Simulator, startSimulator } from "../../simulator";
import { managedResources, readState, type TerraformStack } from "../../terraform";
import { accessEnvironment } from "../support/access-environment";
import { expectDestroyed, expectGrowth } from "../support/stack-steps";
import { synthesizedStacks } from "../support/synthesized-stacks";

const directory = resolve(".evenkeel", "test", "access");
const minutes = 60_000;
/** What the simulated Secrets Manager makes for a password begins so. */
const password = "SimulatedPassword";
const needed = /-(keys|data|services-[a-z0-9-]+|routing|edge)$/;

describe("Prod with every way to say who may call", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    rmSync(directory, { recursive: true, force: true });
    simulator = await startSimulator({ directory });
  }, minutes);
  afterAll(() => simulator?.stop());

  const stacksAt = (stage: Stage, withoutProtection = false): TerraformStack[] =>
    synthesizedStacks(accessEnvironment, {
      stage,
      outdir: join(directory, withoutProtection ? "unprotected" : stage),
      needed,
      simulator,
      withoutProtection,
    });

  /** Deploys a stage, and returns what then stands, by stack. */
  async function deploy(stage: Stage): Promise<ReadonlyMap<string, readonly string[]>> {
    const standing = new Map<string, readonly string[]>();
    for (const stack of stacksAt(stage)) {
      expect(await stack.validate()).toEqual([]);
      await expectGrowth(stack);
      standing.set(stack.name, await stack.addresses());
    }
    return standing;
  }

  const access = (region: string) => ({
    stack: `prod-services-${region}`,
    addresses: [
      "aws_apigatewayv2_authorizer.partners_api_authorizer-customers",
      "aws_apigatewayv2_authorizer.partners_api_authorizer-legacy",
      "aws_apigatewayv2_authorizer.partners_api_authorizer-partners",
      "aws_apigatewayv2_domain_name.partners_api_domain_domain-name",
      "aws_iam_role.partners_api_authorizer-legacy-caller_role",
      "aws_lambda_permission.sign-in_function_invoke-partners-api-authorizer-partners",
    ],
  });

  test(
    "deploys, settles, and grows into the standby region without removing anything",
    async () => {
      const first = await deploy("foundation");
      const at = access("eu-west-1");
      expect(first.get(at.stack)).toEqual(expect.arrayContaining(at.addresses));
      // The API asks for signatures from the first day on, so the function that signs is there.
      expect(first.get("prod-edge")).toContain("aws_lambda_function.shop_router_function");
      await deploy("hardening");
      const last = await deploy("optimization");
      for (const region of ["eu-west-1", "eu-central-1"]) {
        const { stack, addresses } = access(region);
        expect(last.get(stack)).toEqual(expect.arrayContaining(addresses));
      }
      const routing = last.get("prod-routing") ?? [];
      expect(routing).toContain("aws_route53_health_check.partners_eu-west-1_health");
      // Names of single regions would be a way round the certificates, and checkers have none.
      expect(routing.filter((address) => /_name_|_endpoint$/.test(address))).toEqual([]);
    },
    15 * minutes,
  );

  /** Every file of the deployments by its path, without what Terraform installs. */
  const filesThere = () =>
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes(`${sep}.terraform`))
      .map((entry) => join(entry.parentPath, entry.name));

  /** What the state of a stack has of a resource. */
  const inState = (stack: string, address: string) => {
    const [file] = filesThere().filter((path) => new RegExp(`${stack}\\.tfstate(\\.object)?$`).test(path));
    if (file === undefined) throw new Error(`there is no state of ${stack}`);
    const [instance] = managedResources(readState(file)).get(address)?.instances ?? [];
    if (!instance) throw new Error(`there is no ${address} in the state of ${stack}`);
    return instance.attributes as Readonly<Record<string, unknown>>;
  };

  test("has the key of its distribution in no synthesized JSON, plan, state or output of Terraform", () => {
    const texts = new Map(filesThere().map((file) => [file, readFileSync(file, "utf8")]));
    for (const name of ["cdk.tf.json", "plan.json"]) {
      const file = join("stacks", "prod-keys", name);
      expect([...texts.keys()].filter((path) => path.endsWith(file))).toHaveLength(3);
    }
    expect(inState("prod-keys", "aws_secretsmanager_secret_version.shop-origin_version")).toMatchObject({
      has_secret_string_wo: true,
      secret_string: "",
      secret_string_wo: null,
      secret_string_wo_version: 1,
    });
    expect([...texts].filter(([, text]) => text.includes(password)).map(([file]) => file)).toEqual([]);
  });

  test("lets its edge read this key in each region, and each function that of its own", () => {
    const secretsReadBy = (stack: string, address: string) => {
      const { Statement } = JSON.parse(String(inState(stack, address).policy)) as {
        Statement: { Action: string | string[]; Resource: string | string[] }[];
      };
      return Statement.filter(({ Action }) => JSON.stringify(Action).includes("secretsmanager:")).flatMap(
        ({ Action, Resource }) => [Resource].flat().map((arn) => [Action, arn.replace(/-[0-9a-z]{6}$/, "")] as const),
      );
    };
    const readOf = (region: string) => [
      "secretsmanager:GetSecretValue",
      `arn:aws:secretsmanager:${region}:${accessEnvironment.input.account}:secret:prod/shop/origin`,
    ];
    const [home, standby] = ["eu-west-1", "eu-central-1"];
    expect(secretsReadBy("prod-edge", "aws_iam_role_policy.shop_router_execution_policy")).toEqual([
      readOf(home),
      readOf(standby),
    ]);
    for (const region of [home, standby]) {
      const policy = "aws_iam_role_policy.shop_function_execution_policy";
      expect(secretsReadBy(`prod-services-${region}`, policy)).toEqual([readOf(region)]);
    }
  });

  test(
    "is destroyed to an empty state",
    async () => {
      await expectDestroyed(stacksAt("optimization", true));
    },
    10 * minutes,
  );
});
