import { type PoolDemand, type PoolSize, poolSize } from "../database-proxy";
import type { PgBouncerPoolConfig } from "./config";

/** Connections of the lookup user in each PgBouncer, in addition to those of its pool. */
export const lookupConnections = 2;

/**
 * A task runs one PgBouncer for the writer and one for the readers. Without readers, both connect to the same instance.
 */
const poolersPerTask = 2;

/** Maximum percentage of the desired tasks that run during a deployment. */
export const deploymentMaximumPercent = 150;

/** The limits of a pool's PgBouncers, compared to what one database instance allows. */
export interface PoolLimits {
  readonly demand: PoolSize;
  /** Database connections per PgBouncer, so that the minimum number of tasks meets the demand. */
  readonly connectionsPerPooler: number;
  /** Maximum number of tasks, including those that a deployment adds. */
  readonly tasksAtMost: number;
  /** Database connections of all these tasks. */
  readonly connectionsAtMost: number;
  /** Connections of one instance that pools may use. */
  readonly availableConnections: number;
}

/**
 * Derives the limits from the functions' concurrency. They fit if `connectionsAtMost` is at most
 * `availableConnections`.
 */
export function poolLimits(
  config: Pick<PgBouncerPoolConfig, "executionsPerConnection" | "reservedPercent" | "scaling">,
  demand: Omit<PoolDemand, "executionsPerConnection" | "reservedPercent">,
): PoolLimits {
  const { executionsPerConnection, reservedPercent, scaling } = config;
  const size = poolSize({ ...demand, executionsPerConnection, reservedPercent });
  const connectionsPerPooler = Math.max(1, Math.ceil(size.connections / scaling.min));
  const tasksAtMost = Math.floor((scaling.max * deploymentMaximumPercent) / 100);
  return {
    demand: size,
    connectionsPerPooler,
    tasksAtMost,
    connectionsAtMost: tasksAtMost * poolersPerTask * (connectionsPerPooler + lookupConnections),
    availableConnections: Math.floor((size.maxConnections * size.availablePercent) / 100),
  };
}

/** Why the limits do not fit, without a remedy; undefined if they fit. */
export function limitsProblem(limits: PoolLimits, concurrency: number): string | undefined {
  const { connectionsAtMost, availableConnections, tasksAtMost, connectionsPerPooler, demand } = limits;
  if (connectionsAtMost <= availableConnections) return undefined;
  return `${concurrency} concurrent executions need ${connectionsPerPooler} connections in each PgBouncer, ${connectionsAtMost} in ${tasksAtMost} tasks, but only ${availableConnections} of ${demand.maxConnections} are available`;
}
