import type { Construct } from "constructs";
import type { AlarmTarget } from "../core";
import { errorsAlarm, throttlesAlarm } from "../service-function";
import type { EdgeFunctionConfig } from "./config";
import { edgeHome } from "./limits";

export interface EdgeAlarmsProps {
  /** The function's name. */
  readonly name: string;
  /** Regions whose replica is monitored: each region has its own metrics. */
  readonly regions: readonly string[];
  readonly thresholds: EdgeFunctionConfig["alarms"];
  readonly target: AlarmTarget;
}

/**
 * Alarms on errors and throttles of the replicas, which report metrics in the region where they run.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/monitoring-using-cloudwatch.html
 */
export function edgeAlarms(scope: Construct, { name, regions, thresholds, target }: EdgeAlarmsProps): void {
  for (const region of regions) {
    const replica = { region, functionName: `${edgeHome}.${name}` };
    errorsAlarm(scope, `errors-${region}-alarm`, target, {
      ...replica,
      alarmName: `${name}-edge-errors`,
      alarmDescription: `The edge function ${name} fails in ${region}, and viewers get 502. Look for ERROR in its log group there; if it began with a deployment, roll back.`,
      errorPercent: thresholds.errorPercent,
    });
    throttlesAlarm(scope, `throttles-${region}-alarm`, target, {
      ...replica,
      alarmName: `${name}-edge-throttles`,
      alarmDescription: `Lambda turns calls of the edge function ${name} away in ${region}, and viewers get 503. Raise the account's quota of concurrent executions there.`,
    });
  }
}
