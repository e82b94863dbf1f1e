// Generated from the schemas by `npm run docs`; do not edit.
import type { AwsRegion, LogRetentionDays } from "../core";

/** What `databaseCapacity` takes: fields with defaults may be left out. */
export type DatabaseCapacityInput = {
  /** Instances that scale between two limits (Aurora Serverless v2). */
  readonly type: "serverless";
  /**
   * Minimum Aurora capacity units (ACU, 2 GiB each) of an instance, in steps of 0.5. Performance Insights needs at least 2 to run well.
   *
   * Takes `number 0.5..256`.
   */
  readonly minCapacity: number;
  /**
   * Maximum ACU of an instance. It determines max_connections, which only changes after a restart.
   *
   * Takes `number 1..256`.
   */
  readonly maxCapacity: number;
} | {
  /** Instances of one fixed class. */
  readonly type: "provisioned";
  /** Class of each instance, such as db.r7g.large. */
  readonly instanceClass: string;
};

/** What `globalDatabaseConfig` takes: fields with defaults may be left out. */
export interface GlobalDatabaseInput {
  /**
   * Aurora PostgreSQL, or Aurora MySQL. Cannot change: AWS makes a new database, without what the old one holds.
   *
   * @defaultValue `"aurora-postgresql"`
   */
  readonly engine?: "aurora-postgresql" | "aurora-mysql";
  /** Version of Aurora PostgreSQL, such as 16.6, or of Aurora MySQL, such as 8.0.mysql_aurora.3.08.2. Raising it upgrades all regions through the global cluster. */
  readonly engineVersion: string;
  /** Name of the first database. Cannot change. */
  readonly databaseName: string;
  /**
   * Owner of everything, for administration only. Services connect as their own users. Cannot change.
   *
   * @defaultValue `"dbadmin"`
   */
  readonly masterUsername?: string;
  /**
   * Raise it to generate and set a new master password.
   *
   * Takes `integer 1..`.
   *
   * @defaultValue `1`
   */
  readonly masterPasswordVersion?: number;
  /**
   * Must be the same port as that of the networks. Left out, 5432 of Aurora PostgreSQL, or 3306 of Aurora MySQL. Cannot change.
   *
   * Takes `integer 1150..65535`.
   */
  readonly port?: number;
  /** Size of each instance, in all regions but those of `capacityIn`. */
  readonly capacity: DatabaseCapacityInput;
  /**
   * Capacity of a region that has another one. After a failover, that of a standby region serves all traffic.
   *
   * @defaultValue `{}`
   */
  readonly capacityIn?: { readonly [K in AwsRegion]?: DatabaseCapacityInput };
  /**
   * Number of instances in each region.
   *
   * @defaultValue `{}`
   */
  readonly instances?: {
    /**
     * Instances in the home region: one writer, the others are readers.
     *
     * Takes `integer 1..16`.
     *
     * @defaultValue `2`
     */
    readonly home?: number;
    /**
     * Instances in each standby region. With two, it is highly available after a failover.
     *
     * Takes `integer 1..16`.
     *
     * @defaultValue `1`
     */
    readonly standby?: number;
  };
  /**
   * How long automatic backups are kept, in days. This is how far back point-in-time recovery can go.
   *
   * Takes `integer 1..35`.
   *
   * @defaultValue `35`
   */
  readonly backupRetentionDays?: number;
  /**
   * Daily backup window, hh:mm-hh:mm in UTC, at least 30 minutes.
   *
   * @defaultValue `"02:00-03:00"`
   */
  readonly preferredBackupWindow?: string;
  /**
   * Weekly maintenance window, ddd:hh:mm-ddd:hh:mm in UTC, at least 30 minutes. Must not overlap the backup window.
   *
   * @defaultValue `"sun:04:00-sun:05:00"`
   */
  readonly preferredMaintenanceWindow?: string;
  /**
   * Applies changes that interrupt the service immediately, instead of in the maintenance window.
   *
   * @defaultValue `false`
   */
  readonly applyImmediately?: boolean;
  /**
   * To delete the database, turn this off in a separate deployment first.
   *
   * @defaultValue `true`
   */
  readonly deletionProtection?: boolean;
  /**
   * Deletes the database without a final snapshot. For throw-away environments.
   *
   * @defaultValue `false`
   */
  readonly skipFinalSnapshot?: boolean;
  /**
   * Days of Performance Insights history; 7 days are free.
   *
   * @defaultValue `7`
   */
  readonly performanceInsightsRetentionDays?: number;
  /**
   * Interval of enhanced monitoring of the operating system, in seconds.
   *
   * @defaultValue `60`
   */
  readonly monitoringIntervalSeconds?: 1 | 5 | 10 | 15 | 30 | 60;
  /**
   * Days until log events expire; one of the periods that CloudWatch Logs supports.
   *
   * @defaultValue `30`
   */
  readonly logRetentionDays?: LogRetentionDays;
  /**
   * Longest run time of a statement on the server, in milliseconds. Functions time out earlier. Aurora MySQL ends SELECT statements only.
   *
   * Takes `integer 100..`.
   *
   * @defaultValue `30000`
   */
  readonly statementTimeoutMilliseconds?: number;
  /**
   * Longest pause inside a transaction, in milliseconds. After it the server ends the session and releases its locks. Aurora MySQL counts in whole seconds, and ends sessions that are idle outside of transactions as well.
   *
   * Takes `integer 1000..`.
   *
   * @defaultValue `60000`
   */
  readonly idleInTransactionTimeoutMilliseconds?: number;
  /**
   * Statements that run at least this long are logged with their text, in milliseconds. -1 turns it off.
   *
   * Takes `integer -1..`.
   *
   * @defaultValue `1000`
   */
  readonly logStatementsFromMilliseconds?: number;
  /**
   * Maximum data loss in an unplanned failover, in seconds of commits. The primary holds back commits while every standby region lags by more than that. Only of Aurora PostgreSQL.
   *
   * Takes `integer 20..`.
   */
  readonly maxRecoveryPointSeconds?: number;
  /**
   * Standby regions accept writes and forward them to the primary. This uses connections on the primary.
   *
   * @defaultValue `false`
   */
  readonly writeForwarding?: boolean;
  /**
   * Additional cluster parameters. Those that need a restart apply after the next one.
   *
   * @defaultValue `{}`
   */
  readonly parameters?: { readonly [name: string]: string };
  /**
   * Alarm thresholds.
   *
   * @defaultValue `{}`
   */
  readonly alarms?: {
    /**
     * CPU utilization of the busiest instance, in percent.
     *
     * Takes `number 1.., below 100`.
     *
     * @defaultValue `85`
     */
    readonly cpuPercent?: number;
    /**
     * Capacity units in use, as a percentage of maxCapacity.
     *
     * Takes `number 1.., below 100`.
     *
     * @defaultValue `90`
     */
    readonly capacityPercent?: number;
    /**
     * Minimum free memory of a provisioned instance, in MiB.
     *
     * Takes `integer 1..`.
     *
     * @defaultValue `1024`
     */
    readonly freeableMemoryMebibytes?: number;
    /**
     * Connections, as a percentage of max_connections.
     *
     * Takes `number 1.., below 100`.
     *
     * @defaultValue `80`
     */
    readonly connectionsPercent?: number;
    /**
     * Lag of a standby region behind the primary, in milliseconds.
     *
     * Takes `integer 100..`.
     *
     * @defaultValue `5000`
     */
    readonly replicationLagMilliseconds?: number;
    /**
     * Highest average rate of deadlocks that does not raise the alarm.
     *
     * Takes `number 0..`.
     *
     * @defaultValue `0`
     */
    readonly deadlocksPerSecond?: number;
    /**
     * Storage in use above which the alarm fires, in GiB.
     *
     * Takes `integer 1..262143`.
     *
     * @defaultValue `1024`
     */
    readonly storageGibibytes?: number;
    /**
     * Age of the oldest unfrozen transaction. At 2,147,483,648 PostgreSQL stops accepting writes.
     *
     * Takes `integer 1..2000000000`.
     *
     * @defaultValue `1000000000`
     */
    readonly transactionIds?: number;
    /**
     * Old versions of rows that Aurora MySQL still keeps, in undo records.
     *
     * Takes `integer 1000..`.
     *
     * @defaultValue `1000000`
     */
    readonly historyListLength?: number;
  };
}

