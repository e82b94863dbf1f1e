import type { ObjectValue, Value } from "../../../simulator/protocol/values";

const dynamodbAttribute = [{ name: "pk", type: "S" }];

/** What types need beyond what their schema requires: rules that only the provider's code knows. */
export const additions: Record<string, ObjectValue> = {
  aws_alb_target_group: { port: 80, protocol: "HTTP", vpc_id: "vpc-0123456789abcdef0" },
  aws_api_gateway_authorizer: {
    authorizer_uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/x/invocations",
  },
  aws_cloudcontrolapi_resource: { desired_state: "{}" },
  aws_directory_service_trust: { trust_direction: "Two-Way" },
  aws_dynamodb_table: { hash_key: "pk", attribute: dynamodbAttribute, billing_mode: "PAY_PER_REQUEST" },
  aws_iot_authorizer: { signing_disabled: true },
  aws_iot_ca_certificate: { certificate_mode: "SNI_ONLY" },
  aws_kinesis_stream: { shard_count: 1 },
  aws_lambda_function: { handler: "index.handler", runtime: "nodejs22.x", filename: "code.zip" },
  aws_lb_target_group: { port: 80, protocol: "HTTP", vpc_id: "vpc-0123456789abcdef0" },
  // The provider crashes without a location.
  aws_s3_directory_bucket: { location: [{ name: "use1-az4", type: null }] },
  aws_servicecatalogappregistry_attribute_group: { attributes: "{}" },
  aws_snapshot_create_volume_permission: { account_id: "210987654321" },
  aws_workspaces_directory: { directory_id: "d-0123456789" },
};

/**
 * Types that the provider cannot plan from a generated configuration, and why; their filled states are checked all the
 * same, from a plan made up from the schema.
 */
export const notPlannable: Record<string, string> = {
  aws_kinesis_firehose_delivery_stream: "needs the block of its destination, which its schema does not require",
};

/** What the provider asks for when it refuses a value: the place in the configuration and a value that it takes. */
export function correction(detail: string): { path: string[]; value: Value } | undefined {
  const path = /Path: ([\w.[\]]+)/.exec(detail)?.[1]?.match(/\w+/g);
  const word = /Valid Values: \[(\S+)/.exec(detail)?.[1];
  const value = word ?? (/parsed as an ARN/.test(detail) ? "arn:aws:iam::123456789012:role/x" : undefined);
  return path && value ? { path, value } : undefined;
}

/** Puts a value into a configuration; false when it is there already or the place does not exist. */
export function put(config: ObjectValue, path: string[], value: Value): boolean {
  const name = path[path.length - 1] ?? "";
  let target: unknown = config;
  for (const step of path.slice(0, -1)) target = (target as Record<string, unknown> | null | undefined)?.[step];
  if (target === null || typeof target !== "object" || (target as ObjectValue)[name] === value) return false;
  (target as ObjectValue)[name] = value;
  return true;
}
