import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  denyWithoutTls,
  deploymentStackOf,
  metricAlarm,
  policyDocument,
  resourceName,
} from "../core";

export interface DeadLetterQueueProps {
  /** Name of the queue, without `-dead-letters`. */
  readonly name: string;
  readonly region: string;
  /** The bus or rule that sends to the queue. */
  readonly senderArn: string;
  readonly alarms?: AlarmTarget;
  /** In seconds. */
  readonly ageThreshold: number;
}

/** The longest that SQS keeps a message, in seconds: 14 days. */
const retentionSeconds = 14 * 24 * 60 * 60;

/**
 * The standard queue that EventBridge sends what it cannot deliver to.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export class DeadLetterQueue extends Construct {
  readonly queueArn: string;
  /** What has to exist before EventBridge first sends. */
  readonly policy: SqsQueuePolicy;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id);
    const { region } = props;
    const provider = deploymentStackOf(this).providers.in(region);
    const name = resourceName(this, [props.name, "dead-letters"], 80);
    const queue = new SqsQueue(this, "queue", {
      provider,
      name,
      messageRetentionSeconds: retentionSeconds,
      // The key of SQS, not that of the bus: what the bus's key no longer opens ends here too.
      sqsManagedSseEnabled: true,
    });
    this.policy = new SqsQueuePolicy(this, "queue-policy", {
      provider,
      queueUrl: queue.url,
      policy: policyDocument([
        {
          sid: "SendDeadLetters",
          principals: { Service: "events.amazonaws.com" },
          actions: ["sqs:SendMessage"],
          resources: [queue.arn],
          conditions: { ArnEquals: { "aws:SourceArn": props.senderArn } },
        },
        denyWithoutTls({ sid: "RefusePlainHttp", actions: ["sqs:*"], resources: [queue.arn] }),
      ]),
    });
    this.queueArn = queue.arn;
    if (props.alarms) this.addAlarms(name, props.alarms, props);
  }

  private addAlarms(name: string, alarms: AlarmTarget, { region, ageThreshold, ...props }: DeadLetterQueueProps): void {
    const { providers } = deploymentStackOf(this);
    const metric = {
      region,
      namespace: "AWS/SQS",
      dimensions: { QueueName: name },
      statistic: "Maximum",
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
    };
    metricAlarm(this, "visible-alarm", providers, alarms, {
      ...metric,
      alarmName: `${name}-visible`,
      alarmDescription: `EventBridge gave up on events of ${props.name}. Read the error in the attributes of the messages in ${name}, mend the cause, then replay the archive.`,
      metricName: "ApproximateNumberOfMessagesVisible",
      threshold: 0,
      period: 60,
    });
    metricAlarm(this, "age-alarm", providers, alarms, {
      ...metric,
      alarmName: `${name}-age`,
      alarmDescription: `Nobody took care of the dead letters in ${name}; they are deleted after 14 days.`,
      metricName: "ApproximateAgeOfOldestMessage",
      threshold: ageThreshold,
      period: 300,
    });
  }
}
