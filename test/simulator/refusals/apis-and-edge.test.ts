import type { ObjectValue } from "../../../simulator/protocol/values";
import { account, home, standby, TestCloud } from "./cloud";

const certificate = (region: string): ObjectValue => {
  const arn = `arn:aws:acm:${region}:${account}:certificate/c1`;
  return { id: arn, arn, domain_name: "example.com", subject_alternative_names: ["*.example.com"] };
};
const issued = (region: string, cloud = new TestCloud({ region })) => {
  const { arn = null } = certificate(region);
  return cloud
    .has("aws_acm_certificate", certificate(region))
    .has("aws_acm_certificate_validation", { id: "v", certificate_arn: arn });
};

describe("API Gateway refuses", () => {
  const api: ObjectValue = { id: "a1", name: "orders" };
  const route: ObjectValue = {
    id: "r1",
    api_id: "a1",
    route_key: "GET /orders",
    target: "integrations/i1",
    authorizer_id: "z1",
  };
  const integration: ObjectValue = { id: "i1", api_id: "a1" };
  const authorizer: ObjectValue = { id: "z1", api_id: "a1", name: "jwt" };
  const whole = () =>
    new TestCloud()
      .has("aws_apigatewayv2_api", api)
      .has("aws_apigatewayv2_integration", integration)
      .has("aws_apigatewayv2_authorizer", authorizer);

  test("a second route or stage of one key", () => {
    expect(whole().creating("aws_apigatewayv2_route", route)).toBe("");
    expect(whole().has("aws_apigatewayv2_route", route).creating("aws_apigatewayv2_route", route)).toMatch(
      /^creating API Gateway v2 Route: .*409.*ConflictException: Route with key GET \/orders already exists for this API/,
    );
    const stage = { id: "$default", api_id: "a1", name: "$default" };
    expect(whole().has("aws_apigatewayv2_stage", stage).creating("aws_apigatewayv2_stage", stage)).toContain(
      "creating API Gateway v2 Stage ($default): operation error ApiGatewayV2: CreateStage",
    );
  });

  test("a stage of an API that was deleted, in the provider's words, but not of one of the user's", () => {
    const stage = { api_id: "a1", name: "$default" };
    expect(new TestCloud().creating("aws_apigatewayv2_stage", stage)).toBe("");
    expect(new TestCloud().lost("aws_apigatewayv2_api", api).creating("aws_apigatewayv2_stage", stage)).toBe(
      "reading API Gateway v2 API (a1): couldn't find resource",
    );
  });

  test("a stage whose access log does not exist", () => {
    const destination_arn = `arn:aws:logs:${home}:${account}:log-group:access`;
    const stage = { api_id: "a1", name: "$default", access_log_settings: [{ destination_arn }] };
    expect(whole().creating("aws_apigatewayv2_stage", stage)).toContain("BadRequestException");
    const logged = whole().has("aws_cloudwatch_log_group", { name: "access" });
    expect(logged.creating("aws_apigatewayv2_stage", stage)).toBe("");
  });

  test("a route to the integration of another API", () => {
    const other = whole().has("aws_apigatewayv2_integration", { id: "i2", api_id: "a2" });
    expect(other.creating("aws_apigatewayv2_route", { ...route, target: "integrations/i2" })).toContain(
      "NotFoundException",
    );
  });

  test("to delete what a route names", () => {
    const routed = whole().has("aws_apigatewayv2_route", route);
    expect(routed.deleting("aws_apigatewayv2_integration", integration)).toMatch(
      /^deleting API Gateway v2 Integration \(i1\): .*ConflictException: Cannot delete Integration because it is referenced by the following Routes with Ids: \[r1\]$/,
    );
    expect(routed.deleting("aws_apigatewayv2_authorizer", authorizer)).toContain("ConflictException");
    expect(whole().deleting("aws_apigatewayv2_integration", integration)).toBe("");
  });

  test("a domain whose certificate is of another region, not issued, or for other names", () => {
    const domain = (domain_name: string, region = home): ObjectValue => ({
      domain_name,
      domain_name_configuration: [{ certificate_arn: certificate(region).arn ?? null }],
    });
    const type = "aws_apigatewayv2_domain_name";
    expect(issued(home).creating(type, domain("api.example.com"))).toBe("");
    expect(issued(home).creating(type, domain("api.example.com", standby))).toContain(
      `Certificate must be in '${home}'.`,
    );
    expect(issued(home).creating(type, domain("a.b.example.com"))).toContain("is not covered");
    const pending = new TestCloud().has("aws_acm_certificate", certificate(home));
    expect(pending.creating(type, domain("api.example.com"))).toContain("is not in issued state");
    expect(new TestCloud().creating(type, domain("api.example.com"))).toBe("");
    expect(issued(home).has(type, domain("api.example.com")).creating(type, domain("API.example.com"))).toContain(
      "ConflictException: The domain name you provided already exists.",
    );
  });

  test("a mapping without its domain or stage, and to delete what is mapped", () => {
    const mapping = { id: "m1", api_id: "a1", domain_name: "api.example.com", stage: "$default" };
    const domain = { domain_name: "api.example.com" };
    const type = "aws_apigatewayv2_api_mapping";
    expect(whole().creating(type, mapping)).toContain("NotFoundException: Invalid domain name identifier specified");
    const cloud = whole().has("aws_apigatewayv2_domain_name", domain);
    expect(cloud.creating(type, mapping)).toContain("Invalid stage identifier specified");
    cloud.has("aws_apigatewayv2_stage", { id: "$default", api_id: "a1", name: "$default" });
    expect(cloud.creating(type, mapping)).toBe("");
    cloud.has(type, mapping);
    expect(cloud.deleting("aws_apigatewayv2_api", api)).toContain("Please remove all API mappings for the API");
    expect(cloud.deleting("aws_apigatewayv2_domain_name", domain)).toContain("BadRequestException");
  });
});

