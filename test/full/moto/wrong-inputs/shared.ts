import type { Json } from "../../../../terraform";
import { ref } from "../../../support/synth";
import { account } from "../clouds";

const region = "eu-west-1";
const elsewhere = "eu-central-1";

/** Two regions: what stands in the second cannot be used in the first. */
export const providers: readonly Json[] = [
  { region, allowed_account_ids: [account], s3_use_path_style: true, max_retries: 1 },
  { alias: "elsewhere", region: elsewhere, allowed_account_ids: [account], s3_use_path_style: true, max_retries: 1 },
];

/** An ARN in the region of the wrong inputs. */
export const arn = (service: string, rest: string): string => `arn:aws:${service}:${region}:${account}:${rest}`;

/** A trust policy of a service's role. */
export const trusting = (service: string): string =>
  policy({ Principal: { Service: service }, Action: "sts:AssumeRole" });

/** A policy that allows one action on everything. */
export const allowing = (Action: string): string => policy({ Action, Resource: "*" });

/** A policy of a resource, for this account. */
export const lettingIn = (Action: string): string =>
  policy({ Sid: "Own", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action, Resource: "*" });

/** A policy of one statement, which allows unless it says otherwise. */
export function policy(statement: Json, Version = "2012-10-17"): string {
  return JSON.stringify({ Version, Statement: [{ Effect: "Allow", ...statement }] });
}

const queue = (name: string): string => `https://sqs.${region}.amazonaws.com/${account}/${name}`;

/** The URL of a queue that does not exist. */
export const missingQueue = queue("missing");

/**
 * What the wrong inputs refer to, and what AWS accepts.
 * @param code Path of the code of a function.
 */
export const shared = (code: string): Record<string, Record<string, Json>> => ({
  aws_vpc: {
    shared: { cidr_block: "10.20.0.0/16" },
    elsewhere: { provider: "aws.elsewhere", cidr_block: "10.20.0.0/16" },
  },
  aws_subnet: {
    shared: { vpc_id: ref("aws_vpc.shared.id"), cidr_block: "10.20.0.0/24", availability_zone: `${region}a` },
    other: { vpc_id: ref("aws_vpc.shared.id"), cidr_block: "10.20.1.0/24", availability_zone: `${region}b` },
    elsewhere: { provider: "aws.elsewhere", vpc_id: ref("aws_vpc.elsewhere.id"), cidr_block: "10.20.0.0/24" },
  },
  aws_route_table: {
    shared: { vpc_id: ref("aws_vpc.shared.id") },
    elsewhere: { provider: "aws.elsewhere", vpc_id: ref("aws_vpc.elsewhere.id") },
  },
  aws_security_group: {
    shared: { name: "shared", vpc_id: ref("aws_vpc.shared.id") },
    elsewhere: { provider: "aws.elsewhere", name: "elsewhere", vpc_id: ref("aws_vpc.elsewhere.id") },
  },
  aws_iam_role: {
    shared: { name: "shared", assume_role_policy: trusting("lambda.amazonaws.com") },
    scheduler: { name: "scheduler", assume_role_policy: trusting("scheduler.amazonaws.com") },
  },
  aws_iam_policy: { shared: { name: "shared", policy: allowing("s3:GetObject") } },
  aws_lambda_function: {
    shared: {
      function_name: "shared",
      role: ref("aws_iam_role.shared.arn"),
      handler: "index.handler",
      runtime: "nodejs22.x",
      filename: code,
      publish: true,
    },
  },
  aws_cloudwatch_event_bus: { shared: { name: "shared" } },
  aws_cloudwatch_log_group: { shared: { name: "shared" } },
  aws_kms_key: { shared: { description: "shared" } },
  aws_apigatewayv2_api: {
    shared: { name: "shared", protocol_type: "HTTP" },
    elsewhere: { provider: "aws.elsewhere", name: "elsewhere", protocol_type: "HTTP" },
  },
  aws_route53_zone: { shared: { name: "shared.example.com" } },
  aws_s3_bucket: { shared: { bucket: "shared-123456789012" } },
  aws_secretsmanager_secret: { shared: { name: "shared" } },
  aws_sns_topic: { shared: { name: "shared" } },
  aws_sqs_queue: { shared: { name: "shared" }, fifo: { name: "shared.fifo", fifo_queue: true } },
});
