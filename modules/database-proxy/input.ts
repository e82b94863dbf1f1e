// Generated from the schemas by `npm run docs`; do not edit.
import type { LogRetentionDays } from "../core";

/** What `databaseProxyConfig` takes: fields with defaults may be left out. */
export interface DatabaseProxyInput {
  /**
   * Average number of concurrent function executions that share one database connection. 1 is safe; measure before raising it, because executions in a transaction or a pinned session do not share a connection.
   *
   * Takes `number 1..100`.
   *
   * @defaultValue `1`
   */
  readonly executionsPerConnection?: number;
  /**
   * Percentage of max_connections kept free for administration, migrations and other clients.
   *
   * Takes `integer 1..90`.
   *
   * @defaultValue `10`
   */
  readonly reservedPercent?: number;
  /**
   * Percentage of the pool that stays open while idle.
   *
   * Takes `integer 0..100`.
   *
   * @defaultValue `50`
   */
  readonly maxIdleConnectionsPercent?: number;
  /**
   * Longest wait for a free connection, after which the client gets an error. Keep it below the functions' timeouts.
   *
   * Takes `integer 1..300`.
   *
   * @defaultValue `5`
   */
  readonly connectionBorrowTimeoutSeconds?: number;
  /**
   * Idle time after which a client connection is closed.
   *
   * Takes `integer 60..28800`.
   *
   * @defaultValue `1800`
   */
  readonly idleClientTimeoutSeconds?: number;
  /**
   * SET statements that the proxy runs on each database connection that it opens, so that sessions need not run them, which would pin them.
   *
   * Takes `string of at most 1000 characters`.
   */
  readonly initQuery?: string;
  /**
   * Statements that do not pin a session. With EXCLUDE_VARIABLE_SETS a session may meet variables that another one has set. Only of Aurora MySQL.
   *
   * @defaultValue `[]`
   */
  readonly sessionPinningFilters?: readonly "EXCLUDE_VARIABLE_SETS"[];
  /**
   * How the proxy logs in to the database: with the password in each user's secret, or by IAM as the client does, so that there are no passwords. iam needs hashicorp/aws 6.25 or later.
   *
   * @defaultValue `"secrets"`
   */
  readonly authentication?: "secrets" | "iam";
  /**
   * Days until log events expire; one of the periods that CloudWatch Logs supports.
   *
   * @defaultValue `30`
   */
  readonly logRetentionDays?: LogRetentionDays;
  /**
   * Alarm thresholds.
   *
   * @defaultValue `{}`
   */
  readonly alarms?: {
    /**
     * Database connections pinned to one session, as a percentage of those in the pool.
     *
     * Takes `number 1.., below 100`.
     *
     * @defaultValue `10`
     */
    readonly pinnedPercent?: number;
    /**
     * Average wait for a database connection, in milliseconds.
     *
     * Takes `integer 1..`.
     *
     * @defaultValue `500`
     */
    readonly borrowLatencyMilliseconds?: number;
    /**
     * Open database connections, as a percentage of those that the pool may open.
     *
     * Takes `number 1.., below 100`.
     *
     * @defaultValue `85`
     */
    readonly connectionsPercent?: number;
    /**
     * Failed attempts to open a database connection, per minute.
     *
     * Takes `integer 0..`.
     *
     * @defaultValue `5`
     */
    readonly setupFailures?: number;
  };
}

