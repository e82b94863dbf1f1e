import type { CloudwatchMetricAlarmMetricQuery } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";

/** Where the requests of a service are counted. */
export type RequestSource =
  /** An HTTP API: what its clients get. */
  | { readonly kind: "api"; readonly apiId: string }
  /** A function without one: what those who invoke it get, queues and buses among them. */
  | { readonly kind: "function"; readonly functionName: string };

const metricsOf = {
  api: { namespace: "AWS/ApiGateway", failed: "5xx", requests: ["Count", "SampleCount"], latency: "Latency" },
  function: { namespace: "AWS/Lambda", failed: "Errors", requests: ["Invocations", "Sum"], latency: "Duration" },
} as const;

const dimensionsOf = (source: RequestSource): Record<string, string> =>
  source.kind === "api" ? { ApiId: source.apiId } : { FunctionName: source.functionName };

/** The percentage of failed requests of a period, 0 below the fewest requests. */
export function failedPercent(
  source: RequestSource,
  period: number,
  minimum: number,
): CloudwatchMetricAlarmMetricQuery[] {
  const { namespace, failed, requests } = metricsOf[source.kind];
  const [metricName, stat] = requests;
  const of = { namespace, dimensions: dimensionsOf(source), period };
  return [
    { id: "failed", metric: { ...of, metricName: failed, stat: "Sum" } },
    { id: "requests", metric: { ...of, metricName, stat } },
    percentOf("Failed requests, percent", `IF(requests >= ${minimum}, 100 * failed / requests, 0)`),
  ];
}

/** The percentage of requests of a period that took longer, 0 below the fewest requests. */
export function slowPercent(
  source: RequestSource,
  period: number,
  minimum: number,
  withinMs: number,
): CloudwatchMetricAlarmMetricQuery[] {
  const { namespace, latency, requests } = metricsOf[source.kind];
  const [metricName, stat] = requests;
  const of = { namespace, dimensions: dimensionsOf(source), period };
  return [
    // The rank of a value: the percentage of requests up to it.
    { id: "quick", metric: { ...of, metricName: latency, stat: `PR(:${withinMs})` } },
    { id: "requests", metric: { ...of, metricName, stat } },
    percentOf("Slow requests, percent", `IF(requests >= ${minimum}, 100 - quick, 0)`),
  ];
}

const percentOf = (label: string, expression: string): CloudwatchMetricAlarmMetricQuery => ({
  id: "percent",
  label,
  expression,
  returnData: true,
});
