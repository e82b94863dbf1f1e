import { createHash } from "node:crypto";
import { arn, form, generatedName, hexId, same, starting, uuid } from "../forms";
import { onEveryChange, type Rule, type ServiceRules, type Subject } from "../subject";

/** `function_name` may be a name, a partial or a full ARN; the result is the unqualified function's ARN. */
function functionArn(s: Subject): string {
  const name = s.text("function_name");
  if (!name.startsWith("arn:")) return s.arn("lambda", `function:${name}`);
  return name.split(":").slice(0, 7).join(":");
}

const plainName = (s: Subject): string => functionArn(s).split(":")[6] ?? "";

/** The URI by which API Gateway invokes a function. */
const invokeArn =
  (of: Rule): Rule =>
  (s) =>
    `arn:${s.partition}:apigateway:${s.region}:lambda:path/2015-03-31/functions/${String(of(s))}/invocations`;

const qualified: Rule = (s) => `${s.text("arn")}:${s.text("version")}`;

/** Every published change gets the next number; without publishing there is only `$LATEST`. */
const version: Rule = (s) => {
  if (s.value("publish") !== true) return "$LATEST";
  const prior = Number(s.prior("version"));
  return String(Number.isInteger(prior) ? prior + 1 : 1);
};

const lastModified: Rule = (s) => s.random.date().toISOString().replace("Z", "+0000");

const codeHash: Rule = (s) =>
  s.text("source_code_hash") || createHash("sha256").update(s.random.hex(64)).digest("base64");

const withQualifier =
  (separator: string): Rule =>
  (s) => {
    const qualifier = s.text("qualifier");
    return qualifier ? s.text("function_name") + separator + qualifier : s.text("function_name");
  };

/** True for a mapping whose events come from one of these services. */
const isFrom = (s: Subject, ...services: string[]): boolean =>
  services.includes(s.text("event_source_arn").split(":")[2] ?? "");

const kafkaSettings =
  (service: string): Rule =>
  (s) => {
    const topics = s.value("topics");
    const kafka = isFrom(s, service) && Array.isArray(topics) && topics.length > 0;
    return kafka ? [{ consumer_group_id: s.text("uuid") }] : [];
  };

/** Only a signed package has a signing job. */
const signing = { signing_job_arn: starting(""), signing_profile_version_arn: starting("") };

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html#awslambda-resources-for-iam-policies */
export const lambda: ServiceRules = {
  aws_lambda_function: {
    ...signing,
    id: same("function_name"),
    arn: arn("lambda", "function:{function_name}"),
    version: onEveryChange(version),
    qualified_arn: onEveryChange(qualified),
    invoke_arn: invokeArn((s) => s.text("arn")),
    qualified_invoke_arn: onEveryChange(invokeArn(qualified)),
    last_modified: onEveryChange(lastModified),
    code_sha256: onEveryChange(codeHash),
    source_code_hash: onEveryChange(codeHash),
    source_code_size: onEveryChange((s) => 1000 + Number(s.random.digits(5))),
    architectures: starting(["x86_64"]),
    "ephemeral_storage.size": starting(512),
    "logging_config.log_group": form("/aws/lambda/{function_name}"),
    "snap_start.optimization_status": (s) => (s.sibling("apply_on") === "PublishedVersions" ? "On" : "Off"),
    "vpc_config.vpc_id": hexId("vpc-"),
  },
  aws_lambda_alias: {
    arn: (s) => `${functionArn(s)}:${s.text("name")}`,
    id: same("arn"),
    invoke_arn: invokeArn((s) => s.text("arn")),
  },
  aws_lambda_permission: {
    statement_id: generatedName("statement_id_prefix"),
    id: same("statement_id"),
  },
  aws_lambda_function_event_invoke_config: { id: withQualifier(":") },
  aws_lambda_provisioned_concurrency_config: { id: form("{function_name},{qualifier}") },
  aws_lambda_event_source_mapping: {
    uuid,
    id: same("uuid"),
    arn: arn("lambda", "event-source-mapping:{uuid}"),
    function_arn: (s) => (s.text("function_name").startsWith("arn:") ? s.text("function_name") : functionArn(s)),
    maximum_record_age_in_seconds: (s) => (isFrom(s, "kinesis", "dynamodb") ? -1 : 0),
    maximum_retry_attempts: (s) => (isFrom(s, "kinesis", "dynamodb") ? -1 : 0),
    parallelization_factor: (s) => (isFrom(s, "kinesis", "dynamodb") ? 1 : 0),
    // Settings of one kind of source, which no other has.
    amazon_managed_kafka_event_source_config: kafkaSettings("kafka"),
    self_managed_kafka_event_source_config: kafkaSettings(""),
    state: starting("Enabled"),
    state_transition_reason: starting("USER_INITIATED"),
    last_processing_result: starting("No records processed"),
    last_modified: onEveryChange((s) => s.random.date().toISOString().replace(".000Z", "Z")),
  },
  aws_lambda_function_url: {
    url_id: (s) => s.shared("function-url", s.region, plainName(s), s.text("qualifier")).lower(32),
    function_url: form("https://{url_id}.lambda-url.{region}.on.aws/"),
    function_arn: (s) => functionArn(s) + (s.text("qualifier") && `:${s.text("qualifier")}`),
    id: withQualifier("/"),
  },
  aws_lambda_layer_version: {
    ...signing,
    version: (s) => String(1 + s.ordinal),
    layer_arn: arn("lambda", "layer:{layer_name}"),
    arn: form("{layer_arn}:{version}"),
    id: same("arn"),
    created_date: lastModified,
    code_sha256: codeHash,
    source_code_hash: codeHash,
    source_code_size: (s) => 1000 + Number(s.random.digits(5)),
  },
  aws_lambda_layer_version_permission: {
    id: form("{layer_name},{version_number}"),
    revision_id: uuid,
    policy: starting("{}"),
  },
  aws_lambda_code_signing_config: {
    config_id: hexId("csc-"),
    arn: arn("lambda", "code-signing-config:{config_id}"),
    id: same("arn"),
    last_modified: onEveryChange(lastModified),
  },
  aws_lambda_invocation: {
    id: (s) => `${s.text("function_name")}_${s.text("qualifier")}_${s.random.hex(32)}`,
    result: starting("{}"),
  },
  aws_lambda_runtime_management_config: { function_arn: functionArn },
};
