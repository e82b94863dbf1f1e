import type { RecoveryRow } from "./recovery-row";

/**
 * Assumed duration of a managed failover, because the user guide only says "in the order of minutes". Measure it in a
 * drill and set `failoverSeconds`.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database-disaster-recovery.html
 */
export const assumedFailoverSeconds = 300;

/**
 * Typical lag of replication to the secondary regions.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-global-database.html
 */
export const typicalLagSeconds = 1;

/** The minimum of `rds.global_db_rpo`. */
const leastBoundSeconds = 20;

/** The inputs to the recovery of an Aurora global database. */
export interface GlobalData {
  /** The database's name, for the row. */
  readonly name: string;
  /** Duration of a failover in the last drill, from its start to the first write. */
  readonly failoverSeconds?: number;
  /** `rds.global_db_rpo` of an Aurora PostgreSQL cluster: commits wait while every secondary lags by more than this. */
  readonly maxRecoveryPointSeconds?: number;
}

/**
 * The recovery of an Aurora global database by a managed failover, which a person or a runbook starts. The typical lag
 * is not guaranteed: only `rds.global_db_rpo` limits it.
 */
export function databaseRecovery({ name, failoverSeconds, maxRecoveryPointSeconds }: GlobalData): RecoveryRow {
  return {
    path: "database",
    subject: name,
    recoveryTimeSeconds: failoverSeconds ?? assumedFailoverSeconds,
    recoveryPointSeconds: maxRecoveryPointSeconds ?? typicalLagSeconds,
    from: ["failoverSeconds", "maxRecoveryPointSeconds"],
    recoveryTime: {
      made:
        failoverSeconds === undefined ? "assumed duration of a managed failover" : `failoverSeconds ${failoverSeconds}`,
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
