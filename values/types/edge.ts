import { originsByName, ttlOrder } from "../rules/edge";
import { hostName, policyId, port } from "./common";
import type { Family, OwnLimits } from "./type-values";

const api = "https://docs.aws.amazon.com/cloudfront/latest/APIReference";
const customOrigin = `${api}/API_CustomOriginConfig.html`;
const customHeaders =
  "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html";
const ttl = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html";
const keyParts = "parameters_in_cache_key_and_forwarded_to_origin";

const originId: OwnLimits = { minLength: 1, maxLength: 128, see: `${api}/API_Origin.html` };

/** @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html */
const originPort: OwnLimits = {
  ...port(customOrigin),
  pattern: "^(80|443|[1-9][0-9]{3,4})$",
  says: "is not a valid origin port; use 80, 443, or one between 1024 and 65535",
};

const policyName: OwnLimits = {
  minLength: 1,
  maxLength: 128,
  pattern: "^[A-Za-z0-9_-]+$",
  says: "is not a valid policy name; use letters, digits, hyphens and underscores",
  see: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-cloudfront-cachepolicy-cachepolicyconfig.html",
};

const headerName: OwnLimits = {
  minLength: 1,
  maxLength: 256,
  pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
  says: "is not a valid HTTP header name; use letters, digits and hyphens",
  see: customHeaders,
};

const behavior = (name: string): Readonly<Record<string, OwnLimits>> => ({
  [`${name}.cache_policy_id`]: policyId,
  [`${name}.origin_request_policy_id`]: policyId,
  [`${name}.response_headers_policy_id`]: policyId,
  [`${name}.target_origin_id`]: originId,
  [`${name}.lambda_function_association.lambda_arn`]: {
    pattern: "^arn:aws[a-z-]*:lambda:us-east-1:[0-9]{12}:function:[A-Za-z0-9_-]+:[0-9]+$",
    says: "is not the ARN of a published version in us-east-1; use a version, not an alias or $LATEST",
    see: `${api}/API_LambdaFunctionAssociation.html`,
  },
});

