import type { AlarmTarget, DeploymentStack } from "../../../modules/core";
import { DeadLetterQueue } from "../../../modules/dead-letter-queue";

export function build(stack: DeploymentStack, topicArn: string, alarms: AlarmTarget): DeadLetterQueue {
  return new DeadLetterQueue(stack, "dead-letters", {
    config: { deadLetterAgeSeconds: 3600 },
    name: "prod-invoices",
    region: "eu-west-1",
    sender: { service: "sns.amazonaws.com", sourceArn: topicArn },
    alarms,
    alarmDescriptions: (queueName) => ({
      visible: `SNS gave up on invoices. Read the error in the queue ${queueName}, fix the cause and send them again.`,
      age: `The dead letters in ${queueName} were not handled; they are deleted after 14 days.`,
    }),
  });
}
