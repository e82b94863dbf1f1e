import { z } from "zod";
import { strictObject, withRule } from "../core";

export type * from "./input";

/** Units that CloudWatch knows. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
const units = [
  "None",
  "Count",
  "Percent",
  "Seconds",
  "Milliseconds",
  "Microseconds",
  "Bytes",
  "Kilobytes",
  "Megabytes",
  "Gigabytes",
  "Count/Second",
  "Bytes/Second",
] as const;

const statistics = ["Sum", "Average", "Minimum", "Maximum", "SampleCount", "p50", "p90", "p99"] as const;

/** Dimensions that every metric has: of the thirty that one may have. */
export const commonDimensions = ["Environment", "Service"] as const;

/** Limits of the embedded metric format. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
export const embeddedMetricLimits = { metrics: 100, dimensions: 30 } as const;

/** Each combination of values is a metric with a price of its own. */
const mostCombinations = 100;

const alarm = withRule(
  strictObject(() => ({
    above: z.number().optional().describe("Value of the statistic above which the alarm fires."),
    below: z
      .number()
      .optional()
      .describe(
        "Value of the statistic below which the alarm fires, in the region that serves first; either this or above.",
      ),
    periodSeconds: z
      .int()
      .min(60)
      .max(86_400)
      .multipleOf(60, "is not a whole number of minutes; use a multiple of 60")
      .default(300)
      .describe("Period over which the statistic is taken, in seconds; a multiple of 60."),
    periods: z.int().min(1).max(1440).default(1).describe("How many periods are looked at."),
    breaching: z
      .int()
      .min(1)
      .max(1440)
      .optional()
      .describe("How many of these periods must be above or below; all of them if left out."),
    missingData: z
      .enum(["breaching", "notBreaching", "ignore", "missing"])
      .default("notBreaching")
      .describe("What a period without a value is. With below, nothing at all is often the worst: breaching."),
    severity: z
      .enum(["page", "ticket"])
      .default("ticket")
      .describe("Whether it calls somebody at once; the last word of the alarm's name, by which channels choose."),
    description: z.string().min(10).max(700).describe("What it means and what to do first, for the person on call."),
  })),
  ({ above, below, periodSeconds, periods, breaching }, report) => {
    if ((above === undefined) === (below === undefined)) {
      report([above === undefined ? "above" : "below"], "is needed once: give either above or below");
    }
    const longest = periodSeconds >= 3600 ? 7 * 86_400 : 86_400;
    if (periods * periodSeconds > longest) {
      report(
        ["periods"],
        `makes the alarm look back ${periods * periodSeconds} s, which is longer than CloudWatch allows; use at most ${Math.floor(longest / periodSeconds)}`,
      );
    }
    if (breaching !== undefined && breaching > periods) {
      report(["breaching"], `is more than the ${periods} periods that are looked at; use at most ${periods}`);
    }
  },
);

const dimensionName = z
  .string()
  .max(250)
  .regex(/^[A-Z][A-Za-z0-9]*$/, "is not a name of dimensions; write it like Currency");

const dimensionValue = z
  .string()
  .min(1)
  .max(250)
  .regex(/^[\x21-\x7e]+$/, "has a character that is not printable ASCII, or a space; leave it out")
  .refine((value) => value !== "other" && !value.startsWith(":"), {
    message: "is kept for values that are not in the list, or begins with a colon; choose another one",
  });

/** A number that the business is run by. */
export const businessMetricConfig = withRule(
  strictObject(() => ({
    name: z
      .string()
      .max(100)
      .regex(/^[A-Z][A-Za-z0-9]*$/, "is not a name of metrics; write it like OrdersPlaced")
      .describe("Name of the metric, by which handlers write it. Part of the Terraform address of its alarm."),
    description: z.string().min(3).max(200).describe("What is counted, in a few words; the title of its graph."),
    unit: z.enum(units).default("Count").describe("Unit of its values."),
    statistic: z.enum(statistics).default("Sum").describe("What dashboards show and the alarm compares."),
    dimensions: z
      .record(dimensionName, z.array(dimensionValue).min(1).max(50))
      .default({})
      .describe(
        "What the metric is also split by, each with the values that there are; any other value counts as other. Each combination is billed as a metric.",
      ),
    alarm: alarm.optional().describe("Alarm on the whole metric in each region; none if left out."),
  })),
  ({ name, dimensions }, report) => {
    const own = Object.keys(dimensions);
    const most = embeddedMetricLimits.dimensions - commonDimensions.length;
    if (own.length > most) {
      report(["dimensions"], `are ${own.length}, but a metric has at most ${most} besides those that all have`);
    }
    for (const each of own) {
      if ((commonDimensions as readonly string[]).includes(each))
        report(["dimensions", each], "is a dimension that every metric has; leave it out");
      if (each === name) report(["dimensions", each], "is the name of the metric too; choose another one");
      const values = dimensions[each] ?? [];
      if (new Set(values).size < values.length) report(["dimensions", each], "has a value twice; remove one");
    }
    const combinations = Object.values(dimensions).reduce((all, values) => all * (values.length + 1), 1);
    if (combinations > mostCombinations) {
      report(
        ["dimensions"],
        `make ${combinations} metrics of it, each of which is billed; use fewer values, at most ${mostCombinations} combinations`,
      );
    }
  },
);

export type BusinessMetricConfig = z.output<typeof businessMetricConfig>;

/** The business metrics of one service. */
export const businessMetricsConfig = withRule(
  strictObject(() => ({
    metrics: z
      .array(businessMetricConfig)
      .min(1)
      .max(
        embeddedMetricLimits.metrics,
        `are more than a line of the embedded metric format holds; use at most ${embeddedMetricLimits.metrics}`,
      )
      .describe("The metrics, in the order in which dashboards show them."),
  })),
  ({ metrics }, report) => {
    const names = metrics.map(({ name }) => name);
    // Letters alone make no other id of an alarm.
    const ids = names.map((name) => name.toLowerCase());
    names.forEach((name, index) => {
      if (ids.indexOf(name.toLowerCase()) < index) {
        report(["metrics", index, "name"], "is the name of another metric; choose another one");
      }
      const of = names.findIndex((_, at) => Object.hasOwn(metrics[at]?.dimensions ?? {}, name));
      if (of >= 0) report(["metrics", index, "name"], `is a dimension of ${names[of]} too; choose another one`);
    });
  },
);
