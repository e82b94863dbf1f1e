import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, metricAlarm, resourceName } from "../core";
import type { EventEndpointConfig } from "./config";

export interface FailoverCheckProps {
  /** The endpoint's name. */
  readonly name: string;
  readonly home: string;
  readonly standby: string;
  readonly config: EventEndpointConfig;
  readonly alarms?: AlarmTarget;
}

/**
 * The alarm that AWS recommends, over EventBridge in the whole region. Route 53 only supports standard resolution and
 * plain statistics, neither metric math nor percentiles. Metrics of consumers do not belong here.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-ge-cfn.html
 */
const recommendedAlarm = {
  namespace: "AWS/Events",
  metricName: "IngestionToInvocationStartLatency",
  statistic: "Average",
  comparisonOperator: "GreaterThanThreshold",
  /** In milliseconds. */
  threshold: 30_000,
  /** In seconds. */
  period: 60,
  evaluationPeriods: 5,
  datapointsToAlarm: 5,
  treatMissingData: "breaching",
} as const;

/** Health check metrics only exist in this region, whatever the check is for. */
const healthCheckMetricsRegion = "us-east-1";

/**
 * The Route 53 health check that decides which region receives events, based on an alarm in the home region.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html
 */
export class FailoverCheck extends Construct {
  readonly healthCheckArn: string;
  readonly healthCheckId: string;

  constructor(scope: Construct, id: string, { name, home, standby, config, alarms }: FailoverCheckProps) {
    super(scope, id);
    const { providers } = deploymentStackOf(this);
    const provider = providers.in(home);
    const actions = alarms ? [alarms.topicArn(home)] : undefined;
    const alarm = new CloudwatchMetricAlarm(this, "latency-alarm", {
      ...recommendedAlarm,
      provider,
      alarmName: resourceName(this, [name, "latency"], 255),
      alarmDescription: `EventBridge in ${home} is slow or silent: ${name} now sends events to ${standby}. Nothing to do for events; see the AWS Health Dashboard.`,
      alarmActions: actions,
      okActions: actions,
    });
    const { threshold, period, evaluationPeriods } = recommendedAlarm;
    const check = new Route53HealthCheck(this, "health-check", {
      provider,
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: alarm.alarmName,
      cloudwatchAlarmRegion: home,
      insufficientDataHealthStatus: config.insufficientDataHealthStatus,
      // Route 53 copies the alarm's settings and does not notice changes, so changes must update the check.
      triggers: { alarm: `${threshold}/${period}/${evaluationPeriods}` },
      tags: { Name: name },
    });
    this.healthCheckArn = check.arn;
    this.healthCheckId = check.id;
    if (!alarms) return;

    metricAlarm(this, "state-alarm", providers, alarms, {
      region: healthCheckMetricsRegion,
      alarmName: resourceName(this, [name, "endpoint", "failed-over"], 255),
      alarmDescription: `${name} sends events to ${standby} because ${home} counts as unhealthy. Also goes off when ${home} can tell nobody.`,
      namespace: "AWS/Route53",
      metricName: "HealthCheckStatus",
      dimensions: { HealthCheckId: check.id },
      statistic: "Minimum",
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      period: 60,
      evaluationPeriods: 1,
      treatMissingData: "breaching",
    });
  }
}
