// Generated from the schemas by `npm run docs`; do not edit.
import type { LogRetentionDays } from "../core";

/** What `pgbouncerPoolConfig` takes: fields with defaults may be left out. */
export interface PgBouncerPoolInput {
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
  /** Image with /bin/sh and PgBouncer 1.21 or later, pinned by digest. An image in a private ECR repository is pulled from the repository of the same name in each region, so replicate it. */
  readonly image: string;
  /**
   * Architecture of the image. ARM64 costs a fifth less.
   *
   * @defaultValue `"ARM64"`
   */
  readonly cpuArchitecture?: "ARM64" | "X86_64";
  /**
   * Fargate platform version, pinned so that every deployment uses the same one.
   *
   * @defaultValue `"1.4.0"`
   */
  readonly platformVersion?: "1.4.0";
  /**
   * User and group ids that PgBouncer runs as. It refuses to run as root.
   *
   * @defaultValue `"65534:65534"`
   */
  readonly user?: string;
  /**
   * CPU units of a task; 1024 is one CPU. Each of its two PgBouncers can use one CPU.
   *
   * @defaultValue `512`
   */
  readonly cpu?: number;
  /**
   * Memory of a task, in MiB. Fargate only supports certain combinations with cpu.
   *
   * @defaultValue `1024`
   */
  readonly memoryMebibytes?: number;
  /**
   * Number of tasks. `min` tasks must serve the whole demand. The database must have room for `max` tasks plus those that a deployment adds.
   *
   * @defaultValue `{}`
   */
  readonly scaling?: {
    /**
     * Minimum number of tasks; with 2, the pool survives the loss of an Availability Zone.
     *
     * Takes `integer 2..100`.
     *
     * @defaultValue `2`
     */
    readonly min?: number;
    /**
     * Maximum number of tasks.
     *
     * Takes `integer 2..100`.
     *
     * @defaultValue `4`
     */
    readonly max?: number;
    /**
     * Target for the average CPU utilization, in percent.
     *
     * Takes `integer 10..90`.
     *
     * @defaultValue `60`
     */
    readonly cpuPercent?: number;
  };
  /**
   * Name of the private hosted zone that is created for the pool. Clients connect to writer.<name> and reader.<name>, which the certificate must cover. The same in each region.
   *
   * Takes `string of at most 246 characters`.
   */
  readonly domainName: string;
  /** Secret with `certificate` (chain) and `privateKey` in PEM, and `databaseAuthorities` with the RDS certificates of its regions, unless they are in the image. It must be encrypted with the database's key and replicated to each of its regions. */
  readonly certificateSecretArn: string;
  /** File in the image with the RDS certificates, in PEM. By default they are read from the secret. */
  readonly databaseAuthoritiesFile?: string;
  /**
   * Database user that may only look up the logins of other users.
   *
   * @defaultValue `"pool_lookup"`
   */
  readonly lookupUser?: string;
  /**
   * How long a client keeps a database connection: for one transaction, or until it disconnects.
   *
   * @defaultValue `"transaction"`
   */
  readonly poolMode?: "transaction" | "session";
  /**
   * Protocol-level prepared statements to keep per connection in transaction mode. 0 rejects them.
   *
   * Takes `integer 0..5000`.
   *
   * @defaultValue `200`
   */
  readonly maxPreparedStatements?: number;
  /**
   * Client connections per PgBouncer. Defaults to twice the functions' concurrency, because frozen functions keep their connections.
   *
   * Takes `integer 1..50000`.
   */
  readonly maxClientConnections?: number;
  /**
   * Longest wait for a database connection, after which the client is disconnected. Keep it below the functions' timeouts.
   *
   * Takes `integer 1..300`.
   *
   * @defaultValue `5`
   */
  readonly queryWaitTimeoutSeconds?: number;
  /**
   * Age after which a database connection is closed once it is free.
   *
   * Takes `integer 60..86400`.
   *
   * @defaultValue `1800`
   */
  readonly serverLifetimeSeconds?: number;
  /**
   * Idle time after which a database connection is closed.
   *
   * Takes `integer 10..86400`.
   *
   * @defaultValue `300`
   */
  readonly serverIdleTimeoutSeconds?: number;
  /**
   * Time between the last new connection of a task and its shutdown, in which clients can disconnect by themselves.
   *
   * Takes `integer 10..3600`.
   *
   * @defaultValue `60`
   */
  readonly drainSeconds?: number;
  /**
   * Enables Container Insights: metrics per task, which cost extra.
   *
   * @defaultValue `false`
   */
  readonly containerInsights?: boolean;
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
     * Average CPU utilization of all tasks, in percent.
     *
     * Takes `number 1.., below 100`.
     *
     * @defaultValue `85`
     */
    readonly cpuPercent?: number;
    /**
     * Average memory utilization of all tasks, in percent.
     *
     * Takes `number 1.., below 100`.
     *
     * @defaultValue `80`
     */
    readonly memoryPercent?: number;
    /**
     * Clients rejected because of maxClientConnections, per minute.
     *
     * Takes `integer 0..`.
     *
     * @defaultValue `0`
     */
    readonly rejectedConnections?: number;
    /**
     * Clients disconnected while waiting for a database connection, per minute.
     *
     * Takes `integer 0..`.
     *
     * @defaultValue `5`
     */
    readonly waitTimeouts?: number;
    /**
     * Failed logins of PgBouncer to the database, per minute.
     *
     * Takes `integer 0..`.
     *
     * @defaultValue `5`
     */
    readonly loginFailures?: number;
    /**
     * Connections reset by tasks, per minute.
     *
     * Takes `integer 0..`.
     *
     * @defaultValue `50`
     */
    readonly resets?: number;
  };
}

