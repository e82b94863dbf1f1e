import { TerraformOutput } from "cdktf";
import type { RegionalService } from "../blueprints/regional-service";
import { defineCapability, type Extended, functionIn, reservedServiceName } from "../contract";
import { ColdStarts, coldStartsMetric, KpiDashboard, kpiDashboardConfig } from "../modules/kpi-dashboard";
import type { ErrorBudgetFields } from "./error-budgets";

/** What another capability has a service promise. */
type Promising = Partial<Extended<ErrorBudgetFields>["service"]>;

/** One dashboard of the environment's key figures, and what it needs that Lambda does not measure. */
export const kpis = defineCapability({
  name: "kpis",
  brings: "one dashboard with the key figures of all services, and a count of their cold starts",
  fields: {
    environment: {
      kpis: kpiDashboardConfig.prefault({}).describe("The dashboard of all services for those who answer for them."),
    },
  },
  rules: [reservedServiceName("kpis", "the dashboard of key figures")],
  builds: {
    service(service, { config, deployment: { environment } }) {
      new ColdStarts(service, "cold-starts", {
        environment,
        service: config.name,
        region: service.region,
        logGroupName: service.function.logGroupName,
      });
    },
    environment(scope, { config, deployment: { environment, homeRegion }, service, tables }) {
      if (config.services.length === 0) return;
      const users = (table: string) => config.services.filter((each) => Object.hasOwn(each.tables, table)).length;
      const { url } = new KpiDashboard(scope, "kpis", {
        config: config.kpis,
        environment,
        homeRegion,
        services: config.services.map((each) => ({
          name: each.name,
          objectivePercent: (each as Promising).errorBudget?.availabilityPercent,
          failingPercent: each.api?.alarms.serverErrorPercent ?? each.function.alarms.errorPercent,
          recoveryTimeSeconds: each.recovery?.recoveryTimeSeconds,
          regions: service(each.name).map(({ region, function: fn, api }: RegionalService) => ({
            region,
            functionName: fn.functionName,
            memoryMb: functionIn(each, region).memoryMb,
            apiId: api?.apiId,
            coldStarts: coldStartsMetric(environment, each.name),
            ownTableNames: Object.keys(each.tables)
              .filter((name) => users(name) === 1)
              .flatMap((name) => tables.get(name)?.tableName ?? []),
          })),
        })),
      });
      new TerraformOutput(scope, "kpis-dashboard", { value: url, description: `Key figures of ${environment}` });
    },
  },
});
