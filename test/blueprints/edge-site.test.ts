import { EdgeSite, type EdgeSiteProps, edgeSiteConfig } from "../../blueprints/edge-site";
import { parseConfig } from "../../modules/core";
import { account, alarms, key } from "../modules/service-function/fixtures/references";
import { ref, type Synthesized, synthGlobal } from "../support/synth";

const config = parseConfig(
  edgeSiteConfig,
  {
    distribution: {
      aliases: ["shop.example.com"],
      behaviors: [
        { pathPattern: "/catalog/*", methods: "read", caching: {} },
        { pathPattern: "/raw/*", viewerHeaders: "none" },
      ],
    },
    hostedZoneId: "Z0123456789ABCDEFGHIJ",
    router: { standbyEdgeRegions: ["eu-central-1"], logRetentionDays: 90 },
  },
  "test",
);

const props: EdgeSiteProps = {
  config,
  name: "test-shop",
  account,
  origins: { home: { domainName: "eu-west-1.api.example.com" } },
  regions: ["eu-west-1"],
  key,
  router: false,
  alarms,
};

const standby: Partial<EdgeSiteProps> = {
  origins: { ...props.origins, standby: { domainName: "eu-central-1.api.example.com" } },
  regions: ["eu-west-1", "eu-central-1"],
};

interface Behavior {
  readonly target_origin_id: string;
  readonly origin_request_policy_id?: string;
  readonly lambda_function_association: readonly unknown[];
}

const build = (changes: Partial<EdgeSiteProps>) =>
  synthGlobal((stack) => void new EdgeSite(stack, "shop", { ...props, ...changes }));

function distributionOf({ at }: Synthesized) {
  const distribution = at("aws_cloudfront_distribution.shop_distribution_distribution") as {
    web_acl_id?: string;
    default_cache_behavior: Behavior;
    ordered_cache_behavior: Behavior[];
  };
  const behaviors = [distribution.default_cache_behavior, ...distribution.ordered_cache_behavior];
  return { webAclId: distribution.web_acl_id, behaviors };
}

describe("EdgeSite", () => {
  test("begins with the distribution alone, which asks home", () => {
    const result = build({});
    const { webAclId, behaviors } = distributionOf(result);
    expect(webAclId).toBeUndefined();
    expect(behaviors.map(({ target_origin_id }) => target_origin_id)).toEqual(["home", "home", "home"]);
    expect(behaviors.flatMap((behavior) => behavior.lambda_function_association)).toEqual([]);
    expect([result.resource.aws_wafv2_web_acl, result.resource.aws_lambda_function]).toEqual([undefined, undefined]);
  });

  test("keeps every address when the standby and the router come", () => {
    const before = build({}).addresses;
    const after = build({ ...standby, router: true }).addresses;
    expect(before.filter((address) => !after.includes(address))).toEqual([]);
    expect(after.length).toBeGreaterThan(before.length);
  });

  test("lets the router decide in every behavior, and tells it the country where the config leaves the headers open", () => {
    const result = build({ ...standby, router: true });
    const { behaviors } = distributionOf(result);
    const asked = {
      event_type: "origin-request",
      include_body: false,
      lambda_arn: ref("aws_lambda_function.shop_router_function.qualified_arn"),
    };
    expect(behaviors.map((behavior) => behavior.lambda_function_association)).toEqual([[asked], [asked], [asked]]);
    expect(behaviors.map((behavior) => behavior.origin_request_policy_id)).toEqual([
      ref("aws_cloudfront_origin_request_policy.shop_distribution_request-all-and-country.id"),
      ref("aws_cloudfront_origin_request_policy.shop_distribution_request-viewer-country.id"),
      undefined,
    ]);
    expect(behaviors.map(({ target_origin_id }) => target_origin_id)).toEqual(["home", "home-then-standby", "home"]);
  });

  test("keeps the router's log where it runs and where the service does, with the config's retention", () => {
    const groups = build({ ...standby, router: true }).resource.aws_cloudwatch_log_group ?? {};
    const routers = Object.entries(groups).filter(([address]) => address.startsWith("shop_router"));
    expect(routers.map(([, { provider, retention_in_days, kms_key_id }]) => [provider, retention_in_days, kms_key_id]))
      // One provider, and one key's replica, for each region.
      .toEqual(["eu-central-1", "eu-west-1", "us-east-1"].map((region) => [`aws.${region}`, 90, key.arnIn(region)]));
  });

  test("has no router without one in the config, whatever the stage", () => {
    const { router: _, ...without } = config;
    expect(build({ ...standby, config: without, router: true }).resource.aws_lambda_function).toBeUndefined();
  });

  const signing = {
    routes: new Map([
      ["GET /orders", "signature"],
      ["GET /open", "none"],
    ] as const),
    required: true,
    executionArns: ["eu-west-1", "eu-central-1"].map((region) => `arn:aws:execute-api:${region}:${account}:abc`),
  };

  test("signs from the first day on where the API asks for it, with the body where there may be one", () => {
    const result = build({ signing });
    const asked = (includeBody: boolean) => [
      {
        event_type: "origin-request",
        include_body: includeBody,
        lambda_arn: ref("aws_lambda_function.shop_router_function.qualified_arn"),
      },
    ];
    const { behaviors } = distributionOf(result);
    expect(behaviors.map((behavior) => behavior.lambda_function_association)).toEqual([
      asked(true),
      asked(false),
      asked(true),
    ]);
    const { policy } = result.at("aws_iam_role_policy.shop_router_execution_policy") as { policy: string };
    expect(JSON.parse(policy).Statement).toContainEqual({
      Sid: "CallTheApi",
      Effect: "Allow",
      Action: "execute-api:Invoke",
      Resource: signing.executionArns.map((arn) => `${arn}/*`),
    });
  });

  test("keeps every address when the router comes to what signs, and changes no header before", () => {
    const before = build({ signing });
    const after = build({ ...standby, signing, router: true });
    expect(before.addresses.filter((address) => !after.addresses.includes(address))).toEqual([]);
    const requests = (result: Synthesized) =>
      distributionOf(result).behaviors.map((one) => one.origin_request_policy_id);
    expect(requests(before)).toEqual(requests(build({})));
    expect(requests(after)).toEqual(requests(build({ ...standby, router: true })));
  });

  test("lets its function call nothing where nothing asks for signatures", () => {
    const { at } = build({ ...standby, router: true });
    expect(JSON.stringify(at("aws_iam_role_policy.shop_router_execution_policy"))).not.toContain("execute-api");
  });
});
