import type { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, metricAlarm } from "../core";
import type { EdgeFunctionConfig } from "./config";
import { edgeHome } from "./limits";

export interface EdgeAlarmsProps {
  /** Name of the function. */
  readonly name: string;
  /** Regions whose replica is watched: each has metrics of its own. */
  readonly regions: readonly string[];
  readonly thresholds: EdgeFunctionConfig["alarms"];
  readonly target: AlarmTarget;
}

/**
 * Alarms on errors and throttles of the replicas, which report in the region that they run in.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/monitoring-using-cloudwatch.html
 */
export function edgeAlarms(scope: Construct, { name, regions, thresholds, target }: EdgeAlarmsProps): void {
  const { providers } = deploymentStackOf(scope);
  for (const region of regions) {
    const metric = { namespace: "AWS/Lambda", dimensions: { FunctionName: `${edgeHome}.${name}` } };
    const common = { region, comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 5, datapointsToAlarm: 3 };
    const sum = (metricName: string) => ({ metricName, ...metric, period: 60, stat: "Sum" });
    metricAlarm(scope, `errors-${region}-alarm`, providers, target, {
      ...common,
      alarmName: `${name}-edge-errors`,
      alarmDescription: `The edge function ${name} fails in ${region}, and viewers get 502. Look for ERROR in its log group there; if it began with a deployment, roll back.`,
      threshold: thresholds.errorPercent,
      metricQuery: [
        { id: "errors", metric: sum("Errors") },
        { id: "invocations", metric: sum("Invocations") },
        {
          id: "percent",
          label: "Failed invocations, percent",
          expression: "100 * errors / MAX([errors, invocations])",
          returnData: true,
        },
      ],
    });
    metricAlarm(scope, `throttles-${region}-alarm`, providers, target, {
      ...common,
      ...metric,
      alarmName: `${name}-edge-throttles`,
      alarmDescription: `Lambda turns calls of the edge function ${name} away in ${region}, and viewers get 503. Raise the account's quota of concurrent executions there.`,
      metricName: "Throttles",
      statistic: "Sum",
      threshold: 0,
      period: 60,
    });
  }
}
