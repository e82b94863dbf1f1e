import type { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import { type AlarmTarget, type Grantee, parseConfig, type RegionalKey, resourceName } from "../core";
import { deadLetterAlarms } from "./alarms";
import { type DeadLetterQueueInput, deadLetterQueueConfig, messageRetentionSeconds } from "./config";
import { type ServiceSender, standardQueue } from "./standard-queue";

/** A principal that sends with its own role's policy, to a queue encrypted with a key that it may use. */
export interface RoleSender {
  readonly grantee: Grantee;
  readonly key: RegionalKey;
  /** Id of the statement in its policy, `SendDeadLetters` unless told otherwise: another one where a role sends to several queues. */
  readonly sid?: string;
}

export interface DeadLetterQueueProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: DeadLetterQueueInput;
  /** Name of the queue without the suffix; cannot change. */
  readonly name: string;
  /**
   * What the queue is for: the last part of its name, `dead-letters` unless told otherwise. Queues of two purposes are never
   * one, whatever the names before it.
   */
  readonly suffix?: string;
  /** Id of the queue in Terraform, `queue` unless told otherwise. */
  readonly queueId?: string;
  /** The region that it is in. */
  readonly region: string;
  /**
   * Who sends. A service's queue uses the SQS-managed key, as it also gets events that the sender can no longer
   * decrypt.
   */
  readonly sender: ServiceSender | RoleSender;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Alarm descriptions, given the queue's name: `visible` for the first message, `age` if the oldest is too old. */
  readonly alarmDescriptions: (queueName: string) => { readonly visible: string; readonly age: string };
}

/**
 * A standard queue for what could not be delivered or processed, with alarms on the first message and on message age.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
 */
export class DeadLetterQueue extends Construct {
  readonly queueArn: string;
  readonly queueName: string;
  /** The queue policy, which must exist before a service sends its first message. */
  readonly policy: SqsQueuePolicy;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id);
    const { region, sender, alarms, suffix = "dead-letters", queueId } = props;
    const config = parseConfig(deadLetterQueueConfig, props.config, this.node.path);
    this.queueName = resourceName(this, [props.name, suffix], 80);
    const { queue, policy } = standardQueue(this, {
      id: queueId,
      name: this.queueName,
      region,
      messageRetentionSeconds,
      ...("service" in sender ? { sender: { ...sender, sid: "SendDeadLetters" } } : { key: sender.key }),
    });
    this.queueArn = queue.arn;
    this.policy = policy;
    if ("grantee" in sender) {
      const { grantee, key, sid = "SendDeadLetters" } = sender;
      grantee.addToRolePolicy({ sid, actions: ["sqs:SendMessage"], resources: [queue.arn] });
      key.grantUse(grantee, "sqs");
    }
    if (!alarms) return;
    deadLetterAlarms(this, {
      target: alarms,
      region,
      queueName: this.queueName,
      deadLetterAgeSeconds: config.deadLetterAgeSeconds,
      descriptions: props.alarmDescriptions(this.queueName),
    });
  }
}
