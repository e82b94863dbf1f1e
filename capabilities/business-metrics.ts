import { defineCapability } from "../contract";
import { type BusinessMetricConfig, BusinessMetrics, businessMetricsConfig } from "../modules/business-metrics";
import { observabilityPrices } from "../values/observability-prices";

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
        // A region that only takes over has no orders to miss.
        config: { metrics: config.metrics.map((metric) => (isActive ? metric : withoutLeast(metric))) },
        environment,
        service: config.name,
        region: service.region,
        alarms: alarmTarget,
      });
      metrics.attach(service.function);
      service.showMetrics(metrics.series);
    },
  },
  costs: ({ services, regions }) =>
    services.flatMap(({ name, metrics = [] }) => {
      const count = metrics.reduce(
        (sum, { dimensions }) =>
          sum + 1 + (Object.keys(dimensions).length === 0 ? 0 : combinations(Object.values(dimensions))),
        0,
      );
      if (count === 0) return [];
      return [
        {
          what: `business metrics of ${name}`,
          region: regions.home,
          monthlyUsd: Math.round(count * observabilityPrices.customMetricMonth * 100) / 100,
          made: `${count} custom ${count === 1 ? "metric" : "metrics"} at most, the same in each standby region with services`,
        },
      ];
    }),
});

/** A metric without an alarm on too little of it. */
const withoutLeast = ({ alarm, ...metric }: BusinessMetricConfig): BusinessMetricConfig =>
  alarm?.below === undefined ? { ...metric, alarm } : metric;

/** Each list has `other` besides. */
const combinations = (values: readonly (readonly string[])[]): number =>
  values.reduce((all, { length }) => all * (length + 1), 1);
