import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, metricAlarm } from "../core";
import type { ServiceFunctionConfig } from "./config";
import { errorsAlarm, functionMetric, throttlesAlarm } from "./failure-alarms";
import { limitAlarms } from "./limit-alarms";

export interface FunctionAlarmsProps {
  /** The function's name. */
  readonly name: string;
  readonly region: string;
  readonly config: ServiceFunctionConfig;
  readonly target: AlarmTarget;
}

/**
 * Alarms on errors, throttles, duration close to the timeout, what Lambda's limits end, and concurrency close to the reservation.
 * @returns the one on errors
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function functionAlarms(
  scope: Construct,
  { name, region, config, target }: FunctionAlarmsProps,
): { readonly errors: CloudwatchMetricAlarm } {
  const { providers } = deploymentStackOf(scope);
  const { alarms, timeoutSeconds, reservedConcurrency } = config;

  const errors = errorsAlarm(scope, "errors-alarm", target, {
    region,
    functionName: name,
    alarmName: `${name}-function-errors`,
    alarmDescription: `${name} fails in ${region}. Look for ERROR in its log group; if it began with a deployment, roll back.`,
    errorPercent: alarms.errorPercent,
  });
  throttlesAlarm(scope, "throttles-alarm", target, {
    region,
    functionName: name,
    alarmName: `${name}-function-throttles`,
    alarmDescription: `Lambda turns calls of ${name} away in ${region}. Compare concurrent executions with the reserved ones and the account's quota.`,
  });
  metricAlarm(scope, "duration-alarm", providers, target, {
    ...functionMetric(name),
    region,
    alarmName: `${name}-function-duration`,
    alarmDescription: `The slowest calls of ${name} in ${region} come near its timeout of ${timeoutSeconds} s. Look at traces for the slow dependency.`,
    metricName: "Duration",
    extendedStatistic: "p99",
    evaluateLowSampleCountPercentiles: "ignore",
    threshold: (timeoutSeconds * 1000 * alarms.durationPercentOfTimeout) / 100,
  });
  limitAlarms(scope, { name, region, timeoutSeconds, target });
  if (!reservedConcurrency) return { errors };
  metricAlarm(scope, "concurrency-alarm", providers, target, {
    ...functionMetric(name),
    region,
    alarmName: `${name}-function-concurrency`,
    alarmDescription: `${name} comes near its ${reservedConcurrency} reserved concurrent executions in ${region}; above them calls are turned away.`,
    metricName: "ConcurrentExecutions",
    statistic: "Maximum",
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: (reservedConcurrency * alarms.concurrencyPercentOfReserved) / 100,
  });
  return { errors };
}
