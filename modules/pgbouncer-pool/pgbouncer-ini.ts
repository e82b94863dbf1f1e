import type { PgBouncerPoolConfig } from "./config";
import { lookupQuery } from "./login-lookup";
import { lookupConnections } from "./pool-limits";

/** The files that a container writes to its folder before it starts PgBouncer there. */
export const files = {
  settings: "pgbouncer.ini",
  users: "users.txt",
  certificate: "server.crt",
  privateKey: "server.key",
  databaseAuthorities: "database-authorities.crt",
} as const;

export interface PgBouncerIniProps {
  readonly config: PgBouncerPoolConfig;
  /** Whether it leaves servers that take no writes, such as the writer of before a failover. */
  readonly leavesReaders: boolean;
  /** Host name of the database; may be a token. */
  readonly databaseHost: string;
  readonly databasePort: number;
  readonly databaseName: string;
  readonly listenPort: number;
  /** Database connections for the pool of each user, and in total. */
  readonly poolSize: number;
  readonly maxClientConnections: number;
}

/**
 * Ends its own connection to a server that follows another one. PgBouncer ignores an error of such a query, but not the end of its connection.
 * Readers of Aurora are in recovery too.
 */
const endInRecovery = "SELECT pg_terminate_backend(pg_backend_pid()) WHERE pg_is_in_recovery()";

/**
 * The configuration of one PgBouncer. It contains no secrets.
 * @see https://www.pgbouncer.org/config.html
 */
export function pgbouncerIni(props: PgBouncerIniProps): string {
  const { config, databaseHost, databasePort, databaseName, leavesReaders } = props;
  return [
    "[databases]",
    [
      `${databaseName} = host=${databaseHost} port=${databasePort} dbname=${databaseName}`,
      ...(leavesReaders ? [`connect_query='${endInRecovery}'`] : []),
    ].join(" "),
    "[users]",
    `${config.lookupUser} = max_user_connections=${lookupConnections}`,
    "[pgbouncer]",
    ...Object.entries(settings(props)).map(([name, value]) => `${name} = ${value}`),
  ].join("\n");
}

function settings({ config, listenPort, poolSize, maxClientConnections, leavesReaders }: PgBouncerIniProps) {
  return {
    listen_addr: "0.0.0.0",
    listen_port: listenPort,
    unix_socket_dir: "",
    auth_type: "scram-sha-256",
    auth_file: files.users,
    auth_user: config.lookupUser,
    auth_query: lookupQuery,
    client_tls_sslmode: "require",
    client_tls_protocols: "secure",
    client_tls_cert_file: files.certificate,
    client_tls_key_file: files.privateKey,
    server_tls_sslmode: "verify-full",
    server_tls_protocols: "secure",
    server_tls_ca_file: config.databaseAuthoritiesFile ?? files.databaseAuthorities,
    pool_mode: config.poolMode,
    // Versions before 1.21 reject it, and it has no effect in session mode.
    ...(config.poolMode === "transaction" ? { max_prepared_statements: config.maxPreparedStatements } : {}),
    server_reset_query: "DISCARD ALL",
    default_pool_size: poolSize,
    max_db_connections: poolSize + lookupConnections,
    max_client_conn: maxClientConnections,
    query_wait_timeout: config.queryWaitTimeoutSeconds,
    client_login_timeout: 10,
    server_lifetime: config.serverLifetimeSeconds,
    server_idle_timeout: config.serverIdleTimeoutSeconds,
    // A failover moves the endpoint's DNS name: look it up often, close old connections, and do not wait long after
    // failures.
    server_connect_timeout: 5,
    server_login_retry: 1,
    server_fast_close: 1,
    dns_max_ttl: 5,
    dns_nxdomain_ttl: 5,
    // The writer of before a failover answers as a reader, and for some seconds the name still leads to it: connections to it are ended
    // when they are opened, and when they were not used for a second.
    ...(leavesReaders ? { server_check_query: endInRecovery, server_check_delay: 1 } : {}),
    // Below the 350 s after which the load balancer silently drops an idle connection.
    tcp_keepalive: 1,
    tcp_keepidle: 240,
    tcp_keepintvl: 15,
    tcp_keepcnt: 4,
    ignore_startup_parameters: "extra_float_digits",
    // Log neither statements nor every connection of clients and health checks.
    verbose: 0,
    log_connections: 0,
    log_disconnections: 0,
    log_pooler_errors: 1,
    log_stats: 1,
    stats_period: 60,
  };
}
