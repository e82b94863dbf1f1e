import { type PoolDemand, type PoolSize, poolSize } from "../database-proxy";
import type { PgBouncerPoolConfig } from "./config";

/** Connections of the user that looks logins up, in each PgBouncer, beside those of its pool. */
export const lookupConnections = 2;

/** A task runs one PgBouncer for the writer and one for the readers; where there are no readers, both meet in one instance. */
const poolersPerTask = 2;

/** Most percent of the desired tasks that run while a deployment replaces them. */
export const deploymentMaximumPercent = 150;

/** The limits of the PgBouncers of a pool, against what one instance of the database takes. */
export interface PoolLimits {
  readonly demand: PoolSize;
  /** Database connections of one PgBouncer, so that the least number of tasks meets the demand. */
  readonly connectionsPerPooler: number;
  /** Tasks at the most that scaling reaches, with those that a deployment adds. */
  readonly tasksAtMost: number;
  /** Database connections of all of them. */
  readonly connectionsAtMost: number;
  /** Connections of one instance that pools may take. */
  readonly availableConnections: number;
}

/** The limits that follow from the functions' concurrency; they fit while `connectionsAtMost` is at most `availableConnections`. */
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

/** Why limits do not fit, without what to do; undefined when they do. */
export function limitsProblem(limits: PoolLimits, concurrency: number): string | undefined {
  const { connectionsAtMost, availableConnections, tasksAtMost, connectionsPerPooler, demand } = limits;
  if (connectionsAtMost <= availableConnections) return undefined;
  return `${concurrency} concurrent executions need ${connectionsPerPooler} connections in each PgBouncer, ${connectionsAtMost} in ${tasksAtMost} tasks, but ${availableConnections} of ${demand.maxConnections} are free`;
}
