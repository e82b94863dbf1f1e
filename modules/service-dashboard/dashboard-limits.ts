import type { DashboardBody } from "./dashboard-body";

/** Limits of CloudWatch dashboards. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html */
const most = { widgets: 500, metricsOfWidget: 500, metrics: 2500, alarmsOfWidget: 100 };

/** Which limit a dashboard body exceeds, if any. */
export function oversize({ widgets }: DashboardBody): string | undefined {
  const counts = (property: string) =>
    widgets.map(({ properties }) => (Array.isArray(properties[property]) ? properties[property].length : 0));
  const metrics = counts("metrics");
  const checks: [what: string, count: number, limit: number][] = [
    ["widgets", widgets.length, most.widgets],
    ["metrics in one widget", Math.max(0, ...metrics), most.metricsOfWidget],
    ["metrics", metrics.reduce((sum, count) => sum + count, 0), most.metrics],
    ["alarms in one widget", Math.max(0, ...counts("alarms")), most.alarmsOfWidget],
  ];
  const [what, count, limit] = checks.find(([, found, limit]) => found > limit) ?? [];
  return what === undefined ? undefined : `would have ${count} ${what}, but CloudWatch allows ${limit}`;
}
