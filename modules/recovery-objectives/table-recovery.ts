import { fixed, type RecoveryRow } from "./recovery-row";

/** The inputs to the recovery of a replicated table. */
export interface ReplicatedData {
  /** The table's name, for the row. */
  readonly name: string;
  /** Defaults to `EVENTUAL`. */
  readonly consistencyMode?: "EVENTUAL" | "STRONG";
  readonly alarmThresholds: { readonly replicationLatencyMilliseconds: number };
}

/** The minimum threshold of a table's latency alarm. */
const leastLatencyMs = 1000;

const documentation = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html";

/**
 * The recovery of a table with replicas. Every replica accepts writes at any time, so the recovery time is 0. Writes
 * usually reach other regions within a second, but AWS guarantees no limit: the config only sets the delay at which the
 * alarm fires. With strong consistency, a write is in another region before it succeeds.
 */
export function tableRecovery({ name, consistencyMode = "EVENTUAL", alarmThresholds }: ReplicatedData): RecoveryRow {
  const latency = alarmThresholds.replicationLatencyMilliseconds;
  const strong = consistencyMode === "STRONG";
  return {
    path: "tables",
    subject: name,
    recoveryTimeSeconds: 0,
    recoveryPointSeconds: strong ? 0 : Math.ceil(latency / 1000),
    from: strong ? ["consistencyMode"] : ["alarmThresholds.replicationLatencyMilliseconds"],
    recoveryTime: fixed("each replica accepts writes"),
    recoveryPoint: {
      made: strong
        ? "consistencyMode STRONG"
        : `alarmThresholds.replicationLatencyMilliseconds ${latency} (typically 1 s)`,
      remedy: (atMost) =>
        atMost * 1000 >= leastLatencyMs
          ? `use replicationLatencyMilliseconds ${atMost * 1000}`
          : "use consistencyMode STRONG, if the provider supports it",
    },
    documentation,
  };
}
