import { fixed, type RecoveryRow } from "./recovery-row";

/**
 * How soon a load balancer sends no more requests to a task that is gone: other tasks of the region answer. It is no path of a lost
 * region, so no table of those has it; experiments are held against it.
 * @param name name of the service
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function taskRecovery(
  name: string,
  {
    intervalSeconds,
    timeoutSeconds,
    unhealthyThreshold,
  }: { readonly intervalSeconds: number; readonly timeoutSeconds: number; readonly unhealthyThreshold: number },
): RecoveryRow {
  const recoveryTimeSeconds = intervalSeconds * unhealthyThreshold + timeoutSeconds;
  return {
    path: "tasks",
    subject: name,
    recoveryTimeSeconds,
    recoveryPointSeconds: 0,
    from: ["health.intervalSeconds", "health.unhealthyThreshold", "health.timeoutSeconds"],
    recoveryTime: {
      made: `intervalSeconds ${intervalSeconds} x unhealthyThreshold ${unhealthyThreshold} + timeoutSeconds ${timeoutSeconds}`,
      remedy: () => undefined,
    },
    recoveryPoint: fixed("tasks hold no data"),
    documentation:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
  };
}
