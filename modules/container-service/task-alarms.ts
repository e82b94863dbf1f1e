import type { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, type MetricAlarmProps, metricAlarm, resourceName } from "../core";
import type { BalancerDimensions } from "../load-balancer";
import { type ContainerServiceConfig, fewestTasks } from "./config";

export interface TaskAlarmsProps {
  readonly config: ContainerServiceConfig;
  /** Name of the service and of its cluster. */
  readonly name: string;
  readonly region: string;
  readonly logGroupName: string;
  readonly dimensions: BalancerDimensions;
  readonly target: AlarmTarget;
}

/**
 * Alarms on tasks that are missing or busy. Those that are missing are counted by the load balancer, as ECS has no metric of running
 * tasks without Container Insights.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
 */
export function taskAlarms(scope: Construct, props: TaskAlarmsProps): void {
  const { config, name, region, dimensions, target } = props;
  const fewest = fewestTasks(config);
  const add = (
    id: string,
    alarm: Omit<MetricAlarmProps, "region" | "alarmName" | "evaluationPeriods" | "period">,
  ): void => {
    metricAlarm(scope, `${id}-alarm`, deploymentStackOf(scope).providers, target, {
      region,
      alarmName: resourceName(scope, [name, id], 255),
      period: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 5,
      ...alarm,
    });
  };
  add("missing-tasks", {
    alarmDescription: `Fewer than ${fewest} tasks of ${name} answer in ${region}. The service's events say why: no capacity, the quota of vCPUs, an image that cannot be pulled, or tasks that end; their log is ${props.logGroupName}.`,
    namespace: "AWS/ApplicationELB",
    metricName: "HealthyHostCount",
    dimensions: { ...dimensions },
    statistic: "Minimum",
    comparisonOperator: "LessThanThreshold",
    threshold: fewest,
    // A load balancer without tasks has no such metric.
    treatMissingData: "breaching",
  });
  const use = {
    namespace: "AWS/ECS",
    dimensions: { ClusterName: name, ServiceName: name },
    statistic: "Average",
    comparisonOperator: "GreaterThanThreshold",
  };
  add("cpu", {
    ...use,
    alarmDescription: `Tasks of ${name} are busy in ${region}, although scaling adds some. Compare their number with scaling.max.`,
    metricName: "CPUUtilization",
    threshold: config.alarms.cpuPercent,
  });
  add("memory", {
    ...use,
    alarmDescription: `Tasks of ${name} run out of memory in ${region}, and end when there is none left. Look for what grows, then raise memoryMebibytes.`,
    metricName: "MemoryUtilization",
    threshold: config.alarms.memoryPercent,
  });
}
