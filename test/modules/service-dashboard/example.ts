import type { DeploymentStack } from "../../../modules/core";
import { ServiceDashboard } from "../../../modules/service-dashboard";

export function build(stack: DeploymentStack): ServiceDashboard {
  return new ServiceDashboard(stack, "orders-dashboard", {
    config: { runbookUrl: "https://wiki.example.com/orders/runbook" },
    environment: "prod",
    service: "orders",
    regions: ["eu-west-1", "eu-central-1"].map((region) => ({
      region,
      functionName: "prod-orders",
      aliasName: "live",
      logGroupName: "/aws/lambda/prod-orders",
      reservedConcurrency: 100,
      tableNames: ["prod-orders"],
    })),
  });
}
