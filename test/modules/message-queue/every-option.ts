import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { type ConsumingFunction, MessageQueue, QueueConsumer } from "../../../modules/message-queue";

const account = "111111111111";
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };

export const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: (grantee, service, use) =>
    grantee.addToRolePolicy({ actions: [`${service} ${use ?? "encrypt-decrypt"}`], resources: ["key"] }),
};

/** A function that another stack made; its role's policy is there, which any resource stands for. */
export const functionIn = (queue: MessageQueue, granted: (action: string) => void = () => {}): ConsumingFunction => ({
  region: queue.region,
  aliasArn: `arn:aws:lambda:${queue.region}:${account}:function:invoicing:live`,
  timeoutSeconds: 20,
  rolePolicy: queue.policy,
  addToRolePolicy({ actions }) {
    for (const action of actions) granted(action);
  },
});

/** Queues of both kinds in two regions, with a consumer and a service that sends, with every option in use. */
export function everyOption(stack: DeploymentStack): void {
  for (const region of ["eu-west-1", "eu-central-1"]) {
    const standard = new MessageQueue(stack, `standard-${region}`, {
      config: {
        messageRetentionSeconds: 1_000_000,
        delaySeconds: 5,
        maxMessageBytes: 65_536,
        visibilityTimeoutSeconds: 600,
        maxReceiveCount: 10,
        kmsDataKeyReuseSeconds: 3600,
        alarmThresholds: { oldestMessageSeconds: 300, deadLetterAgeSeconds: 3600 },
      },
      name: "test-standard",
      region,
      key,
      alarms,
    });
    standard.allowSend(
      "event-order-placed",
      "events.amazonaws.com",
      `arn:aws:events:${region}:${account}:rule/orders/x`,
    );
    new QueueConsumer(stack, `take-standard-${region}`, {
      config: {
        batchSize: 100,
        batchingWindowSeconds: 10,
        maximumConcurrency: 50,
        filterPatterns: [{ body: { type: ["placed"] } }, { messageAttributes: { kind: ["order"] } }],
        consumedIn: "active-region",
        eventCountMetrics: true,
        idempotency: { table: "handled-events" },
      },
      queue: standard,
      target: functionIn(standard),
      active: region === "eu-west-1",
    });
    const fifo = new MessageQueue(stack, `fifo-${region}`, {
      config: {
        fifo: {
          contentBasedDeduplication: true,
          deduplicationScope: "messageGroup",
          throughputLimit: "perMessageGroupId",
        },
      },
      name: "test-fifo",
      region,
      key,
      leastVisibilitySeconds: 120,
      consumed: false,
      alarms,
    });
    new QueueConsumer(stack, `take-fifo-${region}`, {
      config: { enabled: false, idempotency: { reason: "writes what the message says, whatever was there" } },
      queue: fifo,
      target: functionIn(fifo),
    });
  }
}
