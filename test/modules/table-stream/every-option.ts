import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { ReplicatedTable } from "../../../modules/replicated-table";
import { ServiceFunction } from "../../../modules/service-function";
import { StreamConsumer, type StreamConsumerInput, streamDeadLetters } from "../../../modules/table-stream";

const account = "111111111111";
const alarms: AlarmTarget = { topicArn: (region) => `arn:aws:sns:${region}:${account}:alerts` };
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};

export const [home, standby] = ["eu-west-1", "eu-central-1"] as const;

export const replicated = (stack: DeploymentStack): ReplicatedTable =>
  new ReplicatedTable(stack, "orders", {
    config: { attributes: { pk: "S" }, partitionKey: "pk" },
    name: "test-orders",
    home,
    replicas: [standby],
    key,
  });

export const reader = (stack: DeploymentStack, region: string): ServiceFunction =>
  new ServiceFunction(stack, `reader-${region}`, {
    config: { entry: "services/shipments/handler.ts", reservedConcurrency: null },
    name: "test-reader",
    region,
    account,
    key,
    tracing: false,
  });

/** A consumer with its dead letters. */
export function consumer(
  stack: DeploymentStack,
  config: StreamConsumerInput,
  { region = home as string, active = true, alarmed = true } = {},
): StreamConsumer {
  const table = (stack.node.tryFindChild("orders") as ReplicatedTable | undefined) ?? replicated(stack);
  const target = reader(stack, region);
  const failures = streamDeadLetters(stack, `failed-${region}`, {
    name: target.functionName,
    region,
    key,
    grantee: target,
    deadLetterAgeSeconds: 3600,
    alarms: alarmed ? alarms : undefined,
  });
  const props = { config, table, target, failures, active, alarms: alarmed ? alarms : undefined };
  return new StreamConsumer(stack, `take-${region}`, props);
}

/** The stream of each region, with every option in use in one and the least in the other. */
export function everyOption(stack: DeploymentStack): void {
  consumer(stack, {
    startingPosition: "LATEST",
    batchSize: 500,
    batchingWindowSeconds: 5,
    parallelizationFactor: 4,
    maximumRetryAttempts: 3,
    maximumRecordAgeSeconds: 3600,
    bisectBatchOnError: false,
    filterPatterns: [{ eventName: ["INSERT"], dynamodb: { Keys: { pk: { S: [{ prefix: "ORDER#" }] } } } }],
    consumedIn: "every-region",
    enabled: true,
    eventCountMetrics: true,
    idempotency: { table: "handled-events" },
    sharedReason: "a second team counts the orders of a day",
    alarmThresholds: { iteratorAgeSeconds: 120 },
  });
  const least: StreamConsumerInput = { idempotency: { reason: "writes what the item says, whatever was there" } };
  consumer(stack, least, { region: standby, active: false, alarmed: false });
}
