import { failoverDnsConfig } from "../../../modules/failover-dns";
import {
  dnsRecovery,
  eventRecovery,
  type RecoveryProblem,
  recoveryProblems,
  tableRecovery,
} from "../../../modules/recovery-objectives";

export function check(): RecoveryProblem[] {
  const dns = failoverDnsConfig.parse({ endpointCheck: { requestIntervalSeconds: 30 } });
  const rows = [
    ...dnsRecovery(dns),
    eventRecovery(),
    tableRecovery({ name: "orders", alarmThresholds: { replicationLatencyMilliseconds: 60_000 } }),
  ];
  return recoveryProblems({ recoveryTimeSeconds: 120, recoveryPointSeconds: 60 }, rows);
}
