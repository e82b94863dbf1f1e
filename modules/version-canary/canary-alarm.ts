import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, metricAlarm } from "../core";
import { secretMetrics } from "../replicated-secret";
import type { VersionCanaryConfig } from "./config";

export interface CanaryAlarmProps {
  readonly config: VersionCanaryConfig;
  readonly alarmName: string;
  /** Name of the secret or key, as functions report it. */
  readonly subject: string;
  readonly region: string;
  readonly alarms?: AlarmTarget;
}

/** The alarm that rolls back a canary. It exists even if there is nobody to notify. */
export function canaryAlarm(scope: Construct, id: string, props: CanaryAlarmProps): CloudwatchMetricAlarm {
  const { config, alarmName, subject, region, alarms } = props;
  const { providers } = deploymentStackOf(scope);
  const alarm = {
    alarmName,
    alarmDescription: `The new version of ${subject} failed in ${region}, and all traffic went back to the version before: read the callers' logs, and set the share to 100 by hand once the cause is gone.`,
    namespace: secretMetrics.namespace,
    metricName: secretMetrics.canaryFailures,
    dimensions: { Name: subject, Version: "new" },
    statistic: "Sum",
    period: config.periodSeconds,
    evaluationPeriods: config.evaluationPeriods,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: config.failures,
    treatMissingData: "notBreaching",
  } as const;
  return alarms
    ? metricAlarm(scope, id, providers, alarms, { ...alarm, region })
    : new CloudwatchMetricAlarm(scope, id, { ...alarm, provider: providers.in(region) });
}
