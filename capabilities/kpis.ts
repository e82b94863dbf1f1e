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
    environment(scope, { config, deployment: { environment, homeRegion }, service, container, tables }) {
      const all = [...config.services, ...config.containers];
      if (all.length === 0) return;
      const users = (table: string) => all.filter((each) => Object.hasOwn(each.tables, table)).length;
      const ownTables = (of: object) =>
        Object.keys(of)
          .filter((name) => users(name) === 1)
          .flatMap((name) => tables.get(name)?.tableName ?? []);
      const { url } = new KpiDashboard(scope, "kpis", {
        config: config.kpis,
        environment,
        homeRegion,
        services: [
          ...config.services.map((each) => ({
            ...promisesOf(each),
            failingPercent: each.api?.alarms.serverErrorPercent ?? each.function.alarms.errorPercent,
            regions: service(each.name).map(({ region, function: fn, api }: RegionalService) => ({
              region,
              functionName: fn.functionName,
              memoryMb: functionIn(each, region).memoryMb,
              apiId: api?.apiId,
              coldStarts: coldStartsMetric(environment, each.name),
              ownTableNames: ownTables(each.tables),
            })),
          })),
          ...config.containers.map((each) => ({
            ...promisesOf(each),
            failingPercent: each.loadBalancer.alarms.serverErrorPercent,
            regions: container(each.name).map(({ region, loadBalancer: { dimensions } }) => ({
              region,
              dimensions,
              cpu: each.container.cpu,
              memoryMebibytes: each.container.memoryMebibytes,
              cpuArchitecture: each.container.cpuArchitecture,
              ownTableNames: ownTables(each.tables),
            })),
          })),
        ],
      });
      new TerraformOutput(scope, "kpis-dashboard", { value: url, description: `Key figures of ${environment}` });
    },
  },
});

const promisesOf = (of: { readonly name: string; readonly recovery?: { readonly recoveryTimeSeconds: number } }) => ({
  name: of.name,
  objectivePercent: (of as Promising).errorBudget?.availabilityPercent,
  recoveryTimeSeconds: of.recovery?.recoveryTimeSeconds,
});
