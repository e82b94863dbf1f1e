import { defineCapability } from "../contract";
import { SavedQueries, savedQueriesConfig } from "../modules/saved-queries";

const fields = {
  savedQueries: savedQueriesConfig.prefault({}).describe("Logs Insights queries in addition to the standard ones."),
};

/** Logs Insights queries over the logs of a service's function and API, or of its tasks, in each of its regions. */
export const savedQueries = defineCapability({
  name: "savedQueries",
  brings: "Logs Insights queries, among them one that follows a correlation id",
  fields: { service: fields, container: fields },
  builds: {
    container(service, { config, deployment: { environment } }) {
      new SavedQueries(service, "queries", {
        config: config.savedQueries,
        environment,
        service: config.name,
        region: service.region,
        logGroupNames: [service.container.logGroupName],
        runsIn: "container",
      });
    },
    service(service, { config, deployment: { environment } }) {
      new SavedQueries(service, "queries", {
        config: config.savedQueries,
        environment,
        service: config.name,
        region: service.region,
        logGroupNames: [service.function.logGroupName, ...(service.api ? [service.api.accessLogGroupName] : [])],
      });
    },
  },
});
