/** The parameters that the toolkit sets, and what users should do instead. */
export const parametersOfToolkit: Readonly<Record<string, string>> = {
  "rds.force_ssl": "connections without TLS are always rejected, so remove it",
  password_encryption: "passwords are always stored as SCRAM-SHA-256, so remove it",
  statement_timeout: "use statementTimeoutMilliseconds",
  idle_in_transaction_session_timeout: "use idleInTransactionTimeoutMilliseconds",
  log_min_duration_statement: "use logStatementsFromMilliseconds",
  "rds.global_db_rpo": "use maxRecoveryPointSeconds",
  max_connections: "pools are sized from its default, so change the capacity instead",
};
