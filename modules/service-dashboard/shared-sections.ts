import { businessNamespace } from "../business-metrics";
import { followAnId, recentErrors } from "../saved-queries";
import type { Dimensions, ShownRegion } from "./service-region";
import { alarms, graph, logTable, type Metric, type MetricOptions, type Widget } from "./widgets";

/** A part of the dashboard. Each row has one widget per region that has something to show. */
export interface Section<R> {
  readonly title: string;
  /** Uses the full width, for log tables. */
  readonly wide?: boolean;
  readonly rows: readonly ((of: R, periodSeconds: number) => Widget | undefined)[];
}

export function metricsOf(namespace: string) {
  return (name: string, dimensions: Dimensions, options: MetricOptions): Metric => [
    namespace,
    name,
    ...dimensions,
    options,
  ];
}

const table = metricsOf("AWS/DynamoDB");
const business = metricsOf(businessNamespace);
const ours = metricsOf("Evenkeel/Functions");

export function alarmStates({ region, alarmArns = [] }: ShownRegion): Widget | undefined {
  return alarmArns.length > 0 ? alarms(`Alarms in ${region}`, alarmArns) : undefined;
}

/** A row for each metric that a region has, by name: the whole, and what it is split by. */
export function businessRows(regions: readonly ShownRegion[]): Section<ShownRegion>["rows"] {
  const all = regions.flatMap(({ metricSeries = [] }) => metricSeries);
  const names = [...new Set(all.map(({ metric }) => metric))];
  return names.map((name) => ({ region, metricSeries = [] }, periodSeconds) => {
    const series = metricSeries.find(({ metric }) => metric === name);
    if (!series) return undefined;
    const { environment, service, description, statistic, unit, dimensions } = series;
    const whole = ["Environment", environment, "Service", service];
    const own = Object.keys(dimensions);
    return graph({
      title: `${description} in ${region}`,
      region,
      periodSeconds,
      left: unit === "None" ? statistic : `${statistic}, ${unit}`,
      metrics: [
        business(name, whole, { stat: statistic, label: own.length === 0 ? name : "all" }),
        // Values come and go, so the graph looks for those that there are.
        ...(own.length === 0
          ? []
          : [
              [
                {
                  expression: `SEARCH('{${[businessNamespace, "Environment", "Service", ...own].join(",")}} MetricName="${name}" Environment="${environment}" Service="${service}"', '${statistic}', ${periodSeconds})`,
                  label: "",
                },
              ] as const,
            ]),
      ],
    });
  });
}

export function tablesOf({ tableNames = [] }: ShownRegion): readonly string[] {
  return tableNames;
}

/** Requests to tables that were throttled. */
export function throttledTables(of: ShownRegion): readonly Metric[] {
  return tablesOf(of).flatMap((name) => [
    table("ReadThrottleEvents", ["TableName", name], { stat: "Sum", label: `reads of ${name}` }),
    table("WriteThrottleEvents", ["TableName", name], { stat: "Sum", label: `writes of ${name}` }),
  ]);
}

export function consumption(of: ShownRegion, periodSeconds: number): Widget | undefined {
  const { region } = of;
  const names = tablesOf(of);
  if (names.length === 0) return undefined;
  return graph({
    title: `Consumed capacity in ${region}`,
    region,
    periodSeconds,
    left: "units",
    metrics: names.flatMap((name) => [
      table("ConsumedReadCapacityUnits", ["TableName", name], { stat: "Sum", label: `reads of ${name}` }),
      table("ConsumedWriteCapacityUnits", ["TableName", name], { stat: "Sum", label: `writes of ${name}` }),
    ]),
  });
}

/** DynamoDB reports replication in the sending region, once per receiving region. */
export function replication(
  of: ShownRegion,
  regions: readonly ShownRegion[],
  periodSeconds: number,
): Widget | undefined {
  const { region } = of;
  const paths = tablesOf(of).flatMap((name) =>
    regions
      .filter((other) => other.region !== region && tablesOf(other).includes(name))
      .map((receiver) => ({ name, to: receiver.region })),
  );
  if (paths.length === 0) return undefined;
  return graph({
    title: `Replication from ${region}`,
    region,
    periodSeconds,
    left: "ms",
    metrics: paths.map(({ name, to }) =>
      table("ReplicationLatency", ["TableName", name, "ReceivingRegion", to], {
        stat: "Average",
        label: `${name} to ${to}`,
      }),
    ),
  });
}

/** Faults that are injected, where they can be. @param dimensions of the function, or of what stands for it */
export function injectedFaults(
  { region, hasFaults }: ShownRegion,
  dimensions: Dimensions,
  periodSeconds: number,
): Widget | undefined {
  if (!hasFaults) return undefined;
  return graph({
    title: `Injected faults in ${region}`,
    region,
    periodSeconds,
    left: "count",
    metrics: [ours("FaultsInjected", dimensions, { stat: "Sum", label: "injected faults" })],
  });
}

export function errorLines({ region, logGroupName }: ShownRegion): Widget {
  return logTable({ title: `Recent errors in ${region}`, region, logGroups: [logGroupName], query: recentErrors });
}

/** A region with a log, and that of an API where there is one. */
type LoggingRegion = Pick<ShownRegion, "region" | "logGroupName"> & { readonly accessLogGroupName?: string };

export function idLines({ region, logGroupName, accessLogGroupName }: LoggingRegion): Widget {
  return logTable({
    title: `Lines with the id above, in ${region}`,
    region,
    logGroups: [logGroupName, ...(accessLogGroupName ? [accessLogGroupName] : [])],
    query: followAnId,
  });
}
