import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import type { ReplicatedTable } from "../../../modules/replicated-table";
import type { ServiceFunction } from "../../../modules/service-function";
import { StreamConsumer, streamDeadLetters } from "../../../modules/table-stream";

export function build(
  stack: DeploymentStack,
  key: RegionalKey,
  orders: ReplicatedTable,
  fn: ServiceFunction,
  alarms: AlarmTarget,
): StreamConsumer {
  const failures = streamDeadLetters(stack, "failed-changes", {
    name: fn.functionName,
    region: fn.region,
    key,
    grantee: fn,
    deadLetterAgeSeconds: 3600,
    alarms,
  });
  return new StreamConsumer(stack, "take-orders", {
    config: {
      filterPatterns: [{ eventName: ["INSERT"] }],
      consumedIn: "every-region",
      idempotency: { table: "handled-events" },
    },
    table: orders,
    target: fn,
    failures,
    alarms,
  });
}
