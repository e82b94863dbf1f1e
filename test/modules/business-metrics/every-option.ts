import { BusinessMetrics } from "../../../modules/business-metrics";
import type { DeploymentStack } from "../../../modules/core";

const alarms = { topicArn: (region: string) => `arn:aws:sns:${region}:111111111111:test-alerts` };

/** Metrics with every option in one region, and one without an alarm in another. */
export function everyOption(stack: DeploymentStack): void {
  const common = { environment: "test", service: "orders" };
  new BusinessMetrics(stack, "full", {
    ...common,
    config: {
      metrics: [
        {
          name: "OrdersPlaced",
          description: "Orders placed",
          unit: "Count",
          statistic: "Sum",
          alarm: {
            below: 1,
            periodSeconds: 3600,
            periods: 6,
            breaching: 5,
            missingData: "breaching",
            severity: "page",
            description: "Nobody orders anything any more.",
          },
        },
        {
          name: "PickMinutes",
          description: "Minutes from an order to its pick list",
          unit: "None",
          statistic: "p90",
          dimensions: { Warehouse: ["north", "south"] },
          alarm: { above: 30, description: "Orders wait too long for their pick lists." },
        },
      ],
    },
    region: "eu-west-1",
    alarms,
  });
  new BusinessMetrics(stack, "least", {
    ...common,
    config: { metrics: [{ name: "OrdersPlaced", description: "Orders placed" }] },
    region: "eu-central-1",
  });
}
