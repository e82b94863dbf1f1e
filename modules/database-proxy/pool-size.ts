import { type DatabaseCapacity, engineOf, type PooledCluster } from "../global-database";

/** The inputs to the size of a pool. */
export interface PoolDemand {
  /** Total concurrent executions of the functions that use the pool. Each holds one client connection. */
  readonly concurrency: number;
  /** Average number of executions that share one database connection; 1 if all may be in a transaction at once. */
  readonly executionsPerConnection: number;
  readonly capacity: DatabaseCapacity;
  /** Aurora PostgreSQL if left out. */
  readonly engine?: PooledCluster["engine"];
  /** Percentage of max_connections kept free for administration, migrations and monitoring. */
  readonly reservedPercent: number;
  /** Whether other regions forward their writes to this cluster. */
  readonly writeForwarding: boolean;
}

/** The size of a pool compared to what its database allows. */
export interface PoolSize {
  /** Default max_connections of one instance. */
  readonly maxConnections: number;
  /** Database connections needed at the functions' full concurrency, including headroom. */
  readonly connections: number;
  /** The same as a percentage of max_connections, rounded up. */
  readonly percent: number;
  /** The largest percentage that a pool may use. */
  readonly availablePercent: number;
}

/** RDS Proxy divides its limit among its hosts, so AWS recommends 30 percent above the peak. */
const headroom = 1.3;

/**
 * The connections that a pool needs and can have. It fits if `percent` is at most `availablePercent`.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-connections.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-gdb.html
 */
export function poolSize(demand: PoolDemand): PoolSize {
  const engine = engineOf(demand.engine ?? "aurora-postgresql");
  const most = engine.maxConnections(demand.capacity);
  const connections = Math.ceil((demand.concurrency / demand.executionsPerConnection) * headroom);
  return {
    maxConnections: most,
    connections,
    percent: Math.max(1, Math.ceil((connections * 100) / most)),
    availablePercent: 100 - demand.reservedPercent - (demand.writeForwarding ? engine.forwardingPercent : 0),
  };
}