/** Values of CloudFront. */
export const edge: Family = {
  aws_cloudfront_cache_policy: {
    api: ["cloudfront.CreateCachePolicy.CachePolicyConfig"],
    cfn: "AWS::CloudFront::CachePolicy.CachePolicyConfig",
    own: {
      name: policyName,
      default_ttl: { min: 0, max: 31_536_000, see: ttl },
      max_ttl: { min: 0, max: 31_536_000, see: ttl },
      min_ttl: { min: 0, max: 31_536_000, see: ttl },
      [`${keyParts}.cookies_config.cookies.items.*`]: { minLength: 1, see: `${api}/API_CookieNames.html` },
      [`${keyParts}.headers_config.headers.items.*`]: headerName,
      [`${keyParts}.query_strings_config.query_strings.items.*`]: {
        minLength: 1,
        see: `${api}/API_QueryStringNames.html`,
      },
    },
    rules: [ttlOrder],
  },
  aws_cloudfront_distribution: {
    api: ["cloudfront.CreateDistribution.DistributionConfig"],
    cfn: "AWS::CloudFront::Distribution.DistributionConfig",
    members: {
      web_acl_id: "WebACLId",
      is_ipv6_enabled: "IsIPV6Enabled",
      ordered_cache_behavior: "CacheBehaviors",
      custom_error_response: "CustomErrorResponses",
      "origin.origin_id": "Id",
      "origin.custom_header": "CustomHeaders",
      "origin.custom_header.name": "HeaderName",
      "origin.custom_header.value": "HeaderValue",
      "origin.custom_origin_config.http_port": "HTTPPort",
      "origin.custom_origin_config.https_port": "HTTPSPort",
      "origin_group.origin_id": "Id",
      "origin_group.member": "Members",
      "origin_group.failover_criteria.status_codes": "StatusCodes",
      "viewer_certificate.acm_certificate_arn": "ACMCertificateArn",
      "viewer_certificate.iam_certificate_id": "IAMCertificateId",
      "viewer_certificate.ssl_support_method": "SSLSupportMethod",
      "restrictions.geo_restriction.locations": "Items",
      "default_cache_behavior.cached_methods": "AllowedMethods.CachedMethods",
      "ordered_cache_behavior.cached_methods": "AllowedMethods.CachedMethods",
      "default_cache_behavior.function_association": "FunctionAssociations",
      "ordered_cache_behavior.function_association": "FunctionAssociations",
      "default_cache_behavior.lambda_function_association.lambda_arn": "LambdaFunctionARN",
      "ordered_cache_behavior.lambda_function_association.lambda_arn": "LambdaFunctionARN",
      "default_cache_behavior.function_association.function_arn": "FunctionARN",
      "ordered_cache_behavior.function_association.function_arn": "FunctionARN",
    },
    own: {
      "aliases.*": hostName(`${api}/API_Aliases.html`),
      comment: { maxLength: 128, see: `${api}/API_DistributionConfig.html` },
      "origin.connection_attempts": { min: 1, max: 3, see: `${api}/API_Origin.html` },
      "origin.connection_timeout": { min: 1, max: 10, see: `${api}/API_Origin.html` },
      "origin.origin_id": originId,
      "origin.domain_name": hostName(`${api}/API_Origin.html`),
      "origin.custom_header.name": headerName,
      "origin.custom_header.value": { maxLength: 1783, see: customHeaders },
      "origin.custom_origin_config.http_port": originPort,
      "origin.custom_origin_config.https_port": originPort,
      "origin.custom_origin_config.origin_keepalive_timeout": { min: 1, max: 120, see: customOrigin },
      "origin.custom_origin_config.origin_read_timeout": { min: 1, max: 120, see: customOrigin },
      "origin_group.failover_criteria.status_codes.*": {
        enum: ["400", "403", "404", "416", "429", "500", "502", "503", "504"],
        see: `${api}/API_StatusCodes.html`,
      },
      "origin_group.origin_id": originId,
      "origin_group.member.origin_id": originId,
      ...behavior("default_cache_behavior"),
      ...behavior("ordered_cache_behavior"),
      "ordered_cache_behavior.path_pattern": {
        minLength: 1,
        maxLength: 255,
        pattern: "^[A-Za-z0-9_.*$/~\"'@:+?&-]+$",
        says: "is not a valid CloudFront path pattern; use letters, digits, * and ? as wildcards, and _-.$/~\"'@:+&",
        see: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html",
      },
      "restrictions.geo_restriction.locations.*": {
        pattern: "^[A-Z]{2}$",
        says: "is not a country code; use two capital letters of ISO 3166-1, such as IE",
        see: `${api}/API_GeoRestriction.html`,
      },
      web_acl_id: {
        pattern: "^(arn:aws[a-z-]*:wafv2:us-east-1:[0-9]{12}:global/webacl/[A-Za-z0-9_-]+/[0-9a-f-]+|[0-9a-f-]{36})$",
        says: "is not the ARN of a web ACL for CloudFront; use one with the scope CLOUDFRONT, which is in us-east-1",
        see: `${api}/API_DistributionConfig.html`,
      },
    },
    rules: [originsByName],
  },
  aws_cloudfront_origin_request_policy: {
    api: ["cloudfront.CreateOriginRequestPolicy.OriginRequestPolicyConfig"],
    cfn: "AWS::CloudFront::OriginRequestPolicy.OriginRequestPolicyConfig",
    own: { name: policyName, "headers_config.headers.items.*": headerName },
  },
  aws_cloudfront_response_headers_policy: {
    api: ["cloudfront.CreateResponseHeadersPolicy.ResponseHeadersPolicyConfig"],
    cfn: "AWS::CloudFront::ResponseHeadersPolicy.ResponseHeadersPolicyConfig",
    own: {
      name: policyName,
      "security_headers_config.content_security_policy.content_security_policy": {
        minLength: 1,
        pattern: "^[\\t -~]+$",
        says: "is not a valid header value; use printable ASCII characters in one line",
        see: "https://www.w3.org/TR/CSP3/#csp-header",
      },
      "custom_headers_config.items.header": headerName,
      "custom_headers_config.items.value": {
        pattern: "^[\\t -~]*$",
        says: "is not a valid header value; use printable ASCII characters in one line",
        see: `${api}/API_ResponseHeadersPolicyCustomHeader.html`,
      },
      "remove_headers_config.items.header": headerName,
      "security_headers_config.strict_transport_security.access_control_max_age_sec": {
        min: 0,
        max: 2_147_483_647,
        see: `${api}/API_ResponseHeadersPolicyStrictTransportSecurity.html`,
      },
    },
  },
};
