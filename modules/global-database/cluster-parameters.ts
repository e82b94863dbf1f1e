import type { GlobalDatabaseConfig } from "./config";

/** A parameter in the form that `aws_rds_cluster_parameter_group` expects. */
export interface ClusterParameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod: "immediate" | "pending-reboot";
}

/**
 * The cluster parameters. They must be the same in all regions, because any region may become the primary.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
 */
export function clusterParameters(config: GlobalDatabaseConfig): ClusterParameter[] {
  const dynamic: Record<string, string | undefined> = {
    "rds.force_ssl": "1",
    password_encryption: "scram-sha-256",
    statement_timeout: String(config.statementTimeoutMilliseconds),
    idle_in_transaction_session_timeout: String(config.idleInTransactionTimeoutMilliseconds),
    log_min_duration_statement: String(config.logStatementsFromMilliseconds),
    "rds.global_db_rpo": config.maxRecoveryPointSeconds?.toString(),
  };
  return [
    ...Object.entries(dynamic).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, value, applyMethod: "immediate" as const }],
    ),
    ...Object.entries(config.parameters).map(([name, value]) => ({
      name,
      value,
      applyMethod: "pending-reboot" as const,
    })),
  ];
}
