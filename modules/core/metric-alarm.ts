import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import type { RegionalProviders } from "./regional-providers";

/** Where the alarms of a module report to. */
export interface AlarmTarget {
  /** The ARN of the SNS topic in a region: CloudWatch alarms act on topics of their own region only. */
  topicArn(region: string): string;
}

/** The fields of `aws_cloudwatch_metric_alarm` that a caller decides; actions and provider are derived. */
export interface MetricAlarmProps
  extends Omit<
    CloudwatchMetricAlarmConfig,
    "alarmActions" | "okActions" | "insufficientDataActions" | "provider" | "alarmDescription" | "treatMissingData"
  > {
  readonly region: string;
  /** What it means and what to do first, for the person who is woken. */
  readonly alarmDescription: string;
  /** `notBreaching` unless given: no traffic is no failure. */
  readonly treatMissingData?: "breaching" | "notBreaching" | "ignore" | "missing";
}

/**
 * A CloudWatch alarm that reports both ways (alarm and recovery) to the region's topic.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 */
export function metricAlarm(
  scope: Construct,
  id: string,
  providers: RegionalProviders,
  target: AlarmTarget,
  { region, ...props }: MetricAlarmProps,
): CloudwatchMetricAlarm {
  const topicArn = target.topicArn(region);
  return new CloudwatchMetricAlarm(scope, id, {
    treatMissingData: "notBreaching",
    ...props,
    provider: providers.in(region),
    alarmActions: [topicArn],
    okActions: [topicArn],
  });
}
