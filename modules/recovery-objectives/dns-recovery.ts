import type { FailoverDnsConfig } from "../failover-dns";
import { fixed, type RecoveryRow } from "./recovery-row";

/**
 * How long resolvers cache the answer of an alias record. It is fixed by AWS and not a field of the record.
 * @see https://aws.amazon.com/route53/faqs/
 */
export const aliasTtlSeconds = 60;

const documentation =
  "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html";
const noData = fixed("DNS holds no data");

/** The fields of `FailoverDnsConfig` that determine the recovery time. */
export interface DnsChecks {
  /** None where clients need a certificate, which health checkers do not have. */
  readonly endpointCheck?: Pick<FailoverDnsConfig["endpointCheck"], "requestIntervalSeconds" | "failureThreshold">;
  readonly alarmCheck?: Pick<NonNullable<FailoverDnsConfig["alarmCheck"]>, "periodSeconds" | "evaluationPeriods">;
}

/**
 * How soon clients are sent to another region: the time until the checks fail, plus the time that resolvers cache the
 * old answer. There is one row for a region that stops responding, and one for a failure that only shows in its metric.
 */
export function dnsRecovery({ endpointCheck, alarmCheck }: DnsChecks): RecoveryRow[] {
  return [...(endpointCheck ? [endpointRow(endpointCheck)] : []), ...(alarmCheck ? [alarmRow(alarmCheck)] : [])];
}

function endpointRow({
  requestIntervalSeconds,
  failureThreshold,
}: NonNullable<DnsChecks["endpointCheck"]>): RecoveryRow {
  return {
    path: "dns",
    recoveryTimeSeconds: requestIntervalSeconds * failureThreshold + aliasTtlSeconds,
    recoveryPointSeconds: 0,
    from: ["endpointCheck.requestIntervalSeconds", "endpointCheck.failureThreshold"],
    recoveryTime: {
      made: `requestIntervalSeconds ${requestIntervalSeconds} x failureThreshold ${failureThreshold} + ${aliasTtlSeconds} s`,
      remedy: (atMost) => {
        const thresholds = (interval: number) => Math.floor((atMost - aliasTtlSeconds) / interval);
        if (thresholds(10) >= failureThreshold) return "use requestIntervalSeconds 10";
        const lower = thresholds(requestIntervalSeconds);
        // A single failed request is not conclusive, so prefer another interval if it allows more requests.
        if (lower >= 2) return `use failureThreshold ${lower}`;
        if (thresholds(10) >= 1) return `use requestIntervalSeconds 10 and failureThreshold ${thresholds(10)}`;
        return undefined;
      },
    },
    recoveryPoint: noData,
    documentation,
  };
}

function alarmRow({ periodSeconds, evaluationPeriods }: NonNullable<DnsChecks["alarmCheck"]>): RecoveryRow {
  return {
    path: "dns-alarm",
    recoveryTimeSeconds: periodSeconds * evaluationPeriods + aliasTtlSeconds,
    recoveryPointSeconds: 0,
    from: ["alarmCheck.periodSeconds", "alarmCheck.evaluationPeriods"],
    recoveryTime: {
      made: `periodSeconds ${periodSeconds} x evaluationPeriods ${evaluationPeriods} + ${aliasTtlSeconds} s`,
      remedy: (atMost) => {
        const periods = (seconds: number) => Math.floor((atMost - aliasTtlSeconds) / seconds);
        if (periods(periodSeconds) >= 1) return `use evaluationPeriods ${periods(periodSeconds)}`;
        const shortest = Math.min(periods(60), evaluationPeriods);
        return shortest >= 1 ? `use periodSeconds 60 and evaluationPeriods ${shortest}` : undefined;
      },
    },
    recoveryPoint: noData,
    documentation,
  };
}
