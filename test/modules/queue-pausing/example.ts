import type { CircuitBreakers } from "../../../modules/circuit-breakers";
import type { DeploymentStack, RegionalKey } from "../../../modules/core";
import type { QueueConsumer } from "../../../modules/message-queue";
import { QueuePausing } from "../../../modules/queue-pausing";
import type { ServiceFunction } from "../../../modules/service-function";

export function pauseWhileOpen(
  stack: DeploymentStack,
  key: RegionalKey,
  breakers: CircuitBreakers,
  consumer: QueueConsumer,
  picking: ServiceFunction,
): QueuePausing {
  const pausing = new QueuePausing(stack, "queue-pausing", {
    config: { alarmMinutes: 30, logRetentionDays: 90 },
    name: "prod-queue-pausing",
    environment: "prod",
    region: "eu-west-1",
    account: "123456789012",
    breakers,
    key,
    tracing: true,
  });
  pausing.pause("orders-to-pick", consumer, picking);
  return pausing;
}
