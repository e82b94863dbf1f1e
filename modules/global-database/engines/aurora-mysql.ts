import { engineLabel } from "../../../values/availability";
import type { DatabaseCapacity } from "../capacity";
import { type DatabaseEngine, interpolated, isOn, switchedOff, switchedOn } from "./engine";

/** The max_connections that AWS documents for each ACU value, in ascending order. */
const documented: readonly (readonly [acu: number, connections: number])[] = [
  [1, 90],
  [4, 135],
  [8, 1000],
  [16, 2000],
  [32, 3000],
  [64, 4000],
  [128, 5000],
  [192, 6000],
];

/** The max_connections that AWS documents for memory-optimized sizes: 1000 more each time that the memory doubles. */
const connectionsOfSize: Readonly<Record<string, number>> = {
  large: 1000,
  xlarge: 2000,
  "2xlarge": 3000,
  "4xlarge": 4000,
  "8xlarge": 5000,
  "12xlarge": 6000,
  "16xlarge": 6000,
};
const largest = 7000;

const reservedNames = [
  "admin",
  "information_schema",
  "mysql",
  "performance_schema",
  "rdsadmin",
  "rdsproxyadmin",
  "sys",
];

const seconds = (milliseconds: number): string => String(Math.max(1, Math.ceil(milliseconds / 1000)));

/**
 * Aurora MySQL 3, which follows MySQL 8.0.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Reference.ParameterGroups.html
 * @see https://dev.mysql.com/doc/refman/8.0/en/server-system-variables.html
 */
export const auroraMysql: DatabaseEngine = {
  name: "aurora-mysql",
  label: engineLabel("aurora-mysql"),
  port: 3306,
  familyOf: (version) => `aurora-mysql${version.split(".").slice(0, 2).join(".")}`,
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Integrating.CloudWatch.html */
  logsOf: ({ parameters }) => [
    ...(isOn(parameters, "server_audit_logging") ? ["audit"] : []),
    "error",
    "iam-db-auth-error",
    "slowquery",
  ],
  parametersOf: (config) => ({
    require_secure_transport: "ON",
    // Only of SELECT: nothing on the server ends other statements, which the runtime does by dropping the connection.
    max_execution_time: String(config.statementTimeoutMilliseconds),
    // MySQL has no limit of its own for transactions that wait: it ends every session that is idle for so long, with its locks.
    wait_timeout: seconds(config.idleInTransactionTimeoutMilliseconds),
    slow_query_log: config.logStatementsFromMilliseconds < 0 ? "0" : "1",
    long_query_time:
      config.logStatementsFromMilliseconds < 0 ? undefined : String(config.logStatementsFromMilliseconds / 1000),
    // What the alarm on deadlocks sends people to.
    innodb_print_all_deadlocks: "1",
  }),
  familyDefaults: {
    slow_query_log: { value: "0", from: 8 },
    long_query_time: { value: "10", from: 8 },
    wait_timeout: { value: "28800", from: 8 },
  },
  reserved: {
    require_secure_transport: "connections without TLS are always rejected, so remove it",
    max_execution_time: "use statementTimeoutMilliseconds",
    wait_timeout: "use idleInTransactionTimeoutMilliseconds",
    slow_query_log: "use logStatementsFromMilliseconds",
    long_query_time: "use logStatementsFromMilliseconds",
    innodb_print_all_deadlocks: "deadlocks are always logged, so remove it",
    lower_case_table_names:
      "it cannot change once there is a cluster, and names are told apart by case; write names of tables in lower case",
    max_connections: "pools are sized from its default, so change the capacity instead",
  },
  movedByCapacity: ["innodb_buffer_pool_size", "innodb_purge_threads", "table_definition_cache", "table_open_cache"],
  weaknesses: {
    log_output: {
      weakens: (value) => value.split(",").every((output) => output.trim() !== "file"),
      says: "keeps slow statements from CloudWatch Logs, which has them from the file of each instance; leave it at FILE",
    },
    tls_version: {
      weakens: (value) => value.split(",").some((version) => ["", "tlsv1", "tlsv1.1"].includes(version.trim())),
      says: "allows TLS versions that are no longer secure; use TLSv1.2, TLSv1.3 or both",
    },
    general_log: switchedOn(
      "writes every statement to the log, with the values in it; leave it off, and use server_audit_logging for auditing",
    ),
    local_infile: switchedOn("lets a server read files of its clients; leave it off"),
    innodb_flush_log_at_trx_commit: {
      weakens: (value) => value !== "1",
      says: "confirms transactions that can still be lost; leave it at 1",
    },
    foreign_key_checks: switchedOff("disables foreign keys in every session; set it only in the session that needs it"),
    unique_checks: switchedOff("disables unique keys in every session; set it only in the session that needs it"),
    sql_mode: {
      weakens: (value) =>
        /\bno_backslash_escapes\b/.test(value) ||
        !/\b(strict_trans_tables|strict_all_tables|traditional)\b/.test(value),
      says: "stores values that do not fit in a changed form, or takes backslashes for plain characters, which the driver escapes with; keep STRICT_TRANS_TABLES, and leave NO_BACKSLASH_ESCAPES out",
    },
  },
  isReservedName: (name) => reservedNames.includes(name) || /^(mysql|rds)[._]/.test(name),
  maxConnections,
  /** aurora_fwd_writer_max_connections_pct */
  forwardingPercent: 10,
  forwardingProblem: () => undefined,
};

/**
 * `GREATEST({log(DBInstanceClassMemory/805306368)*45},{log(DBInstanceClassMemory/8187281408)*1000})` with logarithms to the base of 2, and
 * the memory of the class or of the maximum ACU. Values between those that AWS documents are interpolated and rounded down.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html#AuroraMySQL.Managing.MaxConnections
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.max-connections
 */
function maxConnections(capacity: DatabaseCapacity): number {
  if (capacity.type === "serverless") return interpolated(documented, capacity.maxCapacity);
  return connectionsOfSize[capacity.instanceClass.split(".")[2] ?? ""] ?? largest;
}
