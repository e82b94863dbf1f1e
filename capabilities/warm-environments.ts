import { type BaseEnvironment, type CostItem, defineCapability, functionIn, reservedServiceName } from "../contract";
import { warmerUsd } from "../modules/service-traffic";
import { Warmer, warmerConfig } from "../modules/warmer";

/** Keeps environments of functions there by calling them, as `function.warming` says, in each region that the services are in. */
export const warmEnvironments = defineCapability({
  name: "warmEnvironments",
  brings: "a schedule that calls functions so that their environments stay warm",
  fields: {
    environment: {
      warmer: warmerConfig
        .prefault({})
        .describe(
          "The function and schedules of each region that keep environments there, from the stage that brings them.",
        ),
    },
  },
  rules: [reservedServiceName("warmer", "what keeps environments of functions there")],
  builds: {
    region(scope, { config, deployment, region, service, operationsKey, alarmTarget }) {
      const warmed = config.services
        .map(({ name }) => service(name))
        .filter(({ function: fn }) => fn.warming !== undefined);
      if (warmed.length === 0) return;
      const { environment, account, tracing } = deployment;
      const warmer = new Warmer(scope, "warmer", {
        config: config.warmer,
        name: `${environment}-warmer`,
        environment,
        region,
        account,
        key: operationsKey,
        tracing,
        alarms: alarmTarget,
      });
      for (const { node, function: fn } of warmed) if (fn.warming) warmer.warm(node.id, fn, fn.warming);
    },
  },
  costs: (environment) => environment.services.flatMap((service) => costsOf(service, environment)),
});

/** In the home region only, and in each standby region as well once services are there, which costs cannot know. */
function costsOf(
  service: BaseEnvironment["services"][number],
  { regions }: Pick<BaseEnvironment, "regions">,
): CostItem[] {
  const { warming, memoryMb } = functionIn(service, regions.home);
  if (!warming) return [];
  const { concurrency, everyMinutes } = warming;
  return [
    {
      what: `calls that keep ${service.name} warm`,
      region: regions.home,
      monthlyUsd: Math.round(warmerUsd(concurrency, memoryMb / 1024, [regions.home], warming) * 100) / 100,
      made: `${concurrency} ${concurrency === 1 ? "call" : "calls"} every ${everyMinutes} min, the same in each standby region with services`,
    },
  ];
}
