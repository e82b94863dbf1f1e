import type { RecoveryRow } from "./recovery-row";

/**
 * Assumed time of a managed failover in seconds, as the user guide says no more than "in the order of minutes": measure it in a
 * drill and state that.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html
 */
export const assumedFailoverSeconds = 300;

/**
 * Typical lag of replication to the secondary regions, in seconds.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
 */
export const typicalLagSeconds = 1;

/** The least that `rds.global_db_rpo` takes, in seconds. */
const leastBoundSeconds = 20;

/** What the recovery of an Aurora global database follows from. */
export interface GlobalData {
  /** The database's name, for the row. */
  readonly name: string;
  /** Seconds that a failover took in the last drill, from its start to the first write. */
  readonly failoverSeconds?: number;
  /** `rds.global_db_rpo` of an Aurora PostgreSQL cluster: commits wait while every secondary lags by more seconds. */
  readonly maxRecoveryPointSeconds?: number;
}

/**
 * What an Aurora global database gives after a managed failover, which a person or a runbook starts. The typical lag is no
 * promise: only `rds.global_db_rpo` makes it a bound.
 */
export function databaseRecovery({ name, failoverSeconds, maxRecoveryPointSeconds }: GlobalData): RecoveryRow {
  return {
    path: "database",
    subject: name,
    recoveryTimeSeconds: failoverSeconds ?? assumedFailoverSeconds,
    recoveryPointSeconds: maxRecoveryPointSeconds ?? typicalLagSeconds,
    from: ["failoverSeconds", "maxRecoveryPointSeconds"],
    recoveryTime: {
      made: failoverSeconds === undefined ? "a managed failover, assumed" : `failoverSeconds ${failoverSeconds}`,
      remedy: () =>
        failoverSeconds === undefined ? "measure a failover in a drill and set failoverSeconds to it" : undefined,
    },
    recoveryPoint: {
      made:
        maxRecoveryPointSeconds === undefined
          ? "typical replication lag"
          : `maxRecoveryPointSeconds ${maxRecoveryPointSeconds}`,
      remedy: (atMost) => (atMost >= leastBoundSeconds ? `use maxRecoveryPointSeconds ${atMost}` : undefined),
    },
    documentation:
      "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html",
  };
}
