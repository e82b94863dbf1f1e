import { arn, form, lowerId, regionArn, same, starting } from "../forms";
import type { Rule, ServiceRules } from "../subject";

/** Zones of regional API domains. @see https://docs.aws.amazon.com/general/latest/gr/apigateway.html */
const zones: Record<string, string> = {
  "us-east-1": "Z1UJRXOUMOOFQ8",
  "us-east-2": "ZOJJZC49E0EPZ",
  "us-west-1": "Z2MUQ32089INYE",
  "us-west-2": "Z2OJLYMUO9EFXC",
  "ca-central-1": "Z19DQILCV0OWEC",
  "eu-central-1": "Z1U9ULNL0V5AJ3",
  "eu-north-1": "Z3UWIKFBOOGXPP",
  "eu-west-1": "ZLY8HYME6SFDD",
  "eu-west-2": "ZJ5UAJN8Y3Z2Q",
  "eu-west-3": "Z3KY65QIEKYHQQ",
  "ap-northeast-1": "Z1YSHQZHG15GKL",
  "ap-northeast-2": "Z20JF4UZKIW1U8",
  "ap-south-1": "Z3VO1THU9YC4UR",
  "ap-southeast-1": "ZL327KTPIQFUL",
  "ap-southeast-2": "Z2RPCDW04V8134",
  "sa-east-1": "ZCMLWB8V5SYIT",
};

/** The zone of a regional API domain; invented for a region that is not in the table. */
export const regionalApiZone: Rule = (s) => zones[s.region] ?? `Z${s.shared("apigateway", s.region).upper(13)}`;

const scheme: Rule = (s) => (s.text("protocol_type") === "WEBSOCKET" ? "wss" : "https");

const invokeUrl: Rule = (s) => {
  const name = s.text("name");
  return `https://${s.text("api_id")}.execute-api.${s.region}.${s.dnsSuffix}/${name === "$default" ? "" : name}`;
};

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html */
export const apigatewayv2: ServiceRules = {
  aws_apigatewayv2_api: {
    id: lowerId(10),
    arn: regionArn("apigateway", "/apis/{id}"),
    api_endpoint: (s) => `${String(scheme(s))}://${s.text("id")}.execute-api.${s.region}.${s.dnsSuffix}`,
    execution_arn: arn("execute-api", "{id}"),
    ip_address_type: starting("ipv4"),
  },
  aws_apigatewayv2_stage: {
    id: same("name"),
    arn: regionArn("apigateway", "/apis/{api_id}/stages/{name}"),
    execution_arn: arn("execute-api", "{api_id}/{name}"),
    invoke_url: invokeUrl,
    deployment_id: lowerId(6),
    "default_route_settings.logging_level": starting(""),
    "route_settings.logging_level": starting(""),
  },
  aws_apigatewayv2_route: { id: lowerId(7) },
  aws_apigatewayv2_route_response: { id: lowerId(7) },
  aws_apigatewayv2_integration: {
    id: lowerId(7),
    integration_response_selection_expression: starting(""),
    timeout_milliseconds: starting(30000),
  },
  aws_apigatewayv2_integration_response: { id: lowerId(7) },
  aws_apigatewayv2_authorizer: { id: lowerId(6), authorizer_result_ttl_in_seconds: starting(0) },
  aws_apigatewayv2_model: { id: lowerId(6) },
  aws_apigatewayv2_deployment: { id: lowerId(6), auto_deployed: starting(false) },
  aws_apigatewayv2_domain_name: {
    id: same("domain_name"),
    arn: regionArn("apigateway", "/domainnames/{domain_name}"),
    api_mapping_selection_expression: starting("$request.basepath"),
    "domain_name_configuration.target_domain_name": (s) =>
      `d-${s.shared("api-domain", s.region, s.text("domain_name")).lower(10)}.execute-api.${s.region}.${s.dnsSuffix}`,
    "domain_name_configuration.hosted_zone_id": regionalApiZone,
    "domain_name_configuration.ip_address_type": starting("ipv4"),
    "domain_name_configuration.ownership_verification_certificate_arn": starting(""),
  },
  aws_apigatewayv2_api_mapping: { id: lowerId(6) },
  aws_apigatewayv2_vpc_link: { id: lowerId(6), arn: form("arn:aws:apigateway:{region}::/vpclinks/{id}") },
};
