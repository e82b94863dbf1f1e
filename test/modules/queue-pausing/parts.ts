import { CircuitBreakers } from "../../../modules/circuit-breakers";
import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { leastVisibilitySeconds, MessageQueue, QueueConsumer } from "../../../modules/message-queue";
import { ServiceFunction } from "../../../modules/service-function";

export const account = "123456789012";
export const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};
export const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };

export interface PartsOptions {
  readonly region: string;
  readonly fifo?: boolean;
  /** The file of the consumer. */
  readonly entry?: string;
  readonly active?: boolean;
}

/** What a queue that is paused consists of in a region: a function, its queue and the breakers before what it calls. */
export function partsIn(
  stack: DeploymentStack,
  id: string,
  { region, fifo = false, entry = "services/picking/handler.ts", active }: PartsOptions,
) {
  const breakers = new CircuitBreakers(stack, `${id}-breakers`, {
    config: {
      dependencies: [
        { name: "warehouse" },
        {
          name: "carrier",
          endpoints: { "eu-central-1": "https://a.example.com", "eu-west-1": "https://b.example.com" },
          fallback: true,
        },
      ],
    },
    environment: `test-${id}`,
    region,
    account,
    key,
  });
  const fn = new ServiceFunction(stack, `${id}-function`, {
    config: { entry, reservedConcurrency: null },
    name: `test-${id}`,
    region,
    account,
    key,
    tracing: false,
  });
  const queue = new MessageQueue(stack, `${id}-queue`, {
    config: { maxReceiveCount: 10, ...(fifo ? { fifo: {} } : {}) },
    name: `test-${id}`,
    region,
    key,
    leastVisibilitySeconds: leastVisibilitySeconds(fn.timeoutSeconds, 0, true),
  });
  const consumer = new QueueConsumer(stack, `${id}-take`, {
    config: { pausedBy: ["warehouse", "carrier"], idempotency: { table: "handled-events" } },
    queue,
    target: fn,
    active,
  });
  return { breakers, fn, queue, consumer };
}
