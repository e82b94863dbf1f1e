import { isObject, type ObjectValue, type Value } from "../../protocol/values";
import { accountArn, arn, form, generatedName, lowerId, same, starting, timestamp, upperId, uuid } from "../forms";
import { onEveryChange, type Rule, type ServiceRules } from "../subject";

const etag = onEveryChange(upperId("E", 13));

/** A policy of CloudFront's: named by a UUID. */
const policy = (kind: string): Record<string, Rule> => ({
  id: uuid,
  arn: accountArn("cloudfront", `${kind}/{id}`),
  etag,
});

/** Web ACLs for CloudFront are global and live in us-east-1. @see https://docs.aws.amazon.com/waf/latest/developerguide/how-aws-waf-works-resources.html */
const waf = (kind: string): Record<string, Rule> => ({
  name: generatedName("name_prefix"),
  id: uuid,
  arn: (s) =>
    s.text("scope") === "CLOUDFRONT"
      ? s.arn("wafv2", `global/${kind}/${s.text("name")}/${s.text("id")}`, { region: "us-east-1" })
      : s.arn("wafv2", `regional/${kind}/${s.text("name")}/${s.text("id")}`),
  lock_token: onEveryChange(uuid),
});

/** CloudFront, WAF. @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudfront.html#amazoncloudfront-resources-for-iam-policies */
export const edge: ServiceRules = {
  aws_cloudfront_distribution: {
    id: upperId("E", 13),
    arn: accountArn("cloudfront", "distribution/{id}"),
    domain_name: (s) => `d${s.random.lower(13)}.cloudfront.net`,
    // The one zone of every distribution. @see https://docs.aws.amazon.com/general/latest/gr/cf_region.html
    hosted_zone_id: starting("Z2FDTNDATAQYW2"),
    caller_reference: (s) => `terraform-2025${s.random.digits(22)}`,
    status: starting("Deployed"),
    continuous_deployment_policy_id: starting(""),
    trusted_key_groups: starting([{ enabled: false, items: [] }]),
    trusted_signers: starting([{ enabled: false, items: [] }]),
    "default_cache_behavior.trusted_key_groups": starting([]),
    "default_cache_behavior.trusted_signers": starting([]),
    "restrictions.geo_restriction.locations": starting([]),
    last_modified_time: onEveryChange((s) =>
      s.random.date().toISOString().replace("T", " ").replace("Z", " +0000 UTC"),
    ),
    etag,
  },
  aws_cloudfront_cache_policy: policy("cache-policy"),
  aws_cloudfront_origin_request_policy: policy("origin-request-policy"),
  aws_cloudfront_response_headers_policy: policy("response-headers-policy"),
  aws_cloudfront_continuous_deployment_policy: {
    ...policy("continuous-deployment-policy"),
    last_modified_time: timestamp,
  },
  aws_cloudfront_origin_access_control: {
    id: upperId("E", 13),
    arn: accountArn("cloudfront", "origin-access-control/{id}"),
    etag,
  },
  aws_cloudfront_origin_access_identity: {
    id: upperId("E", 13),
    arn: accountArn("cloudfront", "origin-access-identity/{id}"),
    cloudfront_access_identity_path: form("origin-access-identity/cloudfront/{id}"),
    iam_arn: (s) => `arn:${s.partition}:iam::cloudfront:user/CloudFront Origin Access Identity ${s.text("id")}`,
    s3_canonical_user_id: (s) => s.random.hex(96),
    etag,
  },
  aws_cloudfront_function: {
    id: same("name"),
    arn: accountArn("cloudfront", "function/{name}"),
    status: (s) => (s.value("publish") === false ? "UNPUBLISHED" : "UNASSOCIATED"),
    etag: onEveryChange(upperId("ETVP", 11)),
    live_stage_etag: onEveryChange(upperId("ETVP", 11)),
  },
  aws_cloudfront_key_value_store: {
    id: uuid,
    arn: accountArn("cloudfront", "key-value-store/{id}"),
    last_modified_time: timestamp,
    etag,
  },
  aws_cloudfront_public_key: { name: generatedName("name_prefix"), id: upperId("K", 13), etag },
  aws_cloudfront_key_group: { id: uuid, etag },
  aws_cloudfront_monitoring_subscription: { id: same("distribution_id") },
  aws_cloudfront_realtime_log_config: { arn: accountArn("cloudfront", "realtime-log-config/{name}"), id: same("arn") },
  aws_cloudfront_vpc_origin: {
    id: (s) => `vo_${s.random.lower(22)}`,
    arn: accountArn("cloudfront", "vpcorigin/{id}"),
    etag,
  },
  aws_wafv2_web_acl: { ...waf("webacl"), capacity: starting(100), application_integration_url: starting("") },
  aws_wafv2_ip_set: waf("ipset"),
  aws_wafv2_regex_pattern_set: waf("regexpatternset"),
  aws_wafv2_rule_group: waf("rulegroup"),
  aws_wafv2_web_acl_association: { id: form("{web_acl_arn},{resource_arn}") },
  aws_wafv2_web_acl_logging_configuration: { id: same("resource_arn") },
  aws_wafv2_api_key: { api_key: lowerId(120) },
  aws_globalaccelerator_accelerator: {
    arn: (s) => s.arn("globalaccelerator", `accelerator/${s.random.uuid()}`, { region: "" }),
    id: same("arn"),
    dns_name: (s) => `a${s.random.hex(16)}.awsglobalaccelerator.com`,
    dual_stack_dns_name: starting(""),
    hosted_zone_id: starting("Z2BJ6XQ5FK7U4H"),
  },
  aws_shield_protection: { id: uuid, arn: accountArn("shield", "protection/{id}") },
  aws_signer_signing_profile: {
    name: generatedName("name_prefix"),
    id: same("name"),
    arn: arn("signer", "/signing-profiles/{name}"),
    version: lowerId(10),
    version_arn: arn("signer", "/signing-profiles/{name}/{version}"),
    status: starting("Active"),
    platform_display_name: starting("AWS Lambda"),
    revocation_record: starting([]),
  },
  aws_signer_signing_job: {
    job_id: uuid,
    id: same("job_id"),
    job_owner: form("{account}"),
    job_invoker: form("{account}"),
    requested_by: (s) => s.arn("iam", "user/deployer", { region: "" }),
    platform_id: starting("AWSLambda-SHA384-ECDSA"),
    platform_display_name: starting("AWS Lambda"),
    profile_version: lowerId(10),
    created_at: timestamp,
    completed_at: timestamp,
    signature_expires_at: timestamp,
    revocation_record: starting([]),
    status: starting("Succeeded"),
    status_reason: starting("Signing Succeeded"),
    signed_object: (s) => {
      const { bucket = "", prefix = "" } = onlyBlock(onlyBlock(s.value("destination")).s3);
      return [{ s3: [{ bucket, key: `${String(prefix ?? "")}${s.text("job_id")}.zip` }] }];
    },
  },
};

/** The block that there is once. */
function onlyBlock(blocks: Value | undefined): ObjectValue {
  const [block] = Array.isArray(blocks) ? blocks : [];
  return isObject(block ?? null) ? (block as ObjectValue) : {};
}
