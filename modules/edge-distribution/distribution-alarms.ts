import type { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, metricAlarm } from "../core";
import { edgeHome } from "../edge-function";
import type { EdgeDistributionConfig } from "./config";

export interface DistributionAlarmsProps {
  /** The distribution's name. */
  readonly name: string;
  readonly distributionId: string;
  readonly thresholds: EdgeDistributionConfig["alarms"];
  readonly target: AlarmTarget;
}

/**
 * Alarms on error rates as viewers see them. CloudFront only reports metrics in us-east-1.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
 */
export function distributionAlarms(scope: Construct, props: DistributionAlarmsProps): void {
  const { name, distributionId, thresholds, target } = props;
  const { providers } = deploymentStackOf(scope);
  const common = {
    region: edgeHome,
    namespace: "AWS/CloudFront",
    dimensions: { DistributionId: distributionId, Region: "Global" },
    statistic: "Average",
    comparisonOperator: "GreaterThanThreshold",
    period: 60,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
  };
  metricAlarm(scope, "server-errors-alarm", providers, target, {
    ...common,
    alarmName: `${name}-edge-server-errors`,
    alarmDescription: `Viewers of ${name} get 5xx answers. In its access log, x-edge-detailed-result-type tells edge functions (LambdaExecutionError and the like) from the regions.`,
    metricName: "5xxErrorRate",
    threshold: thresholds.serverErrorPercent,
  });
  if (thresholds.clientErrorPercent === undefined) return;
  metricAlarm(scope, "client-errors-alarm", providers, target, {
    ...common,
    alarmName: `${name}-edge-client-errors`,
    alarmDescription: `Viewers of ${name} get 4xx answers. Status 403 may be the web ACL, 429 a throttle of a region.`,
    metricName: "4xxErrorRate",
    threshold: thresholds.clientErrorPercent,
  });
}
