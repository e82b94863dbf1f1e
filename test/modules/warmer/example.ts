import type { DeploymentStack, RegionalKey } from "../../../modules/core";
import type { ServiceFunction } from "../../../modules/service-function";
import { Warmer } from "../../../modules/warmer";

export function keepWarm(stack: DeploymentStack, key: RegionalKey, orders: ServiceFunction): Warmer {
  const warmer = new Warmer(stack, "warmer", {
    config: { logRetentionDays: 90 },
    name: "prod-warmer",
    environment: "prod",
    region: "eu-west-1",
    account: "123456789012",
    key,
    tracing: true,
  });
  warmer.warm("orders", orders, { concurrency: 3, everyMinutes: 5, holdMs: 75 });
  return warmer;
}
