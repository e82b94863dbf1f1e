import type { Construct } from "constructs";
import { defineCapability, type PartContext } from "../contract";
import { type BusinessMetricConfig, BusinessMetrics, businessMetricsConfig } from "../modules/business-metrics";

const fields = {
  metrics: businessMetricsConfig.shape.metrics
    .optional()
    .describe(
      "Business metrics that the code writes, in the order in which its dashboard shows them. Sets BUSINESS_METRICS.",
    ),
};

/** The numbers that a service is run by, declared in the environment's file and written by its function. */
export const businessMetrics = defineCapability({
  name: "businessMetrics",
  brings: "business metrics of services, on their dashboards and with alarms",
  fields: { service: fields, container: fields },
  rules: [
    {
      id: "business-metrics-can-be-written",
      statement: "Business metrics have names of their own, and fit into a line of the embedded metric format.",
      check({ services, containers }, report) {
        for (const [list, entries] of Object.entries({ services, containers })) {
          entries.forEach(({ metrics }, index) => {
            if (!metrics) return;
            const checked = businessMetricsConfig.safeParse({ metrics });
            for (const { path, message, code } of checked.error?.issues ?? []) {
              // What is wrong with one metric is told where it is read.
              if (code === "custom" && path.length === 3) report([list, index, ...(path as string[])], message);
            }
          });
        }
      },
    },
  ],
  builds: {
    container: (service, at) => {
      const metrics = metricsOf(service, at);
      metrics?.attach(service.container);
      service.showMetrics(metrics?.series ?? []);
    },
    service: (service, at) => {
      const metrics = metricsOf(service, at);
      metrics?.attach(service.function);
      service.showMetrics(metrics?.series ?? []);
    },
  },
});

interface Measured {
  readonly name: string;
  readonly metrics?: readonly BusinessMetricConfig[];
}

/** The metrics of a service in one region; undefined for one that has none. */
function metricsOf(
  service: Construct & { readonly region: string },
  { config, deployment: { environment, activeRegion }, alarmTarget }: PartContext<Measured>,
): BusinessMetrics | undefined {
  if (!config.metrics) return undefined;
  const isActive = service.region === activeRegion;
  return new BusinessMetrics(service, "metrics", {
    // A region that only takes over has no orders to miss; the alarm stays where it is when another one serves.
    config: { metrics: config.metrics.map((metric) => (isActive ? metric : withoutMissing(metric))) },
    environment,
    service: config.name,
    region: service.region,
    alarms: alarmTarget,
  });
}

/** A metric whose alarm on too little of it takes no data for enough. */
const withoutMissing = ({ alarm, ...metric }: BusinessMetricConfig): BusinessMetricConfig => ({
  ...metric,
  alarm: alarm?.below === undefined ? alarm : { ...alarm, missingData: "notBreaching" },
});
