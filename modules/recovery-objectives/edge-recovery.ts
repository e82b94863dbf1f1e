import { type EdgeDistributionConfig, failoverSeconds } from "../edge-distribution";
import { fixed, type RecoveryRow } from "./recovery-row";

/**
 * The longest that a read waits for the standby while the home region is lost: CloudFront tries home again for each
 * request. Writes are not retried, so this only applies to distributions whose behaviors are all read-only.
 */
export function edgeRecovery({ origin }: Pick<EdgeDistributionConfig, "origin">): RecoveryRow {
  const { connectionAttempts, connectionTimeoutSeconds, readTimeoutSeconds } = origin;
  const { silent, unreachable } = failoverSeconds({ origin });
  const [field, seconds] =
    silent >= unreachable
      ? ["readTimeoutSeconds", readTimeoutSeconds]
      : ["connectionTimeoutSeconds", connectionTimeoutSeconds];
  return {
    path: "edge",
    recoveryTimeSeconds: Math.max(silent, unreachable),
    recoveryPointSeconds: 0,
    from: ["origin.connectionAttempts", "origin.readTimeoutSeconds", "origin.connectionTimeoutSeconds"],
    recoveryTime: {
      made: `connectionAttempts ${connectionAttempts} x ${field} ${seconds}`,
      remedy: (atMost) => {
        if (atMost < 1) return undefined;
        const attempts = Math.min(connectionAttempts, atMost);
        const lower = Math.floor(atMost / attempts);
        const fields = [
          ...(attempts < connectionAttempts ? [`connectionAttempts ${attempts}`] : []),
          ...(readTimeoutSeconds > lower ? [`readTimeoutSeconds ${lower}`] : []),
          ...(connectionTimeoutSeconds > lower ? [`connectionTimeoutSeconds ${lower}`] : []),
        ];
        return `use ${fields.join(" and ")}`;
      },
    },
    recoveryPoint: fixed("a distribution holds no data"),
    documentation:
      "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html",
  };
}
