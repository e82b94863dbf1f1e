/** One of the two numbers of a path: what it is made of, and how to lower it. */
export interface RecoveryNumber {
  /** The fields and constants that it follows from, `requestIntervalSeconds 30 x failureThreshold 3 + 60 s`. */
  readonly made: string;
  /** What to change so that it is at most this many seconds, as an imperative; undefined when nothing lowers it so far. */
  remedy(atMostSeconds: number): string | undefined;
}

/** What a configuration gives on one path when the home region is lost. */
export interface RecoveryRow {
  readonly path: "dns" | "dns-alarm" | "edge" | "events" | "tables" | "database";
  /** The table or database, where there may be several. */
  readonly subject?: string;
  /** Seconds until a standby region does the work. */
  readonly recoveryTimeSeconds: number;
  /** Seconds of writes or events that may be missing. */
  readonly recoveryPointSeconds: number;
  /** The config fields that both numbers follow from, relative to the config of the path. */
  readonly from: readonly string[];
  readonly recoveryTime: RecoveryNumber;
  readonly recoveryPoint: RecoveryNumber;
  /** The AWS page that the constants are from. */
  readonly documentation: string;
}

/** A number that no field changes. */
export function fixed(made: string): RecoveryNumber {
  return { made, remedy: () => undefined };
}
