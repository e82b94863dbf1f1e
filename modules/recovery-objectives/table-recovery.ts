import { fixed, type RecoveryRow } from "./recovery-row";

/** What the recovery of a replicated table follows from. */
export interface ReplicatedData {
  /** The table's name, for the row. */
  readonly name: string;
  /** `EVENTUAL` unless given. */
  readonly consistencyMode?: "EVENTUAL" | "STRONG";
  readonly alarmThresholds: { readonly replicationLatencyMilliseconds: number };
}

/** The least that the latency alarm of a table can be set to, in milliseconds. */
const leastLatencyMilliseconds = 1000;

const documentation = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html";

/**
 * What a table with replicas gives. Every replica takes writes at any time, so no time passes. Writes usually arrive in other
 * regions within a second, but AWS promises no limit: what the config decides is the delay at which somebody is told.
 * With strong consistency a write is in another region before it succeeds.
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
    recoveryTime: fixed("each replica takes writes"),
    recoveryPoint: {
      made: strong
        ? "consistencyMode STRONG"
        : `alarmThresholds.replicationLatencyMilliseconds ${latency} (typically 1 s)`,
      remedy: (atMost) =>
        atMost * 1000 >= leastLatencyMilliseconds
          ? `use replicationLatencyMilliseconds ${atMost * 1000}`
          : "use consistencyMode STRONG, where the provider has it",
    },
    documentation,
  };
}
