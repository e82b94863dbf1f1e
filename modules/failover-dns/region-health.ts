import type { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Construct } from "constructs";
import { type AlarmTarget, ConstructError, deploymentStackOf, metricAlarm, resourceName } from "../core";
import { BalancerName } from "./balancer-name";
import { checkAlarm } from "./check-alarm";
import type { AlarmCheckConfig, EndpointCheckConfig, FailoverDnsConfig } from "./config";
import { healthCheck } from "./health-check";
import type { ManualSwitch } from "./manual-switch";
import { MetricSwitch } from "./metric-switch";
import { RegionalName } from "./regional-name";
import type { RoutingControls } from "./routing-controls";
import type { ServingRegion } from "./serving-region";

export interface RegionHealthProps {
  /** The configuration, with every default filled in. */
  readonly config: FailoverDnsConfig;
  /** Name of the service in AWS, `<environment>-<service>`. */
  readonly name: string;
  /** Domain name of the traffic. */
  readonly domainName: string;
  /** Id of the public hosted zone of the domain. */
  readonly zoneId: string;
  /** The region whose health it is. */
  readonly serving: ServingRegion;
  /** Another region, which holds the metric of this region's switch. */
  readonly switchRegion: string;
  /** Routing controls to use as switches instead of metrics. */
  readonly routingControls?: RoutingControls;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
}

/** The only region that has health check metrics. @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/monitoring-health-checks.html */
export const healthMetricsRegion = "us-east-1";

/**
 * Whether one region may receive traffic: it responds to requests from the internet, its metric is within the
 * threshold, and no operator took it out. One calculated check combines the three, and the region's record uses it. Where
 * clients need a certificate there is no request from the internet, and the other two decide.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-types.html
 */
export class RegionHealth extends Construct {
  /** The id of the calculated check. */
  readonly healthCheckId: string;
  readonly manualSwitch: ManualSwitch;
  /** The DNS name of this region only; undefined where clients need a certificate. */
  readonly regionalName?: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: RegionHealthProps,
  ) {
    super(scope, id);
    const { name, config, domainName, zoneId, serving, switchRegion, routingControls, alarms } = props;
    const { region } = serving;
    this.manualSwitch = routingControls
      ? routingControls.switchFor(this, "switch", region)
      : new MetricSwitch(this, "switch", { name, region, switchRegion, alarms });
    this.regionalName = serving.asksForCertificates
      ? undefined
      : "listenerArn" in serving
        ? new BalancerName(this, "name", { serving, domainName, zoneId }).fqdn
        : new RegionalName(this, "name", { serving, domainName, zoneId }).fqdn;
    const children = [
      ...(this.regionalName ? [this.endpointCheck(config.endpointCheck, this.regionalName).id] : []),
      ...(config.alarmCheck ? [this.alarmCheck(config.alarmCheck).id] : []),
      this.manualSwitch.healthCheckId,
    ];
    const joined = healthCheck(this, "health", {
      provider: deploymentStackOf(this).providers.in(region),
      name: `${name} ${region}`,
      type: "CALCULATED",
      childHealthchecks: children,
      childHealthThreshold: children.length,
    });
    this.healthCheckId = joined.id;
    if (alarms) this.statusAlarm(joined, alarms);
  }

  private endpointCheck(config: EndpointCheckConfig, fqdn: string): Route53HealthCheck {
    const { name, serving } = this.props;
    return healthCheck(this, "endpoint", {
      provider: deploymentStackOf(this).providers.in(serving.region),
      name: `${name} ${serving.region} endpoint`,
      type: "HTTPS",
      fqdn,
      port: 443,
      resourcePath: config.path,
      enableSni: true,
      requestInterval: config.requestIntervalSeconds,
      failureThreshold: config.failureThreshold,
      measureLatency: config.measureLatency,
      regions: config.checkerRegions,
    });
  }

  private alarmCheck(config: AlarmCheckConfig): Route53HealthCheck {
    const { name, serving, alarms } = this.props;
    const { region } = serving;
    if ("listenerArn" in serving) {
      throw new ConstructError(
        this,
        `is checked by the metric ${config.metricName} of an HTTP API, but a load balancer serves in ${region}`,
        "leave out alarmCheck: alias records follow the health of its targets",
      );
    }
    const { apiId } = serving;
    const alarm = checkAlarm(this, "metric-alarm", {
      region,
      alarms,
      alarmName: resourceName(this, [name, "dns", config.metricName], 255),
      alarmDescription: `${config.metricName} of the API ${name} takes ${region} out of DNS while it lasts. Look at the API's own alarms and access log.`,
      namespace: "AWS/ApiGateway",
      metricName: config.metricName,
      dimensions: { ApiId: apiId },
      statistic: config.statistic,
      period: config.periodSeconds,
      evaluationPeriods: config.evaluationPeriods,
      threshold: config.threshold,
      comparisonOperator: config.comparisonOperator,
    });
    return healthCheck(this, "metric", {
      provider: deploymentStackOf(this).providers.in(region),
      name: `${name} ${region} metric`,
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: alarm.alarmName,
      cloudwatchAlarmRegion: region,
      insufficientDataHealthStatus: config.insufficientDataHealthStatus,
      // Route 53 copies the alarm's settings when the check is written, so a change must update the check.
      triggers: { apiId, alarm: JSON.stringify(config) },
    });
  }

  private statusAlarm(check: Route53HealthCheck, alarms: AlarmTarget): void {
    const { name, serving } = this.props;
    metricAlarm(this, "status-alarm", deploymentStackOf(this).providers, alarms, {
      region: healthMetricsRegion,
      alarmName: resourceName(this, [name, "dns", serving.region], 255),
      alarmDescription: `DNS sends no traffic of ${name} to ${serving.region}. The health checks named "${name} ${serving.region} ..." say why: endpoint, metric or switch.`,
      namespace: "AWS/Route53",
      metricName: "HealthCheckStatus",
      dimensions: { HealthCheckId: check.id },
      statistic: "Minimum",
      period: 60,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: "LessThanThreshold",
      // A late metric says nothing about the region.
      treatMissingData: "ignore",
    });
  }
}
