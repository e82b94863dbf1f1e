import { fixed, type RecoveryRow } from "./recovery-row";

/**
 * What AWS states for global endpoints whose health check follows its guidance, in seconds, for time and point alike.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html#eb-ge-rpo-rto
 */
export const eventRecoverySeconds = { typical: 360, most: 420 } as const;

/** How soon events reach the standby region's bus, and how many may wait in the home region until it is back. */
export function eventRecovery(): RecoveryRow {
  const number = fixed(`the most that AWS states for global endpoints (${eventRecoverySeconds.typical} s is typical)`);
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
