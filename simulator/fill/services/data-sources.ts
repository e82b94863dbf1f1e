import { arn, form, same, starting } from "../forms";
import type { Rule, ServiceRules } from "../subject";
import { zoneId, zoneLetters } from "../zones";
import { apigatewayv2 } from "./apigatewayv2";
import { dynamodb } from "./dynamodb";
import { iam } from "./iam";
import { kms } from "./kms";
import { lambda } from "./lambda";
import { messaging } from "./messaging";
import { s3 } from "./s3";
import { secrets } from "./secrets";

const userArn: Rule = (s) => s.arn("iam", "user/simulated", { region: "" });

/** What data sources that would ask AWS answer; types not listed get what their attributes' names suggest. */
export const dataSources: ServiceRules = {
  aws_caller_identity: {
    account_id: form("{account}"),
    id: form("{account}"),
    arn: userArn,
    user_id: starting("AIDASIMULATEDUSER0001"),
  },
  // Unlike any other text, so that it can be looked for where no secret may be.
  aws_secretsmanager_random_password: {
    random_password: (s) => `SimulatedPassword${s.random.lower(47)}`,
  },
  aws_availability_zones: {
    id: form("{region}"),
    names: (s) => zoneLetters(s.region).map((letter) => s.region + letter),
    zone_ids: (s) => zoneLetters(s.region).map((_letter, index) => zoneId(s.region, index)),
    group_names: (s) => [s.region],
  },
  aws_availability_zone: {
    name: (s) => `${s.region}a`,
    id: same("name"),
    name_suffix: (s) => s.text("name").slice(-1),
    region: form("{region}"),
    group_name: form("{region}"),
    network_border_group: form("{region}"),
    zone_id: (s) => zoneId(s.region, Math.max("abcdef".indexOf(s.text("name").slice(-1)), 0)),
    zone_type: starting("availability-zone"),
    opt_in_status: starting("opt-in-not-required"),
    state: starting("available"),
    parent_zone_id: starting(""),
    parent_zone_name: starting(""),
  },
  aws_regions: {
    id: starting("aws"),
    names: starting([
      "us-east-1",
      "us-east-2",
      "us-west-1",
      "us-west-2",
      "ca-central-1",
      "eu-central-1",
      "eu-west-1",
      "eu-west-2",
      "eu-west-3",
      "eu-north-1",
      "ap-northeast-1",
      "ap-northeast-2",
      "ap-northeast-3",
      "ap-south-1",
      "ap-southeast-1",
      "ap-southeast-2",
      "sa-east-1",
    ]),
  },
  aws_canonical_user_id: { id: (s) => s.shared("canonical-user").hex(64), display_name: starting("") },
  aws_iam_session_context: {
    issuer_arn: same("arn"),
    issuer_name: starting("simulated"),
    issuer_id: starting("AIDASIMULATEDUSER0001"),
    session_name: starting(""),
    id: same("arn"),
  },
  aws_route53_zone: {
    zone_id: (s) => `Z${s.shared("zone", s.text("name")).upper(20)}`,
    id: same("zone_id"),
    name: starting("example.com"),
    arn: (s) => s.arn("route53", `hostedzone/${s.text("zone_id")}`, { region: "", account: "" }),
    name_servers: () =>
      ["com", "net", "org", "co.uk"].map((end, index) => `ns-${512 * index + 1}.awsdns-0${index}.${end}`),
    primary_name_server: starting("ns-1.awsdns-00.com"),
  },
  aws_ssm_parameter: {
    id: same("name"),
    arn: secrets.aws_ssm_parameter?.arn ?? same("name"),
    type: starting("String"),
    value: (s) => `simulated-${s.shared("ssm", s.region, s.text("name")).hex(8)}`,
    insecure_value: same("value"),
    version: starting(1),
  },
  aws_secretsmanager_secret: { name: starting("simulated"), ...secrets.aws_secretsmanager_secret },
  aws_kms_key: {
    id: (s) => s.text("key_id").split("/").pop() ?? "",
    arn: arn("kms", "key/{id}"),
    aws_account_id: form("{account}"),
    enabled: starting(true),
    key_state: starting("Enabled"),
    key_manager: starting("CUSTOMER"),
    key_spec: starting("SYMMETRIC_DEFAULT"),
    customer_master_key_spec: starting("SYMMETRIC_DEFAULT"),
    key_usage: starting("ENCRYPT_DECRYPT"),
    origin: starting("AWS_KMS"),
  },
  aws_kms_alias: {
    id: same("arn"),
    arn: arn("kms", "{name}"),
    target_key_id: (s) => s.shared("kms", s.region, s.text("name")).uuid(),
    target_key_arn: arn("kms", "key/{target_key_id}"),
  },
  aws_iam_role: { ...iam.aws_iam_role, path: starting("/"), assume_role_policy: starting("{}") },
  aws_iam_policy: { ...iam.aws_iam_policy, path: starting("/"), policy: starting("{}") },
  aws_lambda_function: { ...lambda.aws_lambda_function, version: starting("1") },
  aws_lambda_alias: { ...lambda.aws_lambda_alias, function_version: starting("1") },
  // A table or a replica, which both have a stream where somebody looks it up.
  aws_dynamodb_table: {
    id: same("name"),
    arn: dynamodb.aws_dynamodb_table?.arn ?? same("name"),
    stream_enabled: starting(true),
    stream_view_type: starting("NEW_AND_OLD_IMAGES"),
    stream_label: (s) => s.shared("stream", s.text("name"), s.region).date().toISOString().replace("Z", ""),
    stream_arn: form("{arn}/stream/{stream_label}"),
  },
  aws_s3_bucket: s3.aws_s3_bucket ?? {},
  aws_sns_topic: { arn: messaging.aws_sns_topic?.arn ?? same("name"), id: same("arn") },
  aws_sqs_queue: { arn: arn("sqs", "{name}"), url: messaging.aws_sqs_queue?.url ?? same("name"), id: same("url") },
  aws_apigatewayv2_api: { ...apigatewayv2.aws_apigatewayv2_api, id: same("api_id") },
  aws_kms_ciphertext: kms.aws_kms_ciphertext ?? {},
  aws_vpc: {
    id: (s) => `vpc-${s.shared("default-vpc", s.region).hex(17)}`,
    arn: arn("ec2", "vpc/{id}"),
    state: starting("available"),
    cidr_block: starting("10.0.0.0/16"),
  },
  aws_subnets: {
    id: form("{region}"),
    ids: (s) =>
      zoneLetters(s.region)
        .slice(0, 3)
        .map((letter) => `subnet-${s.shared("subnet", s.region, letter).hex(17)}`),
  },
  aws_security_group: {
    id: (s) => `sg-${s.shared("default-sg", s.region).hex(17)}`,
    arn: arn("ec2", "security-group/{id}"),
    name: starting("default"),
  },
  aws_cloudwatch_log_group: { id: same("name"), arn: arn("logs", "log-group:{name}") },
  aws_cloudwatch_event_bus: { id: same("name"), arn: arn("events", "event-bus/{name}") },
  aws_acm_certificate: {
    arn: (s) => s.arn("acm", `certificate/${s.shared("acm", s.region, s.text("domain")).uuid()}`),
    id: same("arn"),
    status: starting("ISSUED"),
  },
  aws_ec2_managed_prefix_list: {
    id: (s) => `pl-${s.shared("prefix-list", s.region, s.text("name")).hex(8)}`,
    arn: arn("ec2", "prefix-list/{id}"),
    max_entries: starting(10),
    version: starting(1),
  },
  aws_servicequotas_service_quota: {
    value: starting(1000),
    default_value: starting(1000),
    adjustable: starting(true),
  },
};
