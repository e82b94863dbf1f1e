import { dnsName, hostedZone, or, text } from "../forms";
import type { Rules } from "../rule";

const ofDomain = { domain_name: dnsName };

/**
 * DNS, CloudFront, firewalls, APIs and buckets.
 * @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/
 */
export const edge: Rules = {
  // Zones are found by their id, from every region.
  aws_route53_record: {
    scope: "account",
    name: "record {type} {name} in zone {zone_id}, set {set_identifier}",
    read: {
      // A state also has the whole name of a record whose argument leaves out the zone's.
      name: (value, values) => dnsName(text(values.fqdn, values) ?? value, values),
      zone_id: hostedZone,
      set_identifier: or(""),
    },
  },
  aws_route53recoverycontrolconfig_cluster: { scope: "account", name: "recovery cluster {name}" },
  aws_route53recoverycontrolconfig_control_panel: {
    scope: "account",
    name: "control panel {name} of recovery cluster {cluster_arn}",
  },
  aws_route53recoverycontrolconfig_routing_control: {
    scope: "account",
    name: "routing control {name} of recovery cluster {cluster_arn}, panel {control_panel_arn}",
    read: { control_panel_arn: or("default") },
  },
  aws_route53recoverycontrolconfig_safety_rule: {
    scope: "account",
    name: "safety rule {name} of panel {control_panel_arn}",
  },
  aws_cloudfront_cache_policy: { scope: "account", name: "cache policy {name}" },
  aws_cloudfront_origin_request_policy: { scope: "account", name: "origin request policy {name}" },
  aws_cloudfront_response_headers_policy: { scope: "account", name: "response headers policy {name}" },
  aws_cloudfront_origin_access_control: { scope: "account", name: "origin access control {name}" },
  aws_cloudfront_function: { scope: "account", name: "CloudFront function {name}" },
  aws_cloudfront_key_value_store: { scope: "account", name: "key value store {name}" },
  aws_wafv2_web_acl: { scope: "region", name: "web ACL {name} ({scope})" },
  aws_wafv2_ip_set: { scope: "region", name: "IP set {name} ({scope})" },
  aws_wafv2_regex_pattern_set: { scope: "region", name: "pattern set {name} ({scope})" },
  aws_wafv2_rule_group: { scope: "region", name: "rule group {name} ({scope})" },
  aws_wafv2_web_acl_logging_configuration: { scope: "region", name: "the logs of web ACL {resource_arn}" },
  aws_wafv2_web_acl_association: { scope: "region", name: "the web ACL of {resource_arn}" },
  aws_apigatewayv2_domain_name: { scope: "region", name: "API domain {domain_name}", read: ofDomain },
  aws_apigatewayv2_api_mapping: {
    scope: "region",
    name: "mapping /{api_mapping_key} of API domain {domain_name}",
    read: { ...ofDomain, api_mapping_key: or("") },
  },
  aws_apigatewayv2_authorizer: { scope: "region", name: "authorizer {name} of API {api_id}" },
  aws_apigatewayv2_route: { scope: "region", name: "route {route_key} of API {api_id}" },
  aws_apigatewayv2_stage: { scope: "region", name: "stage {name} of API {api_id}" },
};
