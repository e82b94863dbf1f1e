import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { leastVisibilitySeconds, MessageQueue, QueueConsumer } from "../../../modules/message-queue";
import type { ServiceFunction } from "../../../modules/service-function";

export function build(
  stack: DeploymentStack,
  key: RegionalKey,
  fn: ServiceFunction,
  alarms: AlarmTarget,
): MessageQueue {
  const queue = new MessageQueue(stack, "invoices", {
    config: { maxReceiveCount: 8 },
    name: "prod-invoices",
    region: "eu-west-1",
    key,
    leastVisibilitySeconds: leastVisibilitySeconds(fn.timeoutSeconds, 5),
    alarms,
  });
  new QueueConsumer(stack, "take-invoices", {
    config: { batchSize: 50, batchingWindowSeconds: 5, idempotency: { table: "handled-events" } },
    queue,
    target: fn,
  });
  return queue;
}
