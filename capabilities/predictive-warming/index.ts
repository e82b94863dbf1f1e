import { defineCapability, reservedServiceName } from "../../contract";
import { forecastConfig, PredictiveWarming, predictiveWarmingConfig } from "../../modules/predictive-warming";
import { forecastsFit, mostTogether } from "./forecasts-fit";

/**
 * Provisioned concurrency that follows a forecast of the next day, for services that ask for it, in each region from its own history and, in
 * standby regions, from a share of the serving region's.
 */
export const predictiveWarming = defineCapability({
  name: "predictiveWarming",
  brings: "provisioned concurrency that follows a forecast of the next day, made from the history of each alias",
  needs: ["provisionedConcurrency"],
  fields: {
    environment: {
      predictiveWarming: predictiveWarmingConfig
        .prefault({})
        .describe("When and from how much the next day is forecast, for services that ask for it."),
    },
    service: {
      predictiveWarming: forecastConfig
        .optional()
        .describe(
          "Has provisioned concurrency follow a forecast, between its min and max; it stays as it is if left out.",
        ),
    },
  },
  rules: [reservedServiceName("predictive-warming", "what forecasts the use of functions"), forecastsFit],
  builds: {
    region(scope, { config, deployment, region, service, operationsKey, alarmTarget }) {
      const functions = config.services.flatMap(({ name, predictiveWarming: forecast }) =>
        forecast ? [{ function: service(name).function, config: forecast }] : [],
      );
      if (functions.length === 0) return;
      const { environment, account, tracing } = deployment;
      new PredictiveWarming(scope, "predictive-warming", {
        config: config.predictiveWarming,
        name: `${environment}-predictive-warming`,
        environment,
        region,
        account,
        functions,
        servingRegion: deployment.activeRegion,
        mostTogether: mostTogether(config, region),
        key: operationsKey,
        tracing,
        alarms: alarmTarget,
      });
    },
  },
});