describe("CloudFront refuses", () => {
  const distribution = (more: ObjectValue = {}): ObjectValue => ({ id: "E1", aliases: ["www.example.com"], ...more });
  const creating = (more: ObjectValue, cloud = new TestCloud()) =>
    cloud.creating("aws_cloudfront_distribution", distribution(more));

  test("an alias that another distribution of any account has", () => {
    const cloud = new TestCloud().has("aws_cloudfront_distribution", distribution({ id: "E0" }));
    expect(creating({ aliases: ["api.example.com", "WWW.example.com"] }, cloud)).toMatch(
      /^creating CloudFront Distribution: operation error CloudFront: CreateDistributionWithTags, .*409.*CNAMEAlreadyExists: One or more of the CNAMEs you provided are already associated with a different resource\./,
    );
    expect(creating({ aliases: ["api.example.com"] }, cloud)).toBe("");
    const own = distribution({ id: "E0" });
    expect(cloud.changing("aws_cloudfront_distribution", own, { comment: "new" })).toBe("");
    cloud.has("aws_cloudfront_distribution", distribution({ id: "E2", aliases: ["b.example.com"] }));
    expect(cloud.changing("aws_cloudfront_distribution", own, { aliases: ["b.example.com"] })).toMatch(
      /^updating CloudFront Distribution \(E0\): .*UpdateDistribution, .*CNAMEAlreadyExists/,
    );
  });

  test("a certificate that is not in us-east-1, not issued, or for other names", () => {
    const with_ = (region: string) => ({
      viewer_certificate: [{ acm_certificate_arn: certificate(region).arn ?? null }],
    });
    expect(creating(with_("us-east-1"), issued("us-east-1"))).toBe("");
    expect(creating(with_(home), issued(home))).toContain("400, RequestID: …, InvalidViewerCertificate");
    expect(creating({ ...with_("us-east-1"), aliases: ["www.example.org"] }, issued("us-east-1"))).toContain(
      "InvalidViewerCertificate",
    );
  });

  test("a function at the edge of another region, without a version, or that its role does not let run", () => {
    const at = (arn: string) => ({
      default_cache_behavior: [{ lambda_function_association: [{ event_type: "viewer-request", lambda_arn: arn }] }],
    });
    const arn = (region: string) => `arn:aws:lambda:${region}:${account}:function:guard`;
    expect(creating(at(`${arn(home)}:1`))).toContain(
      `InvalidLambdaFunctionAssociation: The function must be in region 'us-east-1'. ARN: ${arn(home)}:1`,
    );
    expect(creating(at(`${arn("us-east-1")}:live`))).toContain("(The ARN must end with the version number.)");
    expect(creating(at(`${arn("us-east-1")}:1`))).toContain("The function cannot be found.");
    const role = `arn:aws:iam::${account}:role/guard`;
    const running = (...services: string[]) =>
      new TestCloud({ region: "us-east-1" })
        .has("aws_lambda_function", { function_name: "guard", arn: arn("us-east-1"), version: "1", role })
        .has("aws_iam_role", {
          name: "guard",
          arn: role,
          assume_role_policy: JSON.stringify({
            Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: services } }],
          }),
        })
        .in(home);
    expect(creating(at(`${arn("us-east-1")}:1`), running("lambda.amazonaws.com"))).toContain("edgelambda");
    expect(creating(at(`${arn("us-east-1")}:1`), running("edgelambda.amazonaws.com"))).toBe("");
    expect(creating(at(`${arn("us-east-1")}:2`), running("edgelambda.amazonaws.com"))).toContain("cannot be found");
  });

  test("a regional web ACL, and one that was deleted", () => {
    const acl = (kind: string, region: string) => `arn:aws:wafv2:${region}:${account}:${kind}/webacl/edge/w1`;
    expect(creating({ web_acl_id: acl("regional", home) })).toContain("InvalidWebACLId");
    const global = acl("global", "us-east-1");
    expect(creating({ web_acl_id: global })).toBe("");
    const gone = new TestCloud({ region: "us-east-1" }).lost("aws_wafv2_web_acl", {
      id: "w1",
      name: "edge",
      scope: "CLOUDFRONT",
      arn: global,
    });
    expect(creating({ web_acl_id: global }, gone)).toContain("InvalidWebACLId");
  });

  test("policies and functions that do not exist, and to delete those in use", () => {
    const behavior = { origin_request_policy_id: "p1" };
    const policy = { id: "p1", name: "all" };
    const type = "aws_cloudfront_origin_request_policy";
    expect(creating({ default_cache_behavior: [behavior] })).toBe("");
    const lost = new TestCloud().lost(type, policy);
    expect(creating({ default_cache_behavior: [behavior] }, lost)).toContain(
      "404, RequestID: …, NoSuchOriginRequestPolicy",
    );
    const used = new TestCloud()
      .has(type, policy)
      .has("aws_cloudfront_distribution", distribution({ default_cache_behavior: [behavior] }));
    expect(used.deleting(type, policy)).toContain("409, RequestID: …, OriginRequestPolicyInUse");
    expect(used.in(standby).creating(type, { id: "p2", name: "all" })).toContain("OriginRequestPolicyAlreadyExists");
    const arn = `arn:aws:cloudfront::${account}:function/guard`;
    const guarded = { ordered_cache_behavior: [{ function_association: [{ function_arn: arn }] }] };
    expect(creating(guarded)).toContain("InvalidFunctionAssociation");
    const fn = (publish: boolean) => ({ name: "guard", arn, publish });
    const with_ = (publish: boolean) => new TestCloud().has("aws_cloudfront_function", fn(publish));
    expect(creating(guarded, with_(false))).toContain("isn't published");
    expect(creating(guarded, with_(true))).toBe("");
    const running = with_(true).has("aws_cloudfront_distribution", distribution(guarded));
    expect(running.deleting("aws_cloudfront_function", fn(true))).toContain(
      "FunctionInUse: Cannot delete function guard, it is in use by 1 distributions",
    );
  });
});

