import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, type MetricAlarmProps, metricAlarm } from "../core";

/** The props of an alarm on one metric of a function. */
export interface FailureAlarmProps extends Pick<MetricAlarmProps, "region" | "alarmName" | "alarmDescription"> {
  /** The function's name in metrics; for Lambda@Edge replicas it is prefixed with the function's home region. */
  readonly functionName: string;
}

/** Common settings of a function's alarms: three of five minutes must breach, so a single bad minute pages no one. */
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
 * An alarm on the percentage of failed invocations.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function errorsAlarm(
  scope: Construct,
  id: string,
  target: AlarmTarget,
  { functionName, errorPercent, ...props }: FailureAlarmProps & { readonly errorPercent: number },
): CloudwatchMetricAlarm {
  const { namespace, dimensions, period, ...evaluation } = functionMetric(functionName);
  const sum = (metricName: string) => ({ metricName, namespace, dimensions, period, stat: "Sum" });
  return metricAlarm(scope, id, deploymentStackOf(scope).providers, target, {
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

/** An alarm on throttled invocations. @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html */
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
