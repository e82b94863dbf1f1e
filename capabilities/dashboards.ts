import { TerraformOutput } from "cdktf";
import type { RegionalContainer } from "../blueprints/regional-container";
import type { RegionalService } from "../blueprints/regional-service";
import { type ContainerOfEnvironment, defineCapability, type Service } from "../contract";
import { mostTasks } from "../modules/container-service";
import type { ReplicatedTable } from "../modules/replicated-table";
import {
  type ContainerRegion,
  ServiceDashboard,
  type ServiceDashboardConfig,
  type ServiceDashboardProps,
  type ServiceRegion,
  serviceDashboardConfig,
} from "../modules/service-dashboard";

const fields = {
  dashboard: serviceDashboardConfig.prefault({}).describe("The service's dashboard; one over all of its regions."),
};

/** One dashboard per service, over all of its regions. */
export const dashboards = defineCapability({
  name: "dashboards",
  brings: "one CloudWatch dashboard per service",
  fields: { service: fields, container: fields },
  builds: {
    environment(scope, { config, deployment: { environment }, service, container, tables }) {
      const show = (
        name: string,
        dashboard: ServiceDashboardConfig,
        regions: ServiceDashboardProps["regions"],
      ): void => {
        const { url } = new ServiceDashboard(scope, name, { config: dashboard, environment, service: name, regions });
        new TerraformOutput(scope, `${name}-dashboard`, { value: url, description: `Dashboard of ${name}` });
      };
      for (const { name, dashboard, ...uses } of config.services) {
        show(
          name,
          dashboard,
          service(name).map((regional) => shownRegion(regional, uses, tables)),
        );
      }
      for (const { name, dashboard, ...uses } of config.containers) {
        show(
          name,
          dashboard,
          container(name).map((regional) => shownContainer(regional, uses, tables)),
        );
      }
    },
  },
});

const tableNames = (uses: object, tables: ReadonlyMap<string, ReplicatedTable>): string[] =>
  Object.keys(uses).flatMap((name) => tables.get(name)?.tableName ?? []);

/** What the dashboard shows of a service in containers in one of its regions. */
const shownContainer = (
  { region, container, loadBalancer, metricSeries, hasFaults }: RegionalContainer,
  uses: Pick<ContainerOfEnvironment, "tables" | "container">,
  tables: ReadonlyMap<string, ReplicatedTable>,
): ContainerRegion => ({
  region,
  serviceName: container.serviceName,
  logGroupName: container.logGroupName,
  dimensions: loadBalancer.dimensions,
  mostTasks: mostTasks(uses.container),
  metricSeries,
  hasFaults,
  tableNames: tableNames(uses.tables, tables),
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
    tableNames: tableNames(uses.tables, tables),
    deadLetterQueueArn: fn.deadLetterQueueArn,
    breakers,
    pauses,
    metricSeries,
    hasFaults,
  };
}
