import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { deploymentStackOf } from "./deployment-stack";
import { type AlarmTarget, metricAlarm } from "./metric-alarm";
import { trustPolicy } from "./policy";

/**
 * The trust policy of a role that the schedules of one group of EventBridge Scheduler act with.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export const schedulerTrust = (account: string, groupArn: string): string =>
  trustPolicy(
    { Service: "scheduler.amazonaws.com" },
    { StringEquals: { "aws:SourceAccount": account, "aws:SourceArn": groupArn } },
  );

export interface DroppedCallsAlarmProps {
  /** The region of the schedules. */
  readonly region: string;
  /** Name of their group; may be a token. */
  readonly groupName: string;
  /** Unique in account and region; at most 255 characters. */
  readonly alarmName: string;
  /** What the alarm means and what to do first, for the person on call. */
  readonly alarmDescription: string;
  /** For how many periods of 5 minutes in a row calls are dropped before it fires: 1 by default. */
  readonly periods?: number;
}

/**
 * An alarm, `dropped-alarm` in `scope`, on calls that EventBridge Scheduler gives up.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/monitoring-cloudwatch.html
 */
export function droppedCallsAlarm(
  scope: Construct,
  alarms: AlarmTarget,
  { groupName, periods = 1, ...props }: DroppedCallsAlarmProps,
): CloudwatchMetricAlarm {
  return metricAlarm(scope, "dropped-alarm", deploymentStackOf(scope).providers, alarms, {
    ...props,
    namespace: "AWS/Scheduler",
    metricName: "InvocationDroppedCount",
    dimensions: { ScheduleGroup: groupName },
    statistic: "Sum",
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
    period: 300,
    evaluationPeriods: periods,
    ...(periods > 1 && { datapointsToAlarm: periods }),
  });
}
