import { type Stage, stages } from "../../config";
import { resourcesOf } from "../../terraform";
import { synthesizedStacks } from "../frozen/synthesize";
import { accessEnvironment } from "../support/access-environment";
import { temporaryFolder } from "../support/temporary-folder";
import { writtenPolicy } from "../support/written-policy";

type Body = Readonly<Record<string, unknown>>;

const account = accessEnvironment.input.account;

/** The resources of the stacks that say who may call, by stack and address. */
function resourcesAt(stage: Stage): ReadonlyMap<string, Body> {
  const stacks = synthesizedStacks(accessEnvironment, { stage }, temporaryFolder());
  return new Map(
    stacks.flatMap((stack) =>
      [...resourcesOf(stack)].map(([address, resource]) => [`${stack.name} ${address}`, resource as Body] as const),
    ),
  );
}

describe.each(stages)("What says who may call, at %s", (stage) => {
  const resources = resourcesAt(stage);
  const regions = stage === "optimization" ? ["eu-west-1", "eu-central-1"] : ["eu-west-1"];
  const at = (address: string): Body => {
    const found = resources.get(address);
    if (!found) throw new Error(`there is no ${address}`);
    return found;
  };

  test("is the same in each region, with the functions and truststores of that region", () => {
    for (const region of regions) {
      const services = `prod-services-${region}`;
      expect(at(`${services} aws_apigatewayv2_authorizer.partners_api_authorizer-partners`)).toMatchObject({
        authorizer_type: "REQUEST",
        authorizer_uri: expect.stringContaining("aws_lambda_alias.sign-in_function_"),
      });
      expect(at(`${services} aws_apigatewayv2_authorizer.partners_api_authorizer-legacy`).authorizer_uri).toContain(
        `arn:aws:lambda:${region}:${account}:function:legacy-authorizer:live`,
      );
      expect(
        at(`${services} aws_lambda_permission.sign-in_function_invoke-partners-api-authorizer-partners`),
      ).toMatchObject({
        principal: "apigateway.amazonaws.com",
        source_arn: expect.stringMatching(/partners_api_api\.execution_arn.*\/authorizers\/.*authorizer-partners\.id/),
      });
      expect(at(`${services} aws_apigatewayv2_domain_name.partners_api_domain_domain-name`)).toMatchObject({
        mutual_tls_authentication: {
          truststore_uri: expect.stringContaining(region === "eu-west-1" ? "ireland" : "frankfurt"),
          truststore_version: expect.any(String),
        },
      });
      expect(at(`${services} aws_apigatewayv2_api.partners_api_api`)).toMatchObject({
        disable_execute_api_endpoint: true,
      });
    }
  });

  test("leaves nothing open of an API behind a distribution but what asks for a token", () => {
    for (const region of regions) {
      const routes = [...resources].filter(([address]) =>
        address.startsWith(`prod-services-${region} aws_apigatewayv2_route.shop_`),
      );
      expect(
        routes.map(([address, body]) => [
          address.split("route-").at(-1),
          body.authorization_type,
          body.authorization_scopes,
        ]),
      ).toEqual(
        [
          ["get-catalog-all-proxy", "AWS_IAM", undefined],
          ["get-health", "AWS_IAM", undefined],
          ["get-orders-by-order-id", "JWT", ["orders:read"]],
          ["post-orders", "AWS_IAM", undefined],
        ].sort(),
      );
    }
  });

  test("has a function sign in every behavior, as a role that may call this API in each region", () => {
    const distribution = at("prod-edge aws_cloudfront_distribution.shop_distribution_distribution") as {
      default_cache_behavior: Body;
      ordered_cache_behavior: Body[];
    };
    const associations = [distribution.default_cache_behavior, ...distribution.ordered_cache_behavior].map(
      (behavior) => behavior.lambda_function_association,
    );
    const signer = (body: boolean) => [
      { event_type: "origin-request", include_body: body, lambda_arn: expect.stringContaining("shop_router_function") },
    ];
    expect(associations).toEqual([signer(true), signer(false)]);
    const { policy } = at("prod-edge aws_iam_role_policy.shop_router_execution_policy") as { policy: string };
    const { Resource } = writtenPolicy(policy).Statement.find(({ Sid }) => Sid === "CallTheApi") ?? {};
    expect([Resource].flat()).toEqual(
      regions.map((region) => expect.stringMatching(new RegExp(`^arn:aws:execute-api:${region}:${account}:.*/\\*$`))),
    );
  });

  test("is no header with a secret: the distribution sends its origins the name of the other one alone", () => {
    const { origin } = at("prod-edge aws_cloudfront_distribution.shop_distribution_distribution") as {
      origin: { custom_header?: { name: string }[] }[];
    };
    const names = origin.flatMap(({ custom_header = [] }) => custom_header.map(({ name }) => name));
    expect(new Set(names)).toEqual(new Set(stage === "optimization" ? ["x-origin-counterpart"] : []));
  });
});
