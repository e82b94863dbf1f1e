import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, type MetricAlarmProps, metricAlarm, resourceName } from "../core";
import type { PgBouncerPoolConfig } from "./config";
import type { LoadBalancer } from "./load-balancer";
import type { Pooler, PoolTask } from "./pool-task";

export interface PoolAlarmsProps {
  readonly region: string;
  readonly name: string;
  readonly config: PgBouncerPoolConfig;
  readonly task: PoolTask;
  readonly exposed: readonly { readonly pooler: Pooler; readonly loadBalancer: LoadBalancer }[];
  readonly target: AlarmTarget;
}

/** Log messages of PgBouncer for problems that no AWS metric shows. */
export const logPatterns = {
  rejected: "no more connections allowed",
  waits: "query_wait_timeout",
  logins: "login failed",
} as const;

/** Namespace of the metrics derived from the log. */
const logNamespace = "Evenkeel/Pools";

/**
 * The alarms of a pool: tasks that are missing, unhealthy or busy, and clients that are rejected, time out or lose
 * their connections.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-cloudwatch-metrics.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
 */
export class PoolAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: PoolAlarmsProps,
  ) {
    super(scope, id);
    for (const { pooler, loadBalancer } of props.exposed) this.addTargets(pooler.role, loadBalancer);
    this.addUse();
    this.addLog();
  }

  private addTargets(role: Pooler["role"], { dimensions }: LoadBalancer): void {
    const { name, region, config } = this.props;
    const metric = { namespace: "AWS/NetworkELB", dimensions, period: 60 };
    this.add(`no-host-${role}`, {
      ...metric,
      alarmDescription: `No task of ${name} answers for the ${role} in ${region}: nothing reaches the database through it. Look for the reason in the service's events and the log group ${this.props.task.logGroupName}.`,
      metricName: "HealthyHostCount",
      statistic: "Minimum",
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
      treatMissingData: "breaching",
    });
    this.add(`unhealthy-${role}`, {
      ...metric,
      alarmDescription: `A task of ${name} does not answer for the ${role} in ${region}. Look at the service's events; ECS replaces it.`,
      metricName: "UnHealthyHostCount",
      statistic: "Maximum",
      threshold: 0,
    });
    this.add(`resets-${role}`, {
      ...metric,
      alarmDescription: `Tasks of ${name} reset connections of the ${role} in ${region}. If no deployment or scaling explains it, look for crashes and memory.`,
      metricName: "TCP_Target_Reset_Count",
      dimensions: { LoadBalancer: dimensions.LoadBalancer },
      statistic: "Sum",
      threshold: config.alarms.resets,
    });
  }

  private addUse(): void {
    const { name, region, config } = this.props;
    const metric = {
      namespace: "AWS/ECS",
      dimensions: { ClusterName: name, ServiceName: name },
      statistic: "Average",
      period: 60,
    };
    this.add("cpu", {
      ...metric,
      alarmDescription: `Tasks of ${name} are busy in ${region}. Compare their number with scaling.max; a PgBouncer uses one CPU at the most.`,
      metricName: "CPUUtilization",
      threshold: config.alarms.cpuPercent,
    });
    this.add("memory", {
      ...metric,
      alarmDescription: `Tasks of ${name} run out of memory in ${region}. Compare client connections with maxClientConnections, then raise memoryMebibytes.`,
      metricName: "MemoryUtilization",
      threshold: config.alarms.memoryPercent,
    });
  }

  private addLog(): void {
    const { name, region, config } = this.props;
    const { alarms, queryWaitTimeoutSeconds } = config;
    this.addPattern("rejected", {
      alarmDescription: `${name} turns clients away in ${region}: it has as many connections as maxClientConnections. Compare it with the functions' concurrency, and scaling.min.`,
      threshold: alarms.rejectedConnections,
    });
    this.addPattern("waits", {
      alarmDescription: `Clients of ${name} waited ${queryWaitTimeoutSeconds} s for a database connection in vain in ${region}. Look for long transactions, and whether the database answers.`,
      threshold: alarms.waitTimeouts,
    });
    this.addPattern("logins", {
      alarmDescription: `The database refuses logins of ${name} in ${region}. Compare pooling.logins with the passwords in the database, and its connections with max_connections.`,
      threshold: alarms.loginFailures,
    });
  }

  private addPattern(id: keyof typeof logPatterns, props: { alarmDescription: string; threshold: number }): void {
    const { name, region, task } = this.props;
    const metricName = `${name}-${id}`;
    new CloudwatchLogMetricFilter(this, `${id}-filter`, {
      provider: deploymentStackOf(this).providers.in(region),
      name: metricName,
      logGroupName: task.logGroup.name,
      pattern: `"${logPatterns[id]}"`,
      metricTransformation: { namespace: logNamespace, name: metricName, value: "1", defaultValue: "0" },
    });
    this.add(id, { ...props, namespace: logNamespace, metricName, statistic: "Sum", period: 60 });
  }

  private add(
    id: string,
    props: Omit<MetricAlarmProps, "region" | "alarmName" | "comparisonOperator" | "evaluationPeriods"> & {
      comparisonOperator?: string;
      evaluationPeriods?: number;
    },
  ): void {
    const { region, name, target } = this.props;
    metricAlarm(this, id, deploymentStackOf(this).providers, target, {
      region,
      alarmName: resourceName(this, [name, id], 255),
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      ...props,
    });
  }
}
