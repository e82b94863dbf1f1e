import { TerraformOutput } from "cdktf";
import type { RegionalService } from "../blueprints/regional-service";
import { defineCapability, type Service } from "../contract";
import type { ReplicatedTable } from "../modules/replicated-table";
import { ServiceDashboard, type ServiceRegion, serviceDashboardConfig } from "../modules/service-dashboard";

/** One dashboard per service, over all of its regions. */
export const dashboards = defineCapability({
  name: "dashboards",
  brings: "one CloudWatch dashboard per service",
  fields: {
    service: {
      dashboard: serviceDashboardConfig.prefault({}).describe("The service's dashboard; one over all of its regions."),
    },
  },
  builds: {
    environment(scope, { config, deployment: { environment }, service, tables }) {
      for (const { name, dashboard, ...uses } of config.services) {
        const { url } = new ServiceDashboard(scope, name, {
          config: dashboard,
          environment,
          service: name,
          regions: service(name).map((regional) => shownRegion(regional, uses, tables)),
        });
        new TerraformOutput(scope, `${name}-dashboard`, { value: url, description: `Dashboard of ${name}` });
      }
    },
  },
});

/** What the dashboard shows of a service in one of its regions. */
function shownRegion(
  { region, function: fn, api, breakers, pauses, metricSeries, hasFaults }: RegionalService,
  uses: Pick<Service, "tables" | "function">,
  tables: ReadonlyMap<string, ReplicatedTable>,
): ServiceRegion {
  return {
    region,
    functionName: fn.functionName,
    aliasName: fn.aliasName,
    logGroupName: fn.logGroupName,
    reservedConcurrency: uses.function.reservedConcurrency,
    isProvisioned: fn.isProvisioned,
    apiId: api?.apiId,
    stage: api?.stageName,
    accessLogGroupName: api?.accessLogGroupName,
    tableNames: Object.keys(uses.tables).flatMap((name) => tables.get(name)?.tableName ?? []),
    deadLetterQueueArn: fn.deadLetterQueueArn,
    breakers,
    pauses,
    metricSeries,
    hasFaults,
  };
}
