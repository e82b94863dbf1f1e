import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { DeadLetterQueue, standardQueue } from "../../../modules/dead-letter-queue";

const account = "111111111111";
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};
const alarmDescriptions = (queueName: string) => ({ visible: `look into ${queueName}`, age: `${queueName} is old` });

/** Queues that a service and a role send to, with and without alarms, and a queue that keeps no dead letters. */
export function everyOption(stack: DeploymentStack): void {
  for (const region of ["eu-west-1", "eu-central-1"]) {
    new DeadLetterQueue(stack, `events-${region}`, {
      config: { deadLetterAgeSeconds: 7200 },
      name: "test-events",
      region,
      sender: {
        service: "events.amazonaws.com",
        sourceArn: `arn:aws:events:${region}:${account}:event-bus/test-events`,
      },
      alarms,
      alarmDescriptions,
    });
  }
  new DeadLetterQueue(stack, "function", {
    config: {},
    name: "test-function",
    region: "eu-west-1",
    sender: { grantee: { region: "eu-west-1", addToRolePolicy: () => undefined }, key },
    alarmDescriptions,
  });
  standardQueue(stack, { name: "test-plain", region: "eu-west-1", messageRetentionSeconds: 60, key });
}
