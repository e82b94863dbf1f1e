import type { Subject } from "./subject";

/** The service in an ARN, where it differs from the word after `aws_` in the type's name. */
const serviceOf: [prefix: string, service: string][] = [
  ["aws_api_gateway", "apigateway"],
  ["aws_apigatewayv2", "apigateway"],
  ["aws_appautoscaling", "application-autoscaling"],
  ["aws_autoscaling", "autoscaling"],
  ["aws_bedrockagent", "bedrock"],
  ["aws_ce", "ce"],
  ["aws_cloudwatch_event", "events"],
  ["aws_cloudwatch_log", "logs"],
  ["aws_cloudwatch_query", "logs"],
  ["aws_codestarconnections", "codestar-connections"],
  ["aws_cognito_identity", "cognito-identity"],
  ["aws_cognito", "cognito-idp"],
  ["aws_customer_gateway", "ec2"],
  ["aws_cur", "cur"],
  ["aws_db", "rds"],
  ["aws_default", "ec2"],
  ["aws_directory_service", "ds"],
  ["aws_docdb", "rds"],
  ["aws_dms", "dms"],
  ["aws_ebs", "ec2"],
  ["aws_efs", "elasticfilesystem"],
  ["aws_eip", "ec2"],
  ["aws_elb", "elasticloadbalancing"],
  ["aws_emr", "elasticmapreduce"],
  ["aws_flow_log", "ec2"],
  ["aws_instance", "ec2"],
  ["aws_internet_gateway", "ec2"],
  ["aws_key_pair", "ec2"],
  ["aws_kinesis_firehose", "firehose"],
  ["aws_kinesis_analytics", "kinesisanalytics"],
  ["aws_kinesisanalyticsv2", "kinesisanalytics"],
  ["aws_keyspaces", "cassandra"],
  ["aws_launch", "ec2"],
  ["aws_lb", "elasticloadbalancing"],
  ["aws_alb", "elasticloadbalancing"],
  ["aws_mq", "mq"],
  ["aws_msk", "kafka"],
  ["aws_nat_gateway", "ec2"],
  ["aws_neptune", "rds"],
  ["aws_network_acl", "ec2"],
  ["aws_network_interface", "ec2"],
  ["aws_opensearch", "es"],
  ["aws_elasticsearch", "es"],
  ["aws_placement_group", "ec2"],
  ["aws_prometheus", "aps"],
  ["aws_route_table", "ec2"],
  ["aws_s3control", "s3"],
  ["aws_security_group", "ec2"],
  ["aws_serverlessapplicationrepository", "serverlessrepo"],
  ["aws_service_discovery", "servicediscovery"],
  ["aws_sesv2", "ses"],
  ["aws_sfn", "states"],
  ["aws_spot", "ec2"],
  ["aws_subnet", "ec2"],
  ["aws_vpc", "ec2"],
  ["aws_vpn", "ec2"],
  ["aws_verifiedaccess", "ec2"],
  ["aws_wafregional", "waf-regional"],
  ["aws_wafv2", "wafv2"],
];

/** Services without a region in their ARNs. */
const global = new Set(["iam", "cloudfront", "route53", "globalaccelerator", "organizations", "waf", "budgets", "ce"]);

/** The service that a type belongs to, as its ARNs name it. */
function arnService(typeName: string): string {
  const found = serviceOf.find(([prefix]) => typeName === prefix || typeName.startsWith(`${prefix}_`));
  return found?.[1] ?? typeName.split("_")[1] ?? "simulated";
}

/** The kind of object that a type creates, e.g. `replication-group` of `aws_elasticache_replication_group`. */
export function kindOf(typeName: string): string {
  const words = typeName.split("_").slice(1);
  return (words.length > 1 ? words.slice(1) : words).join("-");
}

/** The usual form for a type without a rule: `arn:aws:<service>:<region>:<account>:<kind>/<name or id>`. */
export function genericArn(subject: Subject, kind = kindOf(subject.typeName)): string {
  const service = arnService(subject.typeName);
  const name = subject.path === "arn" && subject.has("name") ? subject.text("name") : "";
  const resource = `${kind}/${name || subject.random.hex(16)}`;
  return subject.arn(service, resource, global.has(service) ? { region: "" } : {});
}

/** ARNs of objects that attributes of any type may refer to, by a word in the attribute's name. */
const referred: [word: RegExp, make: (subject: Subject) => string][] = [
  [/role/, (s) => s.arn("iam", `role/simulated-${s.random.hex(8)}`, { region: "" })],
  [/kms|encryption_key/, (s) => s.arn("kms", `key/${s.random.uuid()}`)],
  [/policy/, (s) => s.arn("iam", `policy/simulated-${s.random.hex(8)}`, { region: "" })],
  [/instance_profile/, (s) => s.arn("iam", `instance-profile/simulated-${s.random.hex(8)}`, { region: "" })],
  [/secret/, (s) => s.arn("secretsmanager", `secret:simulated-${s.random.lower(6)}`)],
  [/bucket/, (s) => s.arn("s3", `simulated-${s.random.hex(12)}`, { region: "", account: "" })],
  [/topic|sns/, (s) => s.arn("sns", `simulated-${s.random.hex(8)}`)],
  [/queue|sqs/, (s) => s.arn("sqs", `simulated-${s.random.hex(8)}`)],
  [/lambda|function/, (s) => s.arn("lambda", `function:simulated-${s.random.hex(8)}`)],
  [/log_group|cloudwatch_log/, (s) => s.arn("logs", `log-group:simulated-${s.random.hex(8)}`)],
  [/certificate|acm/, (s) => s.arn("acm", `certificate/${s.random.uuid()}`)],
  [/user/, (s) => s.arn("iam", `user/simulated-${s.random.hex(8)}`, { region: "" })],
];

/** An ARN for an attribute whose name ends in `_arn`. */
export function referredArn(subject: Subject): string {
  const name = subject.path.split(".").pop() ?? "";
  const found = referred.find(([word]) => word.test(name));
  return found
    ? found[1](subject)
    : genericArn(subject, name.replace(/_?arns?$/, "").replaceAll("_", "-") || undefined);
}
