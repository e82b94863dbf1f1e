import type { DeploymentStack } from "../../../modules/core";
import type { HttpApi } from "../../../modules/http-api";
import { ColdStarts, KpiDashboard } from "../../../modules/kpi-dashboard";
import type { ServiceFunction } from "../../../modules/service-function";

export function build(stack: DeploymentStack, orders: ServiceFunction, api: HttpApi): KpiDashboard {
  const { region, functionName, logGroupName } = orders;
  const { metricName } = new ColdStarts(stack, "cold-starts", {
    environment: "prod",
    service: "orders",
    region,
    logGroupName,
  });
  return new KpiDashboard(stack, "kpis", {
    environment: "prod",
    homeRegion: region,
    services: [
      {
        name: "orders",
        objectivePercent: 99.9,
        failingPercent: 1,
        recoveryTimeSeconds: 420,
        regions: [
          {
            region,
            functionName,
            memoryMb: 1024,
            apiId: api.apiId,
            coldStarts: metricName,
            ownTableNames: ["prod-orders"],
          },
        ],
      },
    ],
  });
}
