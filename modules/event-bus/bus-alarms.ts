import { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, metricAlarm, resourceName } from "../core";
import type { EventBusConfig } from "./config";

export interface BusAlarmsProps {
  readonly eventBusName: string;
  readonly region: string;
  readonly thresholds: EventBusConfig["alarmThresholds"];
  readonly target: AlarmTarget;
}

/**
 * Alarms over all rules of a bus in one region, including EventBridge's own replication rules. Their names are not
 * known in advance, so a query adds up the metrics.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-alarms.html
 */
export class BusAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: BusAlarmsProps,
  ) {
    super(scope, id);
    const { eventBusName, region, thresholds } = props;
    const where = `${eventBusName} in ${region}`;
    this.add(
      "failed-invocations",
      "FailedInvocations",
      thresholds.failedInvocations,
      `Targets of ${where}, or the bus of the other region, never got events. Check permissions and targets, then replay the archive.`,
    );
    this.add(
      "throttled-rules",
      "ThrottledRules",
      thresholds.throttledRules,
      `Rules of ${where} are held back: events arrive late. Have the quota of invocations raised, in both regions alike.`,
    );
    this.add(
      "lost-dead-letters",
      "InvocationsFailedToBeSentToDlq",
      1,
      `Dead letters of ${where} could not be kept: events are lost. Check the policies of the queues and of their key.`,
    );
  }

  private add(id: string, metricName: string, threshold: number, alarmDescription: string): void {
    const { eventBusName, region, target } = this.props;
    metricAlarm(this, id, deploymentStackOf(this).providers, target, {
      region,
      alarmName: resourceName(this, [eventBusName, "bus", id], 255),
      alarmDescription,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold,
      evaluationPeriods: 1,
      metricQuery: [
        {
          id: "total",
          expression: `SELECT SUM(${metricName}) FROM SCHEMA("AWS/Events", EventBusName, RuleName) WHERE EventBusName = '${eventBusName}'`,
          period: 300,
          returnData: true,
        },
      ],
    });
  }
}
