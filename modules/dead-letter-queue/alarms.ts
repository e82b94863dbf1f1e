import type { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, metricAlarm } from "../core";
import { agePeriodSeconds } from "./config";

export interface DeadLetterAlarmsProps {
  /** Where alarms send notifications. */
  readonly target: AlarmTarget;
  /** The region that the queue is in. */
  readonly region: string;
  /** Name of the queue, which the names of the alarms begin with. */
  readonly queueName: string;
  /** Age of the oldest dead letter, in seconds, at which the second alarm fires. */
  readonly deadLetterAgeSeconds: number;
  /** What the alarms say. */
  readonly descriptions: {
    /** Of the alarm on the first message. */
    readonly visible: string;
    /** Of the alarm on the age of the oldest one. */
    readonly age: string;
  };
}

/**
 * The alarms of a queue of dead letters, created as `visible-alarm` and `age-alarm` in `scope`.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export function deadLetterAlarms(
  scope: Construct,
  { target, region, queueName, deadLetterAgeSeconds, descriptions }: DeadLetterAlarmsProps,
): void {
  const { providers } = deploymentStackOf(scope);
  const common = {
    region,
    namespace: "AWS/SQS",
    dimensions: { QueueName: queueName },
    statistic: "Maximum",
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 1,
  };
  metricAlarm(scope, "visible-alarm", providers, target, {
    ...common,
    alarmName: `${queueName}-visible`,
    alarmDescription: descriptions.visible,
    metricName: "ApproximateNumberOfMessagesVisible",
    threshold: 0,
    period: 60,
  });
  metricAlarm(scope, "age-alarm", providers, target, {
    ...common,
    alarmName: `${queueName}-age`,
    alarmDescription: descriptions.age,
    metricName: "ApproximateAgeOfOldestMessage",
    threshold: deadLetterAgeSeconds,
    period: agePeriodSeconds,
  });
}
