import { engineLabel } from "../../../values/availability";
import type { DatabaseCapacity } from "../capacity";
import { type DatabaseEngine, interpolated, switchedOff } from "./engine";

/** The max_connections that AWS documents for each ACU value, in ascending order. */
const documented: readonly (readonly [acu: number, connections: number])[] = [
  [1, 189],
  [4, 823],
  [8, 1669],
  [16, 3360],
  [32, 5000],
];

/** Aurora caps max_connections at this value if the minimum capacity is below 1 ACU. */
const smallMinimumCap = 2000;
const largest = 5000;

/** The max_connections that AWS documents for memory-optimized sizes, rounded down. Larger sizes reach the cap. */
const connectionsOfSize: Readonly<Record<string, number>> = { large: 1600, xlarge: 3200 };

const reservedNames = ["admin", "postgres", "rdsadmin", "rdsproxyadmin", "template0", "template1"];

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-write-forwarding-apg.html */
const firstToForward: Readonly<Record<number, number>> = { 13: Number.POSITIVE_INFINITY, 14: 9, 15: 4, 16: 1 };

/**
 * Aurora PostgreSQL.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Reference.ParameterGroups.html
 * @see https://www.postgresql.org/docs/current/runtime-config.html
 */
export const auroraPostgresql: DatabaseEngine = {
  name: "aurora-postgresql",
  label: engineLabel("aurora-postgresql"),
  port: 5432,
  familyOf: (version) => `aurora-postgresql${version.split(".")[0]}`,
  logsOf: () => ["iam-db-auth-error", "postgresql"],
  parametersOf: (config) => ({
    "rds.force_ssl": "1",
    password_encryption: "scram-sha-256",
    statement_timeout: String(config.statementTimeoutMilliseconds),
    idle_in_transaction_session_timeout: String(config.idleInTransactionTimeoutMilliseconds),
    // As it is by default, but said: other values write statements that set passwords to the log. Slow statements are logged.
    log_statement: "none",
    log_min_duration_statement: String(config.logStatementsFromMilliseconds),
    "rds.global_db_rpo": config.maxRecoveryPointSeconds?.toString(),
  }),
  /**
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/PostgreSQL_Password_Encryption_configuration.html
   */
  familyDefaults: {
    "rds.force_ssl": { value: "1", from: 17 },
    password_encryption: { value: "scram-sha-256", from: 14 },
    idle_in_transaction_session_timeout: { value: "86400000", from: 10 },
    log_statement: { value: "none", from: 10 },
  },
  reserved: {
    "rds.force_ssl": "connections without TLS are always rejected, so remove it",
    password_encryption: "passwords are always stored as SCRAM-SHA-256, so remove it",
    statement_timeout: "use statementTimeoutMilliseconds",
    idle_in_transaction_session_timeout: "use idleInTransactionTimeoutMilliseconds",
    log_min_duration_statement: "use logStatementsFromMilliseconds",
    "rds.global_db_rpo": "use maxRecoveryPointSeconds",
    max_connections: "pools are sized from its default, so change the capacity instead",
  },
  movedByCapacity: ["shared_buffers"],
  weaknesses: {
    ssl: switchedOff("switches TLS off, but the database only accepts connections with TLS; remove it"),
    ssl_min_protocol_version: {
      weakens: (value) => ["", "tlsv1", "tlsv1.1"].includes(value),
      says: "allows TLS versions that are no longer secure; use TLSv1.2 or TLSv1.3",
    },
    log_statement: {
      weakens: (value) => ["ddl", "mod", "all"].includes(value),
      says: "writes statements that set passwords to the log; set it to none, and use pgaudit for auditing",
    },
    autovacuum: switchedOff(
      "stops cleaning up transaction ids, until the database accepts no more writes; leave it on",
    ),
    session_replication_role: {
      weakens: (value) => value === "replica",
      says: "disables foreign keys and triggers in every session; set it only in the session that needs it",
    },
    synchronous_commit: switchedOff("confirms transactions that can still be lost; leave it on"),
  },
  isReservedName: (name) => reservedNames.includes(name) || /^(pg|rds)_/.test(name),
  maxConnections,
  /** apg_write_forward.max_forwarding_connections_percent */
  forwardingPercent: 25,
  forwardingProblem(version) {
    const [major = 0, minor = 0] = version.split(".").map(Number);
    if (minor >= (firstToForward[major] ?? 0)) return undefined;
    return `needs Aurora PostgreSQL 14.9, 15.4, 16.1 or newer, not ${version}; upgrade, or turn it off`;
  },
};

/**
 * `LEAST({DBInstanceClassMemory/9531392}, 5000)`, with the memory of the class or of the maximum ACU. Values between those that AWS
 * documents are interpolated and rounded down.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.max-connections
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Managing.html
 */
function maxConnections(capacity: DatabaseCapacity): number {
  if (capacity.type === "provisioned") {
    return connectionsOfSize[capacity.instanceClass.split(".")[2] ?? ""] ?? largest;
  }
  const ofMaximum = interpolated(documented, capacity.maxCapacity);
  return capacity.minCapacity < 1 ? Math.min(ofMaximum, smallMinimumCap) : ofMaximum;
}
