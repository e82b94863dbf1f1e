import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, metricAlarm, resourceName } from "../core";
import type { LoadBalancerConfig } from "./config";

/** The metric dimensions of a load balancer and of its target group. */
export interface BalancerDimensions {
  readonly LoadBalancer: string;
  readonly TargetGroup: string;
}

export interface BalancerAlarmsProps {
  readonly name: string;
  readonly region: string;
  readonly dimensions: BalancerDimensions;
  readonly thresholds: LoadBalancerConfig["alarms"];
  readonly target: AlarmTarget;
}

/** The alarms on what clients notice. */
export interface BalancerAlarms {
  readonly serverErrors: CloudwatchMetricAlarm;
  readonly latency: CloudwatchMetricAlarm;
}

/**
 * Alarms on failed requests, latency, and tasks that do not answer.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function balancerAlarms(scope: Construct, props: BalancerAlarmsProps): BalancerAlarms {
  const { name, region, dimensions, thresholds, target } = props;
  const { providers } = deploymentStackOf(scope);
  const namespace = "AWS/ApplicationELB";
  const ofBalancer = { LoadBalancer: dimensions.LoadBalancer };
  const alarmName = (what: string): string => resourceName(scope, [name, what], 255);
  const common = { region, comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 3, datapointsToAlarm: 2 };
  const counted = (id: string, metricName: string, of: Readonly<Record<string, string>>) => ({
    id,
    metric: { namespace, metricName, dimensions: of, period: 300, stat: "Sum" },
  });
  const percentOf = (errors: string, label: string) => ({
    id: "percent",
    label,
    expression: `IF(FILL(requests, 0) >= ${thresholds.minimumRequests}, 100 * (${errors}) / requests, 0)`,
    returnData: true,
  });
  const serverErrors = metricAlarm(scope, "server-errors-alarm", providers, target, {
    ...common,
    alarmName: alarmName("server-errors"),
    alarmDescription: `${name} fails in ${region}. 502 and 504 come from the load balancer itself: tasks that closed a connection or took too long; look at the log of the tasks for the others.`,
    threshold: thresholds.serverErrorPercent,
    metricQuery: [
      counted("failed", "HTTPCode_Target_5XX_Count", dimensions as unknown as Record<string, string>),
      counted("unanswered", "HTTPCode_ELB_5XX_Count", ofBalancer),
      counted("requests", "RequestCount", ofBalancer),
      percentOf("FILL(failed, 0) + FILL(unanswered, 0)", "Answers with a 5xx status, percent"),
    ],
  });
  if (thresholds.clientErrorPercent !== undefined) {
    metricAlarm(scope, "client-errors-alarm", providers, target, {
      ...common,
      alarmName: alarmName("client-errors"),
      alarmDescription: `${name} turns many requests away in ${region}. Look for a client that changed, and for requests without a route.`,
      threshold: thresholds.clientErrorPercent,
      metricQuery: [
        counted("refused", "HTTPCode_Target_4XX_Count", dimensions as unknown as Record<string, string>),
        counted("requests", "RequestCount", ofBalancer),
        percentOf("FILL(refused, 0)", "Answers with a 4xx status, percent"),
      ],
    });
  }
  const latency = metricAlarm(scope, "latency-alarm", providers, target, {
    ...common,
    alarmName: alarmName("latency"),
    alarmDescription: `The slowest answers of ${name} in ${region} take too long. Compare with the CPU of the tasks, and with the time of what they call.`,
    namespace,
    metricName: "TargetResponseTime",
    dimensions: { ...dimensions },
    extendedStatistic: "p99",
    evaluateLowSampleCountPercentiles: "ignore",
    // The metric is in seconds.
    threshold: thresholds.latencyMs / 1000,
    period: 300,
  });
  metricAlarm(scope, "unhealthy-alarm", providers, target, {
    ...common,
    alarmName: alarmName("unhealthy"),
    alarmDescription: `A task of ${name} fails its health checks in ${region}. ECS replaces it; its reason is in the service's events and in the log of the task.`,
    namespace,
    metricName: "UnHealthyHostCount",
    dimensions: { ...dimensions },
    statistic: "Maximum",
    threshold: 0,
    period: 60,
    evaluationPeriods: 5,
    datapointsToAlarm: 5,
  });
  return { serverErrors, latency };
}
