import { defineCapability, reservedServiceName } from "../contract";
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
});
