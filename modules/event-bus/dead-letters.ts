import type { Construct } from "constructs";
import type { AlarmTarget } from "../core";
import { DeadLetterQueue, type DeadLetterQueueInput } from "../dead-letter-queue";

export interface EventDeadLettersProps {
  readonly config: DeadLetterQueueInput;
  /** Name of the queue without the suffix `-dead-letters`. */
  readonly name: string;
  readonly region: string;
  /** The bus or rule that sends to the queue. */
  readonly senderArn: string;
  readonly alarms?: AlarmTarget;
}

/**
 * The queue for events that EventBridge cannot deliver, created as `dead-letters` in a bus or rule.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
export function eventDeadLetters(
  scope: Construct,
  { name, senderArn, ...props }: EventDeadLettersProps,
): DeadLetterQueue {
  return new DeadLetterQueue(scope, "dead-letters", {
    ...props,
    name,
    sender: { service: "events.amazonaws.com", sourceArn: senderArn },
    alarmDescriptions: (queueName) => ({
      visible: `EventBridge gave up on events of ${name}. Read the error in the attributes of the messages in ${queueName}, mend the cause, then send them back by evenkeel redrive.`,
      age: `Nobody took care of the dead letters in ${queueName}; they are deleted after 14 days.`,
    }),
  });
}
