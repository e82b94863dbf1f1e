import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import type { ServiceFunction } from "../../../modules/service-function";
import { SpendBrake } from "../../../modules/spend-brake";

export function brakeOrders(
  stack: DeploymentStack,
  key: RegionalKey,
  alerts: AlarmTarget,
  orders: ServiceFunction,
): SpendBrake {
  return new SpendBrake(stack, "spend-brake", {
    config: { logRetentionDays: 90 },
    name: "prod-spend-brake",
    environment: "prod",
    region: "eu-west-1",
    account: "123456789012",
    functions: [{ id: "orders", function: orders, config: { invocationsPerMinute: 60_000 } }],
    key,
    tracing: true,
    alerts,
  });
}
