import type { GlobalDatabaseConfig } from "./config";

/** A parameter in the form that `aws_rds_cluster_parameter_group` expects. */
export interface ClusterParameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod: "immediate" | "pending-reboot";
}

/**
 * Values that a family has before anybody sets them, by parameter, from a major version of the engine on.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/PostgreSQL_Password_Encryption_configuration.html
 */
const familyDefaults: Readonly<Record<string, { readonly value: string; readonly from: number }>> = {
  "rds.force_ssl": { value: "1", from: 17 },
  password_encryption: { value: "scram-sha-256", from: 14 },
  idle_in_transaction_session_timeout: { value: "86400000", from: 10 },
  log_statement: { value: "none", from: 10 },
};

/**
 * RDS does not count a parameter as changed whose value is the family's own, and says `pending-reboot` of it whatever was
 * asked; `immediate` would be planned again and again.
 */
function applyMethod(name: string, value: string, engineVersion: string): ClusterParameter["applyMethod"] {
  const known = familyDefaults[name];
  const unchanged = known?.value === value && Number.parseInt(engineVersion, 10) >= known.from;
  return unchanged ? "pending-reboot" : "immediate";
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
    // As it is by default, but said: other values write statements that set passwords to the log. Slow statements are logged.
    log_statement: "none",
    log_min_duration_statement: String(config.logStatementsFromMilliseconds),
    "rds.global_db_rpo": config.maxRecoveryPointSeconds?.toString(),
  };
  // RDS compares names without regard to case.
  const own = new Set(Object.keys(config.parameters).map((name) => name.toLowerCase()));
  return [
    ...Object.entries(dynamic).flatMap(([name, value]) =>
      value === undefined || own.has(name)
        ? []
        : [{ name, value, applyMethod: applyMethod(name, value, config.engineVersion) }],
    ),
    ...Object.entries(config.parameters).map(([name, value]) => ({
      name,
      value,
      applyMethod: "pending-reboot" as const,
    })),
  ];
}
