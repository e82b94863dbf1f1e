import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, metricAlarm } from "../core";

interface CheckAlarmProps extends CloudwatchMetricAlarmConfig {
  readonly region: string;
  readonly alarmDescription: string;
  readonly alarms?: AlarmTarget;
}

/**
 * An alarm that a health check follows. It exists even without a topic. Missing data stays missing, so that only the
 * health check decides what missing data means.
 */
export function checkAlarm(scope: Construct, id: string, props: CheckAlarmProps): CloudwatchMetricAlarm {
  const { region, alarms, ...config } = props;
  const { providers } = deploymentStackOf(scope);
  return alarms
    ? metricAlarm(scope, id, providers, alarms, { ...config, region, treatMissingData: "missing" })
    : new CloudwatchMetricAlarm(scope, id, { ...config, provider: providers.in(region), treatMissingData: "missing" });
}
