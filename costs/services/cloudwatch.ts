import type { Charge, PricedResource, PricingContext, Pricings } from "../../contract";
import { assumed, gigabytesOf, shown } from "../use";
import { blocksOf, charge, free, numberOf, serviceOf } from "./parts";

/** Metrics that an alarm looks at; a band of what is expected counts as two more for each. */
function metricsOf({ metric_query }: Readonly<Record<string, unknown>>): number {
  const queries = blocksOf(metric_query);
  if (queries.length === 0) return 1;
  const metrics = Math.max(1, queries.filter(({ metric }) => metric !== undefined).length);
  return queries.some(({ expression }) => /ANOMALY_DETECTION_BAND/.test(String(expression))) ? metrics * 3 : metrics;
}

function alarm({ values }: PricedResource): readonly Charge[] {
  const metrics = metricsOf(values);
  const periods = [
    values.period,
    ...blocksOf(values.metric_query).flatMap(({ metric }) => blocksOf(metric).map(({ period }) => period)),
  ];
  const isFast = periods.some((period) => period !== undefined && numberOf(period, 60) < 60);
  return charge(
    isFast ? "cloudwatch.high-resolution-alarms" : "cloudwatch.alarms",
    metrics,
    metrics === 1 ? "1 metric" : `${metrics} metrics`,
  );
}

/** Kilobytes that a service writes to a group in a month. */
function kilobytesOf(group: PricedResource, at: PricingContext): number {
  const { path, region } = group;
  const inFunction = serviceOf(group, at, "function");
  if (inFunction?.traffic && path[2] === "log-group") {
    return at.requests(inFunction.name, region) * inFunction.traffic.perRequest.logKb;
  }
  const inApi = serviceOf(group, at, "api");
  if (inApi?.traffic && path[2] === "access-log") {
    return at.requests(inApi.name, region) * inApi.traffic.perRequest.accessLogKb;
  }
  return 0;
}

/** What is stored is what a month brings, for as long as it is kept. */
function logGroup(group: PricedResource, at: PricingContext): readonly Charge[] {
  const { retention_in_days: days, log_group_class: kind } = group.values;
  const gigabytes = gigabytesOf(kilobytesOf(group, at));
  const months = numberOf(days) === 0 ? assumed.foreverMonths : numberOf(days) / 30.4;
  return [
    ...charge(
      kind === "INFREQUENT_ACCESS" ? "logs.ingested.infrequent-access" : "logs.ingested",
      gigabytes,
      `${shown(gigabytes)} GB`,
    ),
    ...charge(
      "logs.stored",
      gigabytes * months * assumed.compressedLogs,
      `${shown(gigabytes)} GB x ${shown(months)} months x ${assumed.compressedLogs}`,
    ),
  ];
}

export const cloudwatch: Pricings = {
  aws_cloudwatch_metric_alarm: alarm,
  aws_cloudwatch_composite_alarm: () => charge("cloudwatch.composite-alarms", 1, "1 composite alarm"),
  aws_cloudwatch_log_group: logGroup,
  aws_cloudwatch_dashboard: () => charge("cloudwatch.dashboards", 1, "1 dashboard", null),
  aws_cloudwatch_log_delivery: free,
  aws_cloudwatch_log_delivery_destination: free,
  aws_cloudwatch_log_delivery_source: free,
  aws_cloudwatch_log_metric_filter: () => charge("cloudwatch.metrics", 1, "1 metric, in hours in which it is counted"),
  aws_cloudwatch_log_resource_policy: free,
  aws_cloudwatch_query_definition: free,
};
