import { fixed, type RecoveryRow } from "./recovery-row";

/**
 * Recovery time and recovery point that AWS documents for global endpoints whose health check follows its guidance, in
 * seconds.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html#eb-ge-rpo-rto
 */
export const eventRecoverySeconds = { typical: 360, most: 420 } as const;

/**
 * How soon events reach the bus in the standby region, and how many may be stuck in the home region until it is back.
 */
export function eventRecovery(): RecoveryRow {
  const number = fixed(`the documented maximum for global endpoints (${eventRecoverySeconds.typical} s is typical)`);
  return {
    path: "events",
    recoveryTimeSeconds: eventRecoverySeconds.most,
    recoveryPointSeconds: eventRecoverySeconds.most,
    from: [],
    recoveryTime: number,
    recoveryPoint: number,
    documentation: "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html#eb-ge-rpo-rto",
  };
}
