import { fill } from "../fill/fill";
import { dataSourceRules } from "../fill/services";
import { dataRequest, dataResponse, openRequest, openResponse } from "../protocol/messages";
import type { Block, ProviderSchema } from "../protocol/schema";
import { decodeObject, encodeValue, isObject, type ObjectValue, Unknown, type Value } from "../protocol/values";
import type { Scope } from "../provider/configuration";

/** Data sources that the provider answers itself: it computes them or has them in built-in tables. */
const local = new Set([
  "aws_apprunner_hosted_zone_id",
  "aws_arn",
  "aws_billing_service_account",
  "aws_cloudfront_log_delivery_canonical_user_id",
  "aws_cloudtrail_service_account",
  "aws_cloudwatch_log_data_protection_policy_document",
  "aws_default_tags",
  "aws_ecr_lifecycle_policy_document",
  "aws_eks_cluster_auth",
  "aws_elastic_beanstalk_hosted_zone",
  "aws_elb_hosted_zone_id",
  "aws_elb_service_account",
  "aws_iam_policy_document",
  "aws_lb_hosted_zone_id",
  "aws_networkmanager_core_network_policy_document",
  "aws_partition",
  "aws_redshift_service_account",
  "aws_region",
  "aws_route53_traffic_policy_document",
  "aws_sagemaker_prebuilt_ecr_image",
  "aws_service",
  "aws_service_principal",
]);

/** True for a data source that the real provider answers without AWS. */
export function isLocalDataSource(typeName: string): boolean {
  return local.has(typeName);
}

/** Answers ReadDataSource for a data source that would call AWS: the configured values, and the rest filled in. */
export function readDataSource(request: Buffer, schema: ProviderSchema, scope: Scope): Buffer {
  const { type_name: typeName, config } = dataRequest.decode(request);
  const block = schema.dataSource(typeName);
  return dataResponse.encode({ state: encodeValue(found(typeName, block, decodeObject(config) ?? {}, scope)) });
}

/** Answers OpenEphemeralResource in the same way; there is nothing to renew or close. */
export function openEphemeralResource(request: Buffer, schema: ProviderSchema, scope: Scope): Buffer {
  const { type_name: typeName, config } = openRequest.decode(request);
  const block = schema.ephemeralResource(typeName);
  return openResponse.encode({ result: encodeValue(found(typeName, block, decodeObject(config) ?? {}, scope)) });
}

function found(typeName: string, block: Block, config: ObjectValue, scope: Scope): ObjectValue {
  const planned = withUnknowns(block, config);
  return fill({ typeName, block, planned, prior: null, scope, ordinal: 0, rules: dataSourceRules(typeName) });
}

/** What AWS would decide: every computed attribute that the configuration leaves out. */
function withUnknowns(block: Block, config: ObjectValue): ObjectValue {
  const planned: ObjectValue = { ...config };
  for (const attribute of block.attributes) {
    if (attribute.computed && (config[attribute.name] ?? null) === null) planned[attribute.name] = new Unknown();
  }
  for (const { name, block: inner } of block.blocks) {
    const given: Value = config[name] ?? null;
    const complete = (element: Value): Value => (isObject(element) ? withUnknowns(inner, element) : element);
    planned[name] = Array.isArray(given) ? given.map(complete) : complete(given);
  }
  return planned;
}
