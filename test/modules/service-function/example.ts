import type { DeploymentStack, RegionalKey } from "../../../modules/core";
import { ServiceFunction } from "../../../modules/service-function";

export function build(stack: DeploymentStack, key: RegionalKey): ServiceFunction {
  const orders = new ServiceFunction(stack, "orders", {
    config: { entry: "services/orders/handler.ts", timeoutSeconds: 10, reservedConcurrency: 50 },
    name: "prod-orders",
    region: "eu-west-1",
    account: "123456789012",
    key,
    tracing: true,
    deadLetters: true,
    provisionedConcurrency: false,
    environmentVariables: { SERVICE_NAME: "orders" },
  });
  orders.addToRolePolicy({
    actions: ["ses:SendEmail"],
    resources: ["arn:aws:ses:eu-west-1:123456789012:identity/shop"],
  });
  return orders;
}
