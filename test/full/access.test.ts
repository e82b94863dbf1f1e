import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Stage } from "../../config";
import { type Simulator, startSimulator } from "../../simulator";
import type { TerraformStack } from "../../terraform";
import { accessEnvironment } from "../support/access-environment";
import { expectDestroyed, expectGrowth } from "../support/stack-steps";
import { synthesizedStacks } from "../support/synthesized-stacks";

const directory = resolve(".evenkeel", "test", "access");
const minutes = 60_000;
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

  test(
    "is destroyed to an empty state",
    async () => {
      await expectDestroyed(stacksAt("optimization", true));
    },
    10 * minutes,
  );
});
