import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, metricAlarm } from "../core";
import type { HttpApiConfig } from "./config";

export interface ApiAlarmsProps {
  /** The API's name. */
  readonly name: string;
  readonly region: string;
  readonly apiId: string;
  readonly thresholds: HttpApiConfig["alarms"];
  readonly target: AlarmTarget;
}

/** The alarms on what clients notice. */
export interface ApiAlarms {
  readonly serverErrors: CloudwatchMetricAlarm;
  readonly latency: CloudwatchMetricAlarm;
}

/**
 * Alarms on the percentage of failed requests and on latency.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
 */
export function apiAlarms(scope: Construct, { name, region, apiId, thresholds, target }: ApiAlarmsProps): ApiAlarms {
  const { providers } = deploymentStackOf(scope);
  const metric = { namespace: "AWS/ApiGateway", dimensions: { ApiId: apiId } };
  const common = { region, comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 3, datapointsToAlarm: 2 };
  const shareOf = (metricName: "4xx" | "5xx") => [
    { id: "errors", metric: { ...metric, metricName, period: 300, stat: "Sum" } },
    { id: "requests", metric: { ...metric, metricName: "Count", period: 300, stat: "SampleCount" } },
    {
      id: "percent",
      label: `Answers with a ${metricName} status, percent`,
      expression: `IF(requests >= ${thresholds.minimumRequests}, 100 * errors / requests, 0)`,
      returnData: true,
    },
  ];

  const serverErrors = metricAlarm(scope, "server-errors-alarm", providers, target, {
    ...common,
    alarmName: `${name}-api-server-errors`,
    alarmDescription: `The API ${name} fails in ${region}. In its access log, integrationError tells the function's failures from the API's.`,
    threshold: thresholds.serverErrorPercent,
    metricQuery: shareOf("5xx"),
  });
  if (thresholds.clientErrorPercent !== undefined) {
    metricAlarm(scope, "client-errors-alarm", providers, target, {
      ...common,
      alarmName: `${name}-api-client-errors`,
      alarmDescription: `The API ${name} turns many requests away in ${region}. Status 429 in its access log means throttling, 401 and 403 authorization.`,
      threshold: thresholds.clientErrorPercent,
      metricQuery: shareOf("4xx"),
    });
  }
  const latency = metricAlarm(scope, "latency-alarm", providers, target, {
    ...common,
    ...metric,
    alarmName: `${name}-api-latency`,
    alarmDescription: `The slowest answers of the API ${name} in ${region} take too long. Compare responseLatencyMs with integrationLatencyMs in its access log.`,
    metricName: "Latency",
    extendedStatistic: "p99",
    evaluateLowSampleCountPercentiles: "ignore",
    threshold: thresholds.latencyMs,
    period: 300,
  });
  return { serverErrors, latency };
}
