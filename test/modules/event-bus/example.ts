import type { AlarmTarget, DeploymentStack, Grantee, RegionalKey } from "../../../modules/core";
import { EventBus, type FunctionTarget } from "../../../modules/event-bus";

export function build(
  stack: DeploymentStack,
  key: RegionalKey,
  alarms: AlarmTarget,
  invoicing: FunctionTarget,
  publisher: Grantee,
): void {
  const bus = new EventBus(stack, "events", {
    config: {
      rules: { invoicing: { eventPattern: { source: ["shop.orders"], "detail-type": ["OrderPlaced"] } } },
    },
    name: "prod-events",
    region: "eu-west-1",
    account: "123456789012",
    key,
    targets: { invoicing },
    deadLetters: true,
    alarms,
  });
  bus.grantPublish(publisher, { sources: ["shop.orders"] });
}
