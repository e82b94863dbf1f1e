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
  /** Region that events go to first; named at all, it has the standby region watched too. */
  readonly active?: string;
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
 * The Route 53 health check that decides which region receives events, based on an alarm in the region that they go to first.
 * EventBridge asks it about the primary, which is home and never changes. For a standby region that comes first the answer is turned
 * round: home counts as healthy exactly while the standby region does not. A calculated check does that, because AWS does not say
 * whether the inversion of a check also inverts what it says without data.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html
 */
export class FailoverCheck extends Construct {
  readonly healthCheckArn: string;
  readonly healthCheckId: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FailoverCheckProps,
  ) {
    super(scope, id);
    const { name, home, standby, active, alarms } = props;
    const { providers } = deploymentStackOf(this);
    const [first, other] = active === standby ? [standby, home] : [home, standby];
    const ofHome = this.watch("", home, first);
    const ofStandby = active === undefined ? undefined : this.watch("standby-", standby, first);
    const turned = ofStandby && this.turnedRound(ofStandby);
    const check = (first === standby && turned) || ofHome;
    this.healthCheckArn = check.arn;
    this.healthCheckId = check.id;
    if (!alarms) return;

    const watched = (first === standby && ofStandby) || ofHome;
    metricAlarm(this, "state-alarm", providers, alarms, {
      region: healthCheckMetricsRegion,
      alarmName: resourceName(this, [name, "endpoint", "failed-over"], 255),
      alarmDescription: `${name} sends events to ${other} because ${first} counts as unhealthy. Also goes off when ${first} can tell nobody.`,
      namespace: "AWS/Route53",
      metricName: "HealthCheckStatus",
      dimensions: { HealthCheckId: watched.id },
      statistic: "Minimum",
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      period: 60,
      evaluationPeriods: 1,
      treatMissingData: "breaching",
    });
  }

  /** The alarm and the health check of one region. @param first the region that events go to while it is healthy */
  private watch(prefix: "" | "standby-", region: string, first: string): Route53HealthCheck {
    const { name, home, standby, config, alarms } = this.props;
    const { providers } = deploymentStackOf(this);
    const actions = alarms ? [alarms.topicArn(region)] : undefined;
    const other = region === home ? standby : home;
    const what = `EventBridge in ${region} is slow or silent: `;
    const alarm = new CloudwatchMetricAlarm(this, `${prefix}latency-alarm`, {
      ...recommendedAlarm,
      provider: providers.in(region),
      alarmName: resourceName(this, [name, "latency"], 255),
      alarmDescription:
        region === first
          ? `${what}${name} now sends events to ${other}. Nothing to do for events; see the AWS Health Dashboard.`
          : `${what}${name} sends events to ${other} anyway, but this region could not take over. See the AWS Health Dashboard.`,
      alarmActions: actions,
      okActions: actions,
    });
    const { threshold, period, evaluationPeriods } = recommendedAlarm;
    return new Route53HealthCheck(this, `${prefix}health-check`, {
      provider: providers.in(home),
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: alarm.alarmName,
      cloudwatchAlarmRegion: region,
      insufficientDataHealthStatus: config.insufficientDataHealthStatus,
      // Route 53 copies the alarm's settings and does not notice changes, so changes must update the check.
      triggers: { alarm: `${threshold}/${period}/${evaluationPeriods}` },
      tags: { Name: region === home ? name : `${name} ${region}` },
    });
  }

  /** Healthy exactly while another check is not. */
  private turnedRound(check: Route53HealthCheck): Route53HealthCheck {
    const { name, home, standby } = this.props;
    return new Route53HealthCheck(this, "turned-round", {
      provider: deploymentStackOf(this).providers.in(home),
      type: "CALCULATED",
      childHealthchecks: [check.id],
      childHealthThreshold: 1,
      invertHealthcheck: true,
      tags: { Name: `${name} not ${standby}` },
    });
  }
}
