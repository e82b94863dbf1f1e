import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import type { Providers } from "./regional-providers";

/** Where a module's alarms send their notifications. */
export interface AlarmTarget {
  /** The ARN of the SNS topic in a region: a CloudWatch alarm can only notify a topic in its own region. */
  topicArn(region: string): string;
}

/** The arguments of `aws_cloudwatch_metric_alarm` that the caller sets; actions and provider are derived. */
export interface MetricAlarmProps
  extends Omit<
    CloudwatchMetricAlarmConfig,
    "alarmActions" | "okActions" | "insufficientDataActions" | "provider" | "alarmDescription" | "treatMissingData"
  > {
  /** The region that it is in. */
  readonly region: string;
  /** What the alarm means and what to do first, for the person on call. */
  readonly alarmDescription: string;
  /** Defaults to `notBreaching`: no traffic is not a failure. */
  readonly treatMissingData?: "breaching" | "notBreaching" | "ignore" | "missing";
}

/**
 * A CloudWatch alarm that notifies the region's topic both when it fires and when it recovers.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 */
export function metricAlarm(
  scope: Construct,
  id: string,
  providers: Providers,
  target: AlarmTarget,
  props: MetricAlarmProps,
): CloudwatchMetricAlarm {
  const topicArn = target.topicArn(props.region);
  return silentAlarm(scope, id, providers, props, { alarmActions: [topicArn], okActions: [topicArn] });
}

/** A CloudWatch alarm that notifies nobody: composite alarms are made of it. */
export function silentAlarm(
  scope: Construct,
  id: string,
  providers: Providers,
  { region, ...props }: MetricAlarmProps,
  actions: Pick<CloudwatchMetricAlarmConfig, "alarmActions" | "okActions"> = {},
): CloudwatchMetricAlarm {
  return new CloudwatchMetricAlarm(scope, id, {
    treatMissingData: "notBreaching",
    ...props,
    provider: providers.in(region),
    ...actions,
  });
}
