import type { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, metricAlarm } from "../core";
import type { ServiceFunctionConfig } from "./config";

export interface FunctionAlarmsProps {
  /** Name of the function. */
  readonly name: string;
  readonly region: string;
  readonly config: ServiceFunctionConfig;
  readonly target: AlarmTarget;
}

/**
 * Alarms on errors, throttles, duration near the timeout and concurrency near the reserved one.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function functionAlarms(scope: Construct, { name, region, config, target }: FunctionAlarmsProps): void {
  const { providers } = deploymentStackOf(scope);
  const { alarms, timeoutSeconds, reservedConcurrency } = config;
  const metric = { namespace: "AWS/Lambda", dimensions: { FunctionName: name } };
  const common = { region, comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 5, datapointsToAlarm: 3 };
  const sum = (metricName: string) => ({ metricName, ...metric, period: 60, stat: "Sum" });

  metricAlarm(scope, "errors-alarm", providers, target, {
    ...common,
    alarmName: `${name}-errors`,
    alarmDescription: `${name} fails in ${region}. Look for ERROR in its log group; if it began with a deployment, roll back.`,
    threshold: alarms.errorPercent,
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
  metricAlarm(scope, "throttles-alarm", providers, target, {
    ...common,
    ...metric,
    alarmName: `${name}-throttles`,
    alarmDescription: `Lambda turns calls of ${name} away in ${region}. Compare concurrent executions with the reserved ones and the account's quota.`,
    metricName: "Throttles",
    statistic: "Sum",
    threshold: 0,
    period: 60,
  });
  metricAlarm(scope, "duration-alarm", providers, target, {
    ...common,
    ...metric,
    alarmName: `${name}-duration`,
    alarmDescription: `The slowest calls of ${name} in ${region} come near its timeout of ${timeoutSeconds} s. Look at traces for the slow dependency.`,
    metricName: "Duration",
    extendedStatistic: "p99",
    evaluateLowSampleCountPercentiles: "ignore",
    threshold: (timeoutSeconds * 1000 * alarms.durationPercentOfTimeout) / 100,
    period: 60,
  });
  if (!reservedConcurrency) return;
  metricAlarm(scope, "concurrency-alarm", providers, target, {
    ...common,
    ...metric,
    alarmName: `${name}-concurrency`,
    alarmDescription: `${name} comes near its ${reservedConcurrency} reserved concurrent executions in ${region}; above them calls are turned away.`,
    metricName: "ConcurrentExecutions",
    statistic: "Maximum",
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: (reservedConcurrency * alarms.concurrencyPercentOfReserved) / 100,
    period: 60,
  });
}
