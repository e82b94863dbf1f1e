import type { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, type MetricAlarmProps, metricAlarm } from "../core";

/** An alarm on one metric of a function, in the terms that its owner decides. */
export interface FailureAlarmProps extends Pick<MetricAlarmProps, "region" | "alarmName" | "alarmDescription"> {
  /** As metrics call it: replicas at the edge have the region that they come from in front. */
  readonly functionName: string;
}

/** What all alarms on a function share: three bad minutes of five, so that a single one wakes nobody. */
export function functionMetric(functionName: string) {
  return {
    namespace: "AWS/Lambda",
    dimensions: { FunctionName: functionName },
    period: 60,
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
  };
}

/**
 * An alarm on failed invocations, in percent of all.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function errorsAlarm(
  scope: Construct,
  id: string,
  target: AlarmTarget,
  { functionName, errorPercent, ...props }: FailureAlarmProps & { readonly errorPercent: number },
): void {
  const { namespace, dimensions, period, ...evaluation } = functionMetric(functionName);
  const sum = (metricName: string) => ({ metricName, namespace, dimensions, period, stat: "Sum" });
  metricAlarm(scope, id, deploymentStackOf(scope).providers, target, {
    ...props,
    ...evaluation,
    threshold: errorPercent,
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
}

/** An alarm on calls that Lambda turned away. @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html */
export function throttlesAlarm(
  scope: Construct,
  id: string,
  target: AlarmTarget,
  { functionName, ...props }: FailureAlarmProps,
): void {
  metricAlarm(scope, id, deploymentStackOf(scope).providers, target, {
    ...props,
    ...functionMetric(functionName),
    metricName: "Throttles",
    statistic: "Sum",
    threshold: 0,
  });
}
