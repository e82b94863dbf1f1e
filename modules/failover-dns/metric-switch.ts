import { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, resourceName } from "../core";
import { checkAlarm } from "./check-alarm";
import { healthCheck } from "./health-check";
import type { ManualSwitch } from "./manual-switch";

export interface MetricSwitchProps {
  /** Name of the service in AWS, `<environment>-<service>`. */
  readonly name: string;
  /** The region to take out. */
  readonly region: string;
  /** The region of the metric; another one, because CloudWatch may not respond in a region that is in trouble. */
  readonly switchRegion: string;
  readonly alarms?: AlarmTarget;
}

const namespace = "Evenkeel/Failover";
const metricName = "Drained";

/**
 * A manual switch based on a custom metric: 1 takes the region out, 0 brings it back. A single data point is enough:
 * when data is missing after it, the health check keeps its last status. Nothing that Terraform manages changes, and no
 * control plane is needed: metrics and health checks are data planes.
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-creating-values.html
 */
export class MetricSwitch extends Construct implements ManualSwitch {
  readonly healthCheckId: string;
  readonly drain: string;
  readonly restore: string;

  constructor(scope: Construct, id: string, { name, region, switchRegion, alarms }: MetricSwitchProps) {
    super(scope, id);
    const alarm = checkAlarm(this, `alarm-in-${switchRegion}`, {
      region: switchRegion,
      alarms,
      alarmName: resourceName(this, [name, "drained", region], 255),
      alarmDescription: `An operator took ${region} out of the DNS answers of ${name}. It stays out until its restore command is run.`,
      namespace,
      metricName,
      dimensions: { Service: name, Region: region },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
    });
    this.healthCheckId = healthCheck(this, "check", {
      provider: deploymentStackOf(this).providers.in(switchRegion),
      name: `${name} ${region} switch`,
      type: "CLOUDWATCH_METRIC",
      cloudwatchAlarmName: alarm.alarmName,
      cloudwatchAlarmRegion: switchRegion,
      // Makes a single data point last; a new check is healthy.
      insufficientDataHealthStatus: "LastKnownStatus",
    }).id;
    const command = (value: 0 | 1) =>
      `aws cloudwatch put-metric-data --region ${switchRegion} --namespace ${namespace} --metric-name ${metricName} --dimensions Service=${name},Region=${region} --value ${value}`;
    this.drain = command(1);
    this.restore = command(0);
  }
}
