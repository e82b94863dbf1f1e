import { BusinessMetrics } from "../../../modules/business-metrics";
import type { AlarmTarget, DeploymentStack } from "../../../modules/core";
import type { ServiceFunction } from "../../../modules/service-function";

export function build(stack: DeploymentStack, orders: ServiceFunction, alarms: AlarmTarget): BusinessMetrics {
  const metrics = new BusinessMetrics(stack, "metrics", {
    config: {
      metrics: [
        {
          name: "OrdersPlaced",
          description: "Orders placed",
          alarm: { below: 1, periodSeconds: 3600, missingData: "breaching", description: "Nobody orders anything." },
        },
        { name: "OrderValue", description: "Value of orders", unit: "None", dimensions: { Currency: ["EUR", "GBP"] } },
      ],
    },
    environment: "prod",
    service: "orders",
    region: "eu-west-1",
    alarms,
  });
  metrics.attach(orders);
  return metrics;
}
