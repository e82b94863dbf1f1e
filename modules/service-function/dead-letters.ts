import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  denyWithoutTls,
  deploymentStackOf,
  type Grantee,
  metricAlarm,
  policyDocument,
  type RegionalKey,
  resourceName,
} from "../core";
import type { ServiceFunctionConfig } from "./config";

export interface DeadLettersProps {
  /** Name of the function. */
  readonly name: string;
  readonly region: string;
  readonly key: RegionalKey;
  /** The function's role, which sends to the queue. */
  readonly grantee: Grantee;
  readonly config: ServiceFunctionConfig;
  readonly alarms?: AlarmTarget;
}

/** The longest that SQS keeps a message, in seconds: 14 days. */
const retentionSeconds = 14 * 24 * 60 * 60;

/**
 * The queue of asynchronous invocations that failed for good, as a failure destination: unlike a dead-letter queue of
 * the function it also gets the error, and it belongs to the alias.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export class DeadLetters extends Construct {
  readonly queueArn: string;

  constructor(scope: Construct, id: string, { name, region, key, grantee, config, alarms }: DeadLettersProps) {
    super(scope, id);
    const { providers } = deploymentStackOf(this);
    const provider = providers.in(region);
    const queueName = resourceName(this, [name, "dead-letters"], 80);
    const queue = new SqsQueue(this, "queue", {
      provider,
      name: queueName,
      messageRetentionSeconds: retentionSeconds,
      kmsMasterKeyId: key.arnIn(region),
    });
    new SqsQueuePolicy(this, "queue-policy", {
      provider,
      queueUrl: queue.url,
      policy: policyDocument([denyWithoutTls({ sid: "RefusePlainHttp", actions: ["sqs:*"], resources: [queue.arn] })]),
    });
    grantee.addToRolePolicy({ sid: "SendDeadLetters", actions: ["sqs:SendMessage"], resources: [queue.arn] });
    key.grantUse(grantee, "sqs");
    this.queueArn = queue.arn;
    if (!alarms) return;

    const metric = { region, namespace: "AWS/SQS", dimensions: { QueueName: queueName }, statistic: "Maximum" };
    metricAlarm(this, "visible-alarm", providers, alarms, {
      ...metric,
      alarmName: `${queueName}-visible`,
      alarmDescription: `${name} gave up on events. Read the error in the queue ${queueName}, mend the cause, send them again.`,
      metricName: "ApproximateNumberOfMessagesVisible",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      period: 60,
      evaluationPeriods: 1,
    });
    metricAlarm(this, "age-alarm", providers, alarms, {
      ...metric,
      alarmName: `${queueName}-age`,
      alarmDescription: `Nobody took care of the dead letters of ${name}; they are deleted after 14 days.`,
      metricName: "ApproximateAgeOfOldestMessage",
      comparisonOperator: "GreaterThanThreshold",
      threshold: config.alarms.deadLetterAgeSeconds,
      period: 300,
      evaluationPeriods: 1,
    });
  }
}
