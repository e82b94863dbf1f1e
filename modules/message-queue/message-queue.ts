import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { SqsQueueRedriveAllowPolicy } from "@cdktf/provider-aws/lib/sqs-queue-redrive-allow-policy";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  denyWithoutTls,
  deploymentStackOf,
  type Grantee,
  literalText,
  metricAlarm,
  type PolicyStatement,
  parseConfig,
  policyDocument,
  type RegionalKey,
  resourceName,
} from "../core";
import { deadLetterAlarms, messageRetentionSeconds } from "../dead-letter-queue";
import {
  defaultVisibilitySeconds,
  type MessageQueueConfig,
  type MessageQueueInput,
  messageQueueConfig,
} from "./config";

export interface MessageQueueProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: MessageQueueInput;
  /** Name of the queue without its suffix, `<environment>-<queue>`; cannot change. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** Encrypts messages and dead letters; its users must have `sqs`, and `events` where a bus sends. */
  readonly key: RegionalKey;
  /** Least visibility timeout in seconds, that of `leastVisibilitySeconds`; 30 s if nothing reads the queue. */
  readonly leastVisibilitySeconds?: number;
  /** Whether something reads the queue in this region: where nothing does, messages may be old. */
  readonly consumed?: boolean;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
}

/**
 * A standard or FIFO queue in one region, with its dead letters. Both are there from the first day: without the second, a message
 * that cannot be handled would be tried until it expires.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export class MessageQueue extends Construct {
  readonly region: string;
  readonly queueArn: string;
  readonly queueUrl: string;
  readonly queueName: string;
  readonly deadLetterQueueArn: string;
  readonly deadLetterQueueName: string;
  readonly isFifo: boolean;
  readonly visibilityTimeoutSeconds: number;
  /** The queue policy, which must exist before a service sends its first message. */
  readonly policy: SqsQueuePolicy;
  private readonly key: RegionalKey;
  private readonly senders: PolicyStatement[] = [];

  constructor(scope: Construct, id: string, props: MessageQueueProps) {
    super(scope, id);
    const config = parseConfig(messageQueueConfig, props.config, this.node.path);
    const { region, key, alarms, leastVisibilitySeconds: least = defaultVisibilitySeconds, consumed = true } = props;
    const provider = deploymentStackOf(this).providers.in(region);
    const ending = config.fifo ? ".fifo" : "";
    // All queues end in what they are for, so that none is another's dead letters.
    this.queueName = resourceName(this, [props.name, `messages${ending}`], 80);
    this.deadLetterQueueName = resourceName(this, [props.name, `messages-failed${ending}`], 80);
    this.region = region;
    this.key = key;
    this.isFifo = config.fifo !== undefined;
    this.visibilityTimeoutSeconds = config.visibilityTimeoutSeconds ?? least;

    const encryption = {
      kmsMasterKeyId: key.arnIn(region),
      kmsDataKeyReusePeriodSeconds: config.kmsDataKeyReuseSeconds,
    };
    const deadLetters = new SqsQueue(this, "failed", {
      provider,
      name: this.deadLetterQueueName,
      messageRetentionSeconds,
      maxMessageSize: config.maxMessageBytes,
      ...encryption,
      ...fifoArguments(config),
    });
    const queue = new SqsQueue(this, "queue", {
      provider,
      name: this.queueName,
      messageRetentionSeconds: config.messageRetentionSeconds,
      visibilityTimeoutSeconds: this.visibilityTimeoutSeconds,
      delaySeconds: config.delaySeconds,
      maxMessageSize: config.maxMessageBytes,
      ...encryption,
      ...fifoArguments(config),
      redrivePolicy: JSON.stringify({
        deadLetterTargetArn: deadLetters.arn,
        maxReceiveCount: config.maxReceiveCount,
      }),
    });
    this.queueArn = queue.arn;
    this.queueUrl = queue.url;
    this.deadLetterQueueArn = deadLetters.arn;
    new SqsQueueRedriveAllowPolicy(this, "redrive-allow", {
      provider,
      queueUrl: deadLetters.url,
      redriveAllowPolicy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }),
    });
    const refusal = (arn: string) => denyWithoutTls({ sid: "RefusePlainHttp", actions: ["sqs:*"], resources: [arn] });
    this.policy = new SqsQueuePolicy(this, "queue-policy", {
      provider,
      queueUrl: queue.url,
      policy: Lazy.stringValue({
        produce: () => literalText(policyDocument([...this.senders, refusal(queue.arn)])),
      }),
    });
    new SqsQueuePolicy(this, "failed-policy", {
      provider,
      queueUrl: deadLetters.url,
      policy: policyDocument([refusal(deadLetters.arn)]),
    });
    if (alarms) this.addAlarms(alarms, config, consumed);
  }

  /** Allows a principal to send to the queue. */
  grantSend(grantee: Grantee): void {
    grantee.addToRolePolicy({ actions: ["sqs:SendMessage"], resources: [this.queueArn] });
    this.key.grantUse(grantee, "sqs");
  }

  /** Allows a principal to receive and delete messages. @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
  grantConsume(grantee: Grantee): void {
    grantee.addToRolePolicy({
      actions: ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
      resources: [this.queueArn],
    });
    this.key.grantUse(grantee, "sqs", "decrypt");
  }

  /**
   * Allows an AWS service to send on behalf of one resource.
   * @param id kebab-case, unique among the senders to this queue
   * @param principal the service principal, such as `events.amazonaws.com`
   * @param sourceArn the resource in that service that sends
   */
  allowSend(id: string, principal: string, sourceArn: string): void {
    const words = id.split("-").map((word) => `${word[0]?.toUpperCase() ?? ""}${word.slice(1)}`);
    this.senders.push({
      sid: `Send${words.join("")}`,
      principals: { Service: principal },
      actions: ["sqs:SendMessage"],
      resources: [this.queueArn],
      conditions: { ArnEquals: { "aws:SourceArn": sourceArn } },
    });
  }

  private addAlarms(target: AlarmTarget, { alarmThresholds }: MessageQueueConfig, consumed: boolean): void {
    const { queueName, deadLetterQueueName, region } = this;
    if (consumed) {
      metricAlarm(this, "oldest-alarm", deploymentStackOf(this).providers, target, {
        region,
        alarmName: `${queueName}-age`,
        alarmDescription: `Messages in ${queueName} wait too long. See whether the function that takes them is throttled, fails, or is slower than they come.`,
        namespace: "AWS/SQS",
        metricName: "ApproximateAgeOfOldestMessage",
        dimensions: { QueueName: queueName },
        statistic: "Maximum",
        comparisonOperator: "GreaterThanThreshold",
        threshold: alarmThresholds.oldestMessageSeconds,
        period: 60,
        evaluationPeriods: 5,
      });
    }
    deadLetterAlarms(this, {
      target,
      region,
      queueName: deadLetterQueueName,
      deadLetterAgeSeconds: alarmThresholds.deadLetterAgeSeconds,
      descriptions: {
        visible: `Messages of ${queueName} could not be handled. Find them in the log of the function, mend the cause, then move them back from ${deadLetterQueueName}.`,
        age: `Nobody took care of the dead letters in ${deadLetterQueueName}; they are deleted 14 days after they were first sent.`,
      },
    });
  }
}

function fifoArguments({ fifo }: MessageQueueConfig) {
  if (!fifo) return {};
  const { contentBasedDeduplication, deduplicationScope, throughputLimit: fifoThroughputLimit } = fifo;
  return { fifoQueue: true, contentBasedDeduplication, deduplicationScope, fifoThroughputLimit };
}
