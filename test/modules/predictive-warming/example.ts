import type { AlarmTarget, DeploymentStack, RegionalKey } from "../../../modules/core";
import { PredictiveWarming } from "../../../modules/predictive-warming";
import type { ServiceFunction } from "../../../modules/service-function";

export function build(stack: DeploymentStack, orders: ServiceFunction, key: RegionalKey, alarms: AlarmTarget): void {
  new PredictiveWarming(stack, "predictive-warming", {
    config: { historyDays: 42 },
    name: "prod-predictive-warming",
    environment: "prod",
    region: "eu-west-1",
    account: "123456789012",
    functions: [{ function: orders, config: { coverage: 0.98 } }],
    mostTogether: 400,
    key,
    tracing: true,
    deadLetters: true,
    alarms,
  });
}
