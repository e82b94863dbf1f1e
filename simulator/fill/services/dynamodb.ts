import { arn, arnParts, form, same, starting } from "../forms";
import type { Rule, ServiceRules } from "../subject";

/** A stream's label is the moment it was switched on. */
const label: Rule = (s) => (s.value("stream_enabled") === true ? s.random.date().toISOString().replace("Z", "") : "");

const tableArnIn =
  (name: string, region: string): Rule =>
  (s) =>
    s.arn("dynamodb", `table/${name}`, { region });

const replicaArn: Rule = (s) => tableArnIn(s.text("name"), s.sibling("region_name"))(s);

/** Each replica has a stream of its own, with its own label. */
const replicaLabel: Rule = (s) =>
  s.value("stream_enabled") === true
    ? s.shared("stream", s.text("name"), s.sibling("region_name")).date().toISOString().replace("Z", "")
    : "";

const globalTableName: Rule = (s) => arnParts(s.text("global_table_arn")).resource.replace(/^table\//, "");

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html#amazondynamodb-resources-for-iam-policies */
export const dynamodb: ServiceRules = {
  aws_dynamodb_table: {
    id: same("name"),
    arn: arn("dynamodb", "table/{name}"),
    stream_label: label,
    stream_arn: (s) => (s.text("stream_label") ? `${s.text("arn")}/stream/${s.text("stream_label")}` : ""),
    stream_view_type: starting(""),
    read_capacity: starting(0),
    write_capacity: starting(0),
    "replica.arn": replicaArn,
    "replica.kms_key_arn": starting(""),
    "replica.stream_label": replicaLabel,
    "replica.stream_arn": (s) => {
      const streamLabel = replicaLabel(s);
      return streamLabel ? `${replicaArn(s)}/stream/${streamLabel}` : "";
    },
    "server_side_encryption.kms_key_arn": (s) => s.arn("kms", `key/${s.shared("aws/dynamodb", s.region).uuid()}`),
    "point_in_time_recovery.recovery_period_in_days": starting(35),
  },
  aws_dynamodb_table_replica: {
    id: (s) => `${globalTableName(s)}:${arnParts(s.text("global_table_arn")).region}`,
    arn: (s) => s.arn("dynamodb", `table/${globalTableName(s)}`),
    kms_key_arn: starting(""),
    deletion_protection_enabled: starting(false),
  },
  aws_dynamodb_global_table: {
    id: same("name"),
    arn: (s) => s.arn("dynamodb", `global-table/${s.text("name")}`, { region: "" }),
  },
  aws_dynamodb_contributor_insights: { id: form("name:{table_name}/index:{index_name}/{account}") },
  aws_dynamodb_kinesis_streaming_destination: {
    id: form("{table_name},{stream_arn}"),
    approximate_creation_date_time_precision: starting("MILLISECOND"),
  },
  aws_dynamodb_resource_policy: {
    id: same("resource_arn"),
    revision_id: (s) => s.random.digits(13),
    confirm_remove_self_resource_access: starting(false),
  },
  aws_dynamodb_table_item: { id: form("{table_name}|{hash_key}|{range_key}") },
  aws_dynamodb_tag: { id: form("{resource_arn},{key}") },
  aws_dynamodb_table_export: {
    arn: (s) => `${s.text("table_arn")}/export/${s.random.digits(14)}-${s.random.hex(8)}`,
    id: same("arn"),
    export_status: starting("COMPLETED"),
    export_type: starting("FULL_EXPORT"),
    s3_sse_algorithm: starting("AES256"),
  },
};
