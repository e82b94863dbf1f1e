import { defineCapability } from "../contract";
import { type BusinessMetricConfig, BusinessMetrics, businessMetricsConfig } from "../modules/business-metrics";

/** The numbers that a service is run by, declared in the environment's file and written by its function. */
export const businessMetrics = defineCapability({
  name: "businessMetrics",
  brings: "business metrics of services, on their dashboards and with alarms",
  fields: {
    service: {
      metrics: businessMetricsConfig.shape.metrics
        .optional()
        .describe(
          "Business metrics that the function writes, in the order in which its dashboard shows them. Sets BUSINESS_METRICS.",
        ),
    },
  },
  rules: [
    {
      id: "business-metrics-can-be-written",
      statement: "Business metrics have names of their own, and fit into a line of the embedded metric format.",
      check({ services }, report) {
        services.forEach(({ metrics }, index) => {
          if (!metrics) return;
          const checked = businessMetricsConfig.safeParse({ metrics });
          for (const { path, message, code } of checked.error?.issues ?? []) {
            // What is wrong with one metric is told where it is read.
            if (code === "custom" && path.length === 3) report(["services", index, ...(path as string[])], message);
          }
        });
      },
    },
  ],
  builds: {
    service(service, { config, deployment: { environment, activeRegion }, alarmTarget }) {
      if (!config.metrics) return;
      const isActive = service.region === activeRegion;
      const metrics = new BusinessMetrics(service, "metrics", {
        // A region that only takes over has no orders to miss; the alarm stays where it is when another one serves.
        config: { metrics: config.metrics.map((metric) => (isActive ? metric : withoutMissing(metric))) },
        environment,
        service: config.name,
        region: service.region,
        alarms: alarmTarget,
      });
      metrics.attach(service.function);
      service.showMetrics(metrics.series);
    },
  },
});

/** A metric whose alarm on too little of it takes no data for enough. */
const withoutMissing = ({ alarm, ...metric }: BusinessMetricConfig): BusinessMetricConfig => ({
  ...metric,
  alarm: alarm?.below === undefined ? alarm : { ...alarm, missingData: "notBreaching" },
});
