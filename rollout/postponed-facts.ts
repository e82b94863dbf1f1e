/** Arguments whose changes wait, and the page that says so. */
export interface WaitingArguments {
  readonly arguments: readonly string[];
  /** The page of AWS that says so. */
  readonly source: string;
}

/** A deletion that AWS carries out some days later, and until then can be taken back. */
export interface DeletionWindow {
  /** The argument with the number of days. */
  readonly argument: string;
  /** Days where it is not given. */
  readonly days: number;
  readonly source: string;
}

const rds = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference";
const documentdb = "https://docs.aws.amazon.com/documentdb/latest/developerguide";
const neptune = "https://docs.aws.amazon.com/neptune/latest/apiref";
const cache = "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference";

/** Changes that wait for the next maintenance window unless `apply_immediately` is true. */
export const untilMaintenance: Readonly<Record<string, WaitingArguments>> = {
  aws_db_instance: {
    arguments: [
      "instance_class",
      "engine_version",
      "multi_az",
      "iops",
      "option_group_name",
      "db_subnet_group_name",
      "identifier",
    ],
    source: `${rds}/API_ModifyDBInstance.html`,
  },
  aws_rds_cluster_instance: { arguments: ["instance_class"], source: `${rds}/API_ModifyDBInstance.html` },
  aws_rds_cluster: {
    arguments: ["engine_version", "iam_database_authentication_enabled"],
    source: `${rds}/API_ModifyDBCluster.html`,
  },
  aws_docdb_cluster: {
    arguments: ["engine_version", "master_password"],
    source: `${documentdb}/API_ModifyDBCluster.html`,
  },
  aws_docdb_cluster_instance: { arguments: ["instance_class"], source: `${documentdb}/API_ModifyDBInstance.html` },
  aws_neptune_cluster: { arguments: ["engine_version"], source: `${neptune}/API_ModifyDBCluster.html` },
  aws_neptune_cluster_instance: {
    arguments: ["instance_class", "neptune_subnet_group_name"],
    source: `${neptune}/API_ModifyDBInstance.html`,
  },
  aws_elasticache_cluster: {
    arguments: ["node_type", "engine_version", "parameter_group_name", "num_cache_nodes"],
    source: `${cache}/API_ModifyCacheCluster.html`,
  },
  aws_elasticache_replication_group: {
    arguments: ["node_type", "engine_version", "parameter_group_name"],
    source: `${cache}/API_ModifyReplicationGroup.html`,
  },
};

/** Parameters with `apply_method` `pending-reboot` are only in effect once an instance is rebooted. */
export const untilReboot: Readonly<Record<string, WaitingArguments>> = Object.fromEntries(
  [
    ["aws_db_parameter_group", `${rds}/API_ModifyDBParameterGroup.html`],
    ["aws_rds_cluster_parameter_group", `${rds}/API_ModifyDBClusterParameterGroup.html`],
    ["aws_docdb_cluster_parameter_group", `${documentdb}/API_ModifyDBClusterParameterGroup.html`],
    ["aws_neptune_cluster_parameter_group", `${neptune}/API_ModifyDBClusterParameterGroup.html`],
    ["aws_neptune_parameter_group", `${neptune}/API_ModifyDBParameterGroup.html`],
  ].map(([type, source]) => [type, { arguments: ["parameter"], source }]),
);

const kms = {
  argument: "deletion_window_in_days",
  days: 30,
  source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html",
};

/** Deletions that wait. The days are those of the state: a deletion takes what was applied last. */
export const deletionWindows: Readonly<Record<string, DeletionWindow>> = {
  aws_kms_key: kms,
  aws_kms_replica_key: kms,
  aws_kms_external_key: kms,
  aws_kms_replica_external_key: kms,
  aws_secretsmanager_secret: {
    // 0 deletes at once.
    argument: "recovery_window_in_days",
    days: 30,
    source: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html",
  },
};
