import type { Gate } from "../../contract/gate";
import { valueAt } from "../../terraform";
import { introduced, isCreated, type Problem, valuesAt } from "../introduced";

/**
 * Switches of encryption, by type of what stores data. Left out are the stores that AWS always encrypts, as tables of DynamoDB and
 * buckets are, and volumes whose switch is not stated, which the account may encrypt by default.
 */
export const encryptionSwitches: Readonly<Record<string, readonly string[]>> = {
  aws_ami: ["ebs_block_device.encrypted"],
  aws_ami_copy: ["encrypted"],
  aws_dax_cluster: ["server_side_encryption.enabled"],
  aws_db_instance: ["storage_encrypted"],
  aws_docdb_cluster: ["storage_encrypted"],
  aws_ebs_snapshot_copy: ["encrypted"],
  aws_ebs_volume: ["encrypted"],
  aws_efs_file_system: ["encrypted"],
  aws_elasticache_replication_group: ["at_rest_encryption_enabled"],
  aws_elasticsearch_domain: ["encrypt_at_rest.enabled"],
  aws_instance: ["root_block_device.encrypted", "ebs_block_device.encrypted"],
  aws_kinesis_firehose_delivery_stream: ["server_side_encryption.enabled"],
  aws_kinesis_stream: ["encryption_type"],
  aws_launch_template: ["block_device_mappings.ebs.encrypted"],
  aws_neptune_cluster: ["storage_encrypted"],
  aws_opensearch_domain: ["encrypt_at_rest.enabled"],
  aws_rds_cluster: ["storage_encrypted"],
  aws_rds_global_cluster: ["storage_encrypted"],
  aws_redshift_cluster: ["encrypted"],
  aws_sqs_queue: ["sqs_managed_sse_enabled"],
  aws_workspaces_workspace: ["root_volume_encryption_enabled", "user_volume_encryption_enabled"],
};

/** Types that are not encrypted where the switch, or the block that it is in, is left out. */
const offByDefault = new Set([
  "aws_dax_cluster",
  "aws_db_instance",
  "aws_docdb_cluster",
  "aws_kinesis_stream",
  "aws_neptune_cluster",
  "aws_workspaces_workspace",
]);

/** What encrypts in place of the switch, where it is stated: another argument of the same resource, or what it is a copy of. */
const inItsPlace: Readonly<Record<string, readonly string[]>> = {
  aws_db_instance: ["replicate_source_db", "snapshot_identifier", "restore_to_point_in_time"],
  aws_docdb_cluster: ["snapshot_identifier", "global_cluster_identifier"],
  aws_kinesis_firehose_delivery_stream: ["kinesis_source_configuration"],
  aws_neptune_cluster: ["snapshot_identifier", "global_cluster_identifier"],
  aws_rds_cluster: ["snapshot_identifier", "replication_source_identifier"],
  aws_rds_global_cluster: ["source_db_cluster_identifier"],
  aws_sqs_queue: ["kms_master_key_id"],
};

/** What stores data is encrypted from the start. */
export const noUnencryptedStorage: Gate = {
  id: "no-unencrypted-storage",
  statement: "Nothing that stores data is created without encryption.",
  why: "Most stores cannot be encrypted later: the data has to be copied to a new one, and snapshots made until then stay readable.",
  howToFix:
    "switch encryption on, best with a key of your own; if it may stay so, name the address with the argument under acknowledgedFindings of the environment",
  // That encryption is switched off again is said by no-other-key.
  check: (plan) =>
    introduced(plan, (type, values, resource) =>
      isCreated(resource) ? problemsOf(type, values, resource.change.after_unknown) : [],
    ),
};

function problemsOf(type: string, values: unknown, unknown: unknown): Problem[] {
  const stated = (inItsPlace[type] ?? []).some(
    (name) => !isNothing(valueAt(values, [name])) || !isNothing(valueAt(unknown, [name])),
  );
  if (stated) return [];
  return (encryptionSwitches[type] ?? []).flatMap((path) => {
    const names = path.split(".");
    if (names.some((_, index) => valuesAt(unknown, names.slice(0, index + 1)).includes(true))) return [];
    const found = valuesAt(values, names);
    const isOff = offByDefault.has(type)
      ? found.length === 0 || found.some((value) => !isOn(value))
      : found.some((value) => value === false || value === "false" || value === "NONE");
    return isOff ? [{ argument: path, message: `would store what it holds unencrypted: ${path} is off` }] : [];
  });
}

const isOn = (value: unknown): boolean => value === true || value === "true" || value === "KMS";

const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  value === false ||
  (Array.isArray(value) && value.length === 0);
