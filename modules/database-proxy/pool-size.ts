import type { DatabaseCapacity } from "../global-database";
import { maxConnections } from "../global-database";

/** What the size of a pool is derived from. */
export interface PoolDemand {
  /** Functions' concurrent executions that use the pool, added up; each holds one client connection. */
  readonly concurrency: number;
  /** Executions that share one database connection on average; 1 where each may be inside a transaction at once. */
  readonly executionsPerConnection: number;
  readonly capacity: DatabaseCapacity;
  /** Percent of max_connections kept for administration, migrations and monitoring. */
  readonly reservedPercent: number;
  /** Whether other regions forward their writes to this cluster. */
  readonly writeForwarding: boolean;
}

/** The size of a pool against what its database takes. */
export interface PoolSize {
  /** Default of max_connections of one instance. */
  readonly maxConnections: number;
  /** Database connections at the functions' full concurrency, with headroom. */
  readonly connections: number;
  /** The same in percent of max_connections, rounded up. */
  readonly percent: number;
  /** Most percent that a pool may take. */
  readonly availablePercent: number;
}

/** RDS Proxy shares its limit out among its hosts, so AWS advises 30 percent above the peak. */
const headroom = 1.3;

/** What Aurora PostgreSQL sets aside for forwarded writes: apg_write_forward.max_forwarding_connections_percent. */
const forwardingPercent = 25;

/**
 * The connections that a pool needs and those that it can have; it fits while `percent` is at most `availablePercent`.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-connections.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-gdb.html
 */
export function poolSize(demand: PoolDemand): PoolSize {
  const most = maxConnections(demand.capacity);
  const connections = Math.ceil((demand.concurrency / demand.executionsPerConnection) * headroom);
  return {
    maxConnections: most,
    connections,
    percent: Math.max(1, Math.ceil((connections * 100) / most)),
    availablePercent: 100 - demand.reservedPercent - (demand.writeForwarding ? forwardingPercent : 0),
  };
}
