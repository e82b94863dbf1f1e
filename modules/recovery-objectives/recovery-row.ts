/** One of the two numbers of a path: how it is calculated and how to lower it. */
export interface RecoveryNumber {
  /**
   * The fields and constants it is calculated from, such as `requestIntervalSeconds 30 x failureThreshold 3 + 60 s`.
   */
  readonly made: string;
  /** What to change, as an imperative, so that it is at most this many seconds; undefined if that is not possible. */
  remedy(atMostSeconds: number): string | undefined;
}

/** The recovery of one path when the home region is lost. */
export interface RecoveryRow {
  readonly path:
    | "dns"
    | "dns-alarm"
    | "edge"
    | "events"
    | "tables"
    | "database"
    | "vault"
    | "queues"
    | "streams"
    | "schedules"
    | "tasks";
  /** The table, database, Vault, queue, schedule or container, if there may be several. */
  readonly subject?: string;
  /** Seconds until a standby region takes over. */
  readonly recoveryTimeSeconds: number;
  /** Seconds of writes or events that may be missing. */
  readonly recoveryPointSeconds: number;
  /** The config fields that determine both numbers, relative to the config of the path. */
  readonly from: readonly string[];
  readonly recoveryTime: RecoveryNumber;
  readonly recoveryPoint: RecoveryNumber;
  /** The AWS page that documents the constants. */
  readonly documentation: string;
}

/** A number that does not depend on any field. */
export function fixed(made: string): RecoveryNumber {
  return { made, remedy: () => undefined };
}
