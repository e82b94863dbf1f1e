import type { AuroraEngine } from "../../../values/availability";
import type { DatabaseCapacity } from "../capacity";

/** A parameter in the form that `aws_rds_cluster_parameter_group` expects. */
export interface ClusterParameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod: "immediate" | "pending-reboot";
}

/** A value of a parameter that switches a protection off: whether it does, and what to do instead. */
export interface Weakness {
  /** @param value in lower case, without spaces around it */
  readonly weakens: (value: string) => boolean;
  readonly says: string;
}

/** What parameters and logs are made from. */
export interface EngineSettings {
  readonly statementTimeoutMilliseconds: number;
  readonly idleInTransactionTimeoutMilliseconds: number;
  /** -1 for none. */
  readonly logStatementsFromMilliseconds: number;
  readonly maxRecoveryPointSeconds?: number;
  /** The user's own. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** What differs between the engines of Aurora. */
export interface DatabaseEngine {
  readonly name: AuroraEngine;
  /** As AWS writes it in text. */
  readonly label: string;
  /** The port that clients expect. */
  readonly port: number;
  /** Family of the parameter groups for a version, `aurora-postgresql16`. */
  familyOf(engineVersion: string): string;
  /** The logs that go to CloudWatch. */
  logsOf(config: EngineSettings): readonly string[];
  /** The parameters that the toolkit sets, by name in lower case. */
  parametersOf(config: EngineSettings): Readonly<Record<string, string | undefined>>;
  /** Values that a family has before anybody sets them, by parameter, from a major version of the engine on. */
  readonly familyDefaults: Readonly<Record<string, { readonly value: string; readonly from: number }>>;
  /** The parameters that the toolkit sets or needs as they are, and what users should do instead. */
  readonly reserved: Readonly<Record<string, string>>;
  /** Parameters that Aurora Serverless v2 moves with its capacity, whatever is set. */
  readonly movedByCapacity: readonly string[];
  /** Parameters whose value can take a protection away. */
  readonly weaknesses: Readonly<Record<string, Weakness>>;
  /** Whether a name of a database or a user belongs to the engine. */
  isReservedName(name: string): boolean;
  /** The default max_connections of one instance. */
  maxConnections(capacity: DatabaseCapacity): number;
  /** Percentage of max_connections that Aurora keeps for forwarded writes. */
  readonly forwardingPercent: number;
  /** Why a version does not forward writes of standby regions; undefined if it does. */
  forwardingProblem(engineVersion: string): string | undefined;
}

const off = ["0", "off", "false", "no"];
const on = ["1", "on", "true", "yes"];

/** A protection that is on, and may not be switched off. */
export const switchedOff = (says: string): Weakness => ({ weakens: (value) => off.includes(value), says });

/** What may not be switched on. */
export const switchedOn = (says: string): Weakness => ({ weakens: (value) => on.includes(value), says });

/** Whether a parameter of the user switches something on. RDS compares names without regard to case. */
export function isOn(parameters: Readonly<Record<string, string>>, wanted: string): boolean {
  return Object.entries(parameters).some(
    ([name, value]) => name.toLowerCase() === wanted && on.includes(String(value).trim().toLowerCase()),
  );
}

/** The value between those that AWS documents, in ascending order, rounded down; the last one above them. */
export function interpolated(documented: readonly (readonly [at: number, value: number])[], at: number): number {
  const last = documented.at(-1)?.[1] ?? 0;
  const above = documented.findIndex(([known]) => at <= known);
  const [highAt, high] = documented[above] ?? [at, last];
  const [lowAt, low] = documented[above - 1] ?? [highAt, high];
  return highAt === lowAt ? high : Math.floor(low + ((at - lowAt) * (high - low)) / (highAt - lowAt));
}