describe("WAF refuses", () => {
  const acl = (region: string): ObjectValue => ({
    id: "w1",
    name: "edge",
    scope: "CLOUDFRONT",
    arn: `arn:aws:wafv2:${region}:${account}:global/webacl/edge/w1`,
  });
  const inHome = () => new TestCloud({ region: "us-east-1" });

  test("what is for CloudFront outside us-east-1, and a second one of a name", () => {
    expect(new TestCloud().creating("aws_wafv2_web_acl", acl(home))).toMatch(
      /^creating WAFv2 WebACL \(edge\): operation error WAFV2: CreateWebACL, .*WAFInvalidParameterException: Error reason: The scope is not valid\., field: SCOPE_VALUE, parameter: CLOUDFRONT$/,
    );
    expect(inHome().creating("aws_wafv2_web_acl", acl("us-east-1"))).toBe("");
    const second = { ...acl("us-east-1"), id: "w2" };
    expect(inHome().has("aws_wafv2_web_acl", acl("us-east-1")).creating("aws_wafv2_web_acl", second)).toContain(
      "WAFDuplicateItemException",
    );
  });

  test("to delete what a distribution uses", () => {
    const used = inHome().has("aws_cloudfront_distribution", { id: "E1", web_acl_id: acl("us-east-1").arn ?? null });
    expect(used.deleting("aws_wafv2_web_acl", acl("us-east-1"))).toContain("WAFAssociatedItemException");
    expect(inHome().deleting("aws_wafv2_web_acl", acl("us-east-1"))).toBe("");
  });

  test("logs to a group of another name or region, or that does not exist", () => {
    const creating = (name: string, region = "us-east-1") =>
      inHome()
        .has("aws_cloudwatch_log_group", { name: "aws-waf-logs-edge" })
        .has("aws_cloudwatch_log_group", { name: "edge" })
        .creating("aws_wafv2_web_acl_logging_configuration", {
          resource_arn: acl("us-east-1").arn ?? null,
          log_destination_configs: [`arn:aws:logs:${region}:${account}:log-group:${name}`],
        });
    expect(creating("aws-waf-logs-edge")).toBe("");
    for (const wrong of [creating("edge"), creating("aws-waf-logs-edge", home), creating("aws-waf-logs-other")])
      expect(wrong).toContain("field: LOG_DESTINATION");
  });
});
